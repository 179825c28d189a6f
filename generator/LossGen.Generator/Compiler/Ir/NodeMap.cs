namespace LossGen.Compiler.Ir;

/// <summary>A value for nodes of one graph, in an array by their number; the default where none was set.</summary>
internal sealed class NodeMap<T>
{
    private T[] _values = new T[256];

    public T this[Node node]
    {
        get => node.Id < _values.Length ? _values[node.Id] : default!;
        set
        {
            if (node.Id >= _values.Length) Array.Resize(ref _values, Math.Max(node.Id + 1, _values.Length * 2));
            _values[node.Id] = value;
        }
    }
}
