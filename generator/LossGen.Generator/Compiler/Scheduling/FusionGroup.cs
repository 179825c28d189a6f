using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>Statements that are to be put into loops together, in dependency order, with their relations inside the group.</summary>
internal sealed class FusionGroup
{
    private readonly StatementMap<List<StatementFacts>?> _consumers = new();
    private readonly StatementMap<bool> _endsInOutputs = new();

    public FusionGroup(IReadOnlyList<StatementFacts> statements)
    {
        Statements = statements;
        foreach (StatementFacts statement in statements) _consumers[statement] = new List<StatementFacts>();
        foreach (StatementFacts statement in statements)
        {
            foreach (StatementLink link in statement.Links)
            {
                _consumers[link.Source]?.Add(statement);
            }
        }

        for (int i = statements.Count - 1; i >= 0; i--)
        {
            _endsInOutputs[statements[i]] = ConsumersOf(statements[i]).All(
                c => c.Statement.Kind is not (StatementKind.Reduce or StatementKind.Scatter or StatementKind.Scan) && _endsInOutputs[c]);
        }
    }

    public IReadOnlyList<StatementFacts> Statements { get; }

    public bool Contains(StatementFacts statement) => _consumers[statement] is not null;

    public IReadOnlyList<StatementFacts> ConsumersOf(StatementFacts statement) => _consumers[statement]!;

    /// <summary>
    /// Whether a reduction would need an accumulator over two or more unbounded axes inside this loop and nothing but kept values and
    /// stores waits for it: then it is better off in a nest of its own, with its free axes outermost. So is a contraction, whose rows go
    /// together in tiles there.
    /// </summary>
    public bool IsDeferred(StatementFacts statement, Axis loop, AxisSet open, IReadOnlyList<Axis> axes) =>
        statement.Reduced.Contains(loop) && !statement.IsOpened(open) && MayLeave(statement, open) && Unbounded(statement.Free - statement.Statement.Targets - open, axes) >= 2;

    /// <summary>Whether nothing is lost where a reduction has a nest of its own.</summary>
    public bool MayLeave(StatementFacts statement, AxisSet open) => EndsInOutputs(statement) || (open.IsEmpty && statement.IsContraction);

    /// <summary>Whether only kept values and stores depend on it here.</summary>
    private bool EndsInOutputs(StatementFacts statement) => _endsInOutputs[statement];

    /// <summary>How many axes of a set have a size that is not known at build time.</summary>
    public static int Unbounded(AxisSet set, IReadOnlyList<Axis> axes)
    {
        int count = 0;
        foreach (Axis axis in axes)
        {
            if (!axis.IsShort && set.Contains(axis)) count++;
        }

        return count;
    }
}
