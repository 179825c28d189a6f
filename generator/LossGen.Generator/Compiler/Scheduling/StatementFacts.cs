using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>A value that a statement reads from another one.</summary>
/// <param name="Source">The statement that computes it.</param>
/// <param name="Elsewhere">Axes along which it is read at an index other than the reader's own; the source's loops over these must be closed first.</param>
internal readonly record struct StatementLink(StatementFacts Source, AxisSet Elsewhere);

/// <summary>The same from the other end.</summary>
internal readonly record struct StatementReader(StatementFacts Reader, AxisSet Elsewhere);

/// <summary>A statement with what fusion asks of it again and again.</summary>
internal sealed class StatementFacts
{
    private StatementFacts[]? _alone;

    public StatementFacts(
        int number, Statement statement, ImmutableArray<StatementLink> links, ImmutableArray<Node> interior, ImmutableArray<Recurrence> recurrences)
    {
        Number = number;
        Statement = statement;
        Links = links;
        Interior = interior;
        Recurrences = recurrences;
        Free = statement.Free;
        Reduced = statement.Reduced;
        Domain = statement.Domain;
        var heavy = ImmutableArray.CreateBuilder<AxisSet>();
        var loads = ImmutableArray.CreateBuilder<Node>();
        var previous = ImmutableArray.CreateBuilder<Node>();
        foreach (Node node in interior)
        {
            if (node.Op.IsHeavy) heavy.Add(node.Axes);
            if (node.Is(Ops.Load)) loads.Add(node);
            if (node.Is(Ops.Previous)) previous.Add(node);
        }

        HeavyAxes = heavy.ToImmutable();
        Loads = loads.ToImmutable();
        Previous = previous.ToImmutable();
    }

    /// <summary>Its place in the dependency order of its graph.</summary>
    public int Number { get; }

    public Statement Statement { get; }

    /// <summary>Itself, where several may be asked for.</summary>
    public IReadOnlyList<StatementFacts> Alone => _alone ??= [this];

    /// <summary>What it reads of other statements, in order of first use.</summary>
    public ImmutableArray<StatementLink> Links { get; }

    /// <summary>The nodes that it evaluates itself, arguments first; values of other statements are not among them.</summary>
    public ImmutableArray<Node> Interior { get; }

    /// <summary>The recurrences whose iteration it is part of: those of which it is a state, and those that carry it.</summary>
    public ImmutableArray<Recurrence> Recurrences { get; }

    /// <summary>States of its recurrences that it reads at the position before: no order follows from these within an iteration.</summary>
    public ImmutableArray<StatementLink> Carried { get; set; } = ImmutableArray<StatementLink>.Empty;

    /// <summary>The statements that read it, once for each way.</summary>
    public List<StatementReader> Readers { get; } = new();

    public AxisSet Free { get; }

    public AxisSet Reduced { get; }

    public AxisSet Domain { get; }

    /// <summary>The axes of each transcendental inside.</summary>
    public ImmutableArray<AxisSet> HeavyAxes { get; }

    public ImmutableArray<Node> Loads { get; }

    /// <summary>The axis along which lanes must run, because a contraction or an operand of one is laid out for it; null where any will do.</summary>
    public Axis? Lanes { get; set; }

    /// <summary>Whether it is a contraction with lanes along an axis of its own.</summary>
    public bool IsContraction => Lanes is not null && Statement.Kind == StatementKind.Reduce;

    /// <summary>The reads of the position before.</summary>
    public ImmutableArray<Node> Previous { get; }

    /// <summary>How it reads a statement that it reads.</summary>
    public StatementLink LinkTo(StatementFacts source)
    {
        foreach (StatementLink link in Links)
        {
            if (ReferenceEquals(link.Source, source)) return link;
        }

        throw new ArgumentException($"{this} does not read {source}", nameof(source));
    }

    /// <summary>Whether one of its reductions' loops is among those already open.</summary>
    public bool IsOpened(AxisSet open) => Reduced.Overlaps(open);

    /// <summary>Which way a loop over the axis must run for it: 1, -1 from the end, 0 for either.</summary>
    public int DirectionAlong(Axis axis) =>
        Statement.Kind == StatementKind.Scan && ReferenceEquals(Statement.Value.State.Recurrence.Axis, axis) ? Statement.Value.State.Recurrence.Direction : 0;

    public override string ToString() => Statement.Kind + " " + Statement.Value;
}
