namespace LossGen.Compiler.Ir;

/// <summary>Some nodes of one graph, as bits by their number: sets are asked more often than anything else.</summary>
internal sealed class NodeSet
{
    private ulong[] _bits = new ulong[8];

    public NodeSet()
    {
    }

    public NodeSet(IEnumerable<Node> nodes)
    {
        foreach (Node node in nodes) Add(node);
    }

    public bool Contains(Node node)
    {
        int word = node.Id >> 6;
        return word < _bits.Length && (_bits[word] >> (node.Id & 63) & 1) != 0;
    }

    /// <summary>False where it was there already.</summary>
    public bool Add(Node node)
    {
        int word = node.Id >> 6;
        if (word >= _bits.Length) Array.Resize(ref _bits, Math.Max(word + 1, _bits.Length * 2));
        ulong bit = 1UL << (node.Id & 63);
        bool isNew = (_bits[word] & bit) == 0;
        _bits[word] |= bit;
        return isNew;
    }
}
