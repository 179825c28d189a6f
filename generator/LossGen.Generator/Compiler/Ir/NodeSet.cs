namespace LossGen.Compiler.Ir;

/// <summary>Some nodes of one graph, by their number.</summary>
internal sealed class NodeSet : NumberSet
{
    public NodeSet()
        : base(512)
    {
    }

    public NodeSet(IEnumerable<Node> nodes)
        : this()
    {
        foreach (Node node in nodes) Add(node);
    }

    private NodeSet(NodeSet other)
        : base(other)
    {
    }

    public bool Contains(Node node) => Contains(node.Id);

    /// <summary>False where it was there already.</summary>
    public bool Add(Node node) => Add(node.Id);

    /// <summary>The set and some more nodes.</summary>
    public NodeSet With(IEnumerable<Node> nodes)
    {
        var other = new NodeSet(this);
        foreach (Node node in nodes) other.Add(node);
        return other;
    }

    /// <summary>The set without a node that it has, or with one that it lacks.</summary>
    public NodeSet Toggled(Node node)
    {
        var other = new NodeSet(this);
        other.Toggle(node.Id);
        return other;
    }
}
