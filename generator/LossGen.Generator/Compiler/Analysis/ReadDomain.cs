using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>
/// Where an expression is defined: at the positions that keep all of its reads in range. Needs: nodes of a graph without rules.
/// Gives: the conditions that sizes alone do not settle. Reads in a branch count where it is taken; indices from data are no part of it,
/// a call checks those.
/// </summary>
internal sealed class ReadDomain(Graph graph)
{
    private readonly Dictionary<Node, ImmutableArray<ReadCondition>> _known = new();

    /// <summary>The conditions on the free axes of a node.</summary>
    public ImmutableArray<ReadCondition> Of(Node node)
    {
        if (_known.TryGetValue(node, out ImmutableArray<ReadCondition> known)) return known;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return _known[node] = Simplify(Collect(node)).ToImmutableArray();
    }

    /// <summary>Makes known what a reduction leaves of the conditions on its body.</summary>
    public void State(Node reduction, ImmutableArray<ReadCondition> conditions) => _known[reduction] = conditions;

    private IEnumerable<ReadCondition> Collect(Node node)
    {
        if (node.Is(Ops.Select) || node.Is(Ops.IntegerSelect))
        {
            return Of(node[0]).Concat(Under(Of(node[1]), node[0], holds: true)).Concat(Under(Of(node[2]), node[0], holds: false));
        }

        if (node.Is(Ops.And) || node.Is(Ops.Or)) return Of(node[0]).Concat(Under(Of(node[1]), node[0], holds: node.Is(Ops.And)));
        if (node.Is(Ops.Reduce))
        {
            // A reduction that was bound elsewhere, and moved, reads at all of its positions still. Its windows were whole there: along a local axis
            // that is free here it may stand at some positions and not at others.
            AxisSet bound = node.Reduction.Axes;
            return Of(node[0]).Select(c => Guards(c).Overlaps(bound) ? c : c with { Form = IndexBounds.Least(c.Form, node.Reduction.Ranges) })
                .Where(c => !c.Form.Axes.Overlaps(bound)).Select(c => Outside(c, bound));
        }

        if (node.Is(Ops.At))
        {
            // Along the axes that are read elsewhere the stored value must be defined everywhere.
            IEnumerable<ReadCondition> stored = Of(node[0]).Where(c => !c.Form.Axes.Overlaps(node.Indexed.Set)).Select(c => Outside(c, node.Indexed.Set));
            IEnumerable<ReadCondition> indices = node.Arguments.Skip(1).SelectMany(a => Of(a));
            return stored.Concat(indices).Concat(node.Indexed.Axes.SelectMany((axis, k) => InRange(node[k + 1], axis.Size)));
        }

        if (node.Is(Ops.Scan)) return Of(node[node.State.Index]).Where(c => !c.Form.Axes.Contains(node.State.Recurrence.Axis)).Select(c => Outside(c, AxisSet.Of(node.State.Recurrence.Axis)));
        IEnumerable<ReadCondition> inner = node.Arguments.SelectMany(a => Of(a));
        if (node.Is(Ops.Previous)) return inner.Concat(node.State.Axes.SelectMany((axis, k) => InRange(node[k + 1], axis.Size)));
        if (node.Is(Ops.Load)) return inner.Concat(node.Arguments.SelectMany((index, k) => InRange(index, node.Tensor.Axes[k].Size)));
        return node.Is(Ops.Checked) ? inner.Concat(InRange(node[1], ((Axis)node.Payload!).Size)) : inner;
    }

    private static AxisSet Guards(ReadCondition condition) => condition.Guards.Conditions.Aggregate(AxisSet.Empty, (axes, c) => axes | c.Axes);

    private IEnumerable<ReadCondition> InRange(Node index, AffineForm size)
    {
        // Without a position there is nothing to leave out: a call checks such an index.
        if (!index.Is(Ops.Affine) || index.Axes.IsEmpty) return [];
        return new[] { index.Affine, size - AffineForm.One - index.Affine }.Select(form => new ReadCondition(form, Demand.Always));
    }

    private IEnumerable<ReadCondition> Under(IEnumerable<ReadCondition> conditions, Node guard, bool holds) =>
        conditions.Select(c => c with { Guards = c.Guards.Under(graph, guard, holds) });

    /// <summary>A guard on a reduced axis holds somewhere, as far as those outside can know.</summary>
    public static ReadCondition Outside(ReadCondition condition, AxisSet bound) =>
        condition with { Guards = new(ImmutableArray<AxisRange>.Empty, condition.Guards.Conditions.Where(c => !c.Axes.Overlaps(bound)).ToImmutableArray()) };

    /// <summary>
    /// A condition that couples storage axes with local ones must hold at every position of the local ones: windows are whole.
    /// </summary>
    public ReadCondition WholeWindow(ReadCondition condition)
    {
        ImmutableArray<Axis> axes = graph.AxesOf(condition.Form.Axes);
        AxisSet windows = AxisSet.Of(axes.Where(a => a.Declared.IsLocal));
        if (windows.IsEmpty || axes.All(a => a.Declared.IsLocal) || condition.Guards.Conditions.Any(c => c.Axes.Overlaps(windows))) return condition;
        return condition with { Form = IndexBounds.Least(condition.Form, graph.AxesOf(windows).Select(AxisRange.Full)) };
    }

    /// <summary>Drops what sizes or guards prove, and what another condition says already.</summary>
    private IEnumerable<ReadCondition> Simplify(IEnumerable<ReadCondition> conditions)
    {
        var kept = new List<ReadCondition>();
        foreach (ReadCondition condition in conditions.Distinct().OrderBy(c => c.IsGuarded ? 1 : 0))
        {
            ImmutableArray<AxisRange> ranges = graph.AxesOf(condition.Form.Axes).Select(AxisRange.Full).ToImmutableArray();
            IEnumerable<AffineForm> stated = kept.Where(c => !c.IsGuarded).Select(c => c.Form);
            if (!IndexBounds.IsNonNegative(condition.Form, new Demand(ranges, condition.Guards.Conditions), stated)) kept.Add(condition);
        }

        return kept;
    }
}
