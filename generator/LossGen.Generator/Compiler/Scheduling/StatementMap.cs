using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>A value for statements of one graph, by their number.</summary>
internal sealed class StatementMap<T> : NumberMap<T>
{
    public StatementMap()
        : base(32)
    {
    }

    /// <summary>A copy.</summary>
    public StatementMap(StatementMap<T> other)
        : base(other)
    {
    }

    public T this[StatementFacts statement]
    {
        get => this[statement.Number];
        set => this[statement.Number] = value;
    }
}
