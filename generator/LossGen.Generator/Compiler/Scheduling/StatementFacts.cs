using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>A value that a statement reads from another one.</summary>
/// <param name="Source">The statement that computes it.</param>
/// <param name="Elsewhere">Axes along which it is read at an index other than the reader's own; the source's loops over these must be closed first.</param>
internal readonly record struct StatementLink(StatementFacts Source, AxisSet Elsewhere);

/// <summary>A statement with what fusion asks of it again and again.</summary>
internal sealed class StatementFacts
{
    public StatementFacts(Statement statement, ImmutableArray<StatementLink> links, ImmutableArray<Node> interior)
    {
        Statement = statement;
        Links = links;
        Interior = interior;
        Free = statement.Free;
        Reduced = statement.Reduced;
        Domain = statement.Domain;
        HeavyAxes = interior.Where(n => n.Op.IsHeavy).Select(n => n.Axes).ToImmutableArray();
        Loads = interior.Where(n => n.Is(Ops.Load)).ToImmutableArray();
    }

    public Statement Statement { get; }

    /// <summary>What it reads of other statements, in order of first use.</summary>
    public ImmutableArray<StatementLink> Links { get; }

    /// <summary>The nodes that it evaluates itself, arguments first; values of other statements are not among them.</summary>
    public ImmutableArray<Node> Interior { get; }

    public AxisSet Free { get; }

    public AxisSet Reduced { get; }

    public AxisSet Domain { get; }

    /// <summary>The axes of each transcendental inside.</summary>
    public ImmutableArray<AxisSet> HeavyAxes { get; }

    public ImmutableArray<Node> Loads { get; }

    /// <summary>Whether one of its reductions' loops is among those already open.</summary>
    public bool IsOpened(AxisSet open) => Reduced.Overlaps(open);

    public override string ToString() => Statement.Kind + " " + Statement.Value;
}
