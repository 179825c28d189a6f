using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>
/// When a node is evaluated: over which ranges of its bound axes, and under which conditions (all of them hold).
/// </summary>
internal sealed class Demand(ImmutableArray<AxisRange> ranges, ImmutableArray<Node> conditions)
{
    public static readonly Demand Always = new(ImmutableArray<AxisRange>.Empty, ImmutableArray<Node>.Empty);

    /// <summary>At every position along some axes.</summary>
    public static Demand Of(ImmutableArray<Axis> axes) => new(axes.Select(AxisRange.Full).ToImmutableArray(), ImmutableArray<Node>.Empty);

    /// <summary>In axis order.</summary>
    public ImmutableArray<AxisRange> Ranges { get; } = ranges;

    /// <summary>Distinct truth nodes, by id.</summary>
    public ImmutableArray<Node> Conditions { get; } = conditions;

    /// <summary>The conditions as one truth node; null when there are none.</summary>
    public Node? Guard(Graph graph) => Conditions.IsEmpty ? null : All(graph, Conditions);

    /// <summary>Under one more condition, which may be a conjunction or its negation.</summary>
    public Demand Under(Graph graph, Node condition, bool holds)
    {
        var conditions = Conditions.ToBuilder();
        AddConjuncts(graph, condition, holds, conditions);
        return new(Ranges, conditions.Distinct().OrderBy(c => c.Id).ToImmutableArray());
    }

    /// <summary>Without the ranges of axes that neither the node nor a condition speaks of.</summary>
    public Demand For(Node node)
    {
        AxisSet used = Conditions.Aggregate(node.Axes, (axes, condition) => axes | condition.Axes);
        return new(Ranges.Where(r => used.Contains(r.Axis)).ToImmutableArray(), Conditions);
    }

    /// <summary>Inside a reduction, which binds its axes anew: a condition on an outer axis of the same name keeps the outer one.</summary>
    public Demand Inside(Graph graph, Reduction reduction)
    {
        var outer = new Dictionary<Axis, Node>();
        var ranges = ImmutableArray.CreateBuilder<AxisRange>();
        ranges.AddRange(reduction.Ranges);
        foreach (AxisRange range in Ranges)
        {
            if (!reduction.Axes.Contains(range.Axis))
            {
                ranges.Add(range);
            }
            else if (Conditions.Any(c => c.Axes.Contains(range.Axis)))
            {
                Axis renamed = graph.Rename(range.Axis);
                outer[range.Axis] = graph.Position(renamed);
                ranges.Add(range with { Axis = renamed });
            }
        }

        ImmutableArray<Node> conditions = outer.Count == 0 ? Conditions : Conditions.Select(c => Substitution.Apply(graph, c, outer)).ToImmutableArray();
        return new(ranges.OrderBy(r => r.Axis.Index).ToImmutableArray(), conditions);
    }

    /// <summary>Whether the condition, or every part of a conjunction, is among those that hold.</summary>
    public bool Includes(Node condition) =>
        condition.Is(Ops.And) ? Includes(condition[0]) && Includes(condition[1]) : Conditions.Contains(condition);

    /// <summary>Of a value that is stored for every position along some axes and read elsewhere along them.</summary>
    public Demand Everywhere(Graph graph, AxisSet axes)
    {
        IEnumerable<AxisRange> kept = Ranges.Where(r => !axes.Contains(r.Axis));
        ImmutableArray<Node> conditions = Conditions.Where(c => !c.Axes.Overlaps(axes)).ToImmutableArray();
        return new(kept.Concat(graph.AxesOf(axes).Select(AxisRange.Full)).OrderBy(r => r.Axis.Index).ToImmutableArray(), conditions);
    }

    /// <summary>Whether both run over the same positions, so that their conditions can be joined.</summary>
    public bool HasRangesOf(Demand other) => Ranges.SequenceEqual(other.Ranges);

    /// <summary>Where either is evaluated. What an "if" and its "else" both need is needed always.</summary>
    public Demand Or(Graph graph, Demand other)
    {
        Node[] onlyHere = Conditions.Except(other.Conditions).ToArray();
        Node[] onlyThere = other.Conditions.Except(Conditions).ToArray();
        if (onlyHere.Length == 0) return this;
        if (onlyThere.Length == 0) return other;
        ImmutableArray<Node> common = Conditions.Intersect(other.Conditions).ToImmutableArray();
        if (onlyHere.Length == 1 && onlyThere.Length == 1 && (IsNegation(onlyHere[0], onlyThere[0]) || IsNegation(onlyThere[0], onlyHere[0])))
        {
            return new(Ranges, common);
        }

        if (onlyThere[0].Id < onlyHere[0].Id) (onlyHere, onlyThere) = (onlyThere, onlyHere);
        Node either = graph.Or(All(graph, onlyHere), All(graph, onlyThere));
        return new(Ranges, common.Add(either).OrderBy(c => c.Id).ToImmutableArray());
    }

    private static Node All(Graph graph, IEnumerable<Node> conditions) => conditions.Aggregate(graph.And);

    private static bool IsNegation(Node a, Node b) => a.Is(Ops.Not) && ReferenceEquals(a[0], b);

    private static void AddConjuncts(Graph graph, Node condition, bool holds, ImmutableArray<Node>.Builder conditions)
    {
        if (condition.Is(Ops.Not))
        {
            AddConjuncts(graph, condition[0], !holds, conditions);
        }
        else if (condition.Is(holds ? Ops.And : Ops.Or))
        {
            AddConjuncts(graph, condition[0], holds, conditions);
            AddConjuncts(graph, condition[1], holds, conditions);
        }
        else
        {
            conditions.Add(holds ? condition : graph.Not(condition));
        }
    }
}
