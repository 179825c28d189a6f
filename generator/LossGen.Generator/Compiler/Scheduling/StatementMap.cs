namespace LossGen.Compiler.Scheduling;

/// <summary>A value for statements of one graph, in an array by their number; the default where none was set.</summary>
internal sealed class StatementMap<T>
{
    private T[] _values = new T[32];

    public T this[StatementFacts statement]
    {
        get => statement.Number < _values.Length ? _values[statement.Number] : default!;
        set
        {
            if (statement.Number >= _values.Length) Array.Resize(ref _values, Math.Max(statement.Number + 1, _values.Length * 2));
            _values[statement.Number] = value;
        }
    }
}
