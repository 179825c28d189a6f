using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>A value for statements of one graph, by their number.</summary>
internal sealed class StatementMap<T>() : NumberMap<T>(32)
{
    public T this[StatementFacts statement]
    {
        get => this[statement.Number];
        set => this[statement.Number] = value;
    }
}
