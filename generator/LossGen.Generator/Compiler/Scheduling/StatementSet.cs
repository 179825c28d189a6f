using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>Some statements of one graph, by their number.</summary>
internal sealed class StatementSet : NumberSet
{
    public StatementSet()
        : base(64)
    {
    }

    public StatementSet(IEnumerable<StatementFacts> statements)
        : this()
    {
        foreach (StatementFacts statement in statements) Add(statement);
    }

    public bool Contains(StatementFacts statement) => Contains(statement.Number);

    public void Add(StatementFacts statement) => Add(statement.Number);
}
