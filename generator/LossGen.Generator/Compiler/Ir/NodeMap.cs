namespace LossGen.Compiler.Ir;

/// <summary>A value for nodes of one graph, by their number.</summary>
internal sealed class NodeMap<T>() : NumberMap<T>(256)
{
    public T this[Node node]
    {
        get => this[node.Id];
        set => this[node.Id] = value;
    }
}
