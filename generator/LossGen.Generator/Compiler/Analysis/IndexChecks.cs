using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>
/// Finds the indices that only a call can check. Needs: a bound loss. Gives: each index that is read from data, or that sizes or
/// int parameters could take out of range, with the condition under which the formula reads there at all.
/// </summary>
internal sealed class IndexChecks
{
    private readonly Graph _graph;
    private readonly TensorParameter? _first;
    private readonly Dictionary<Node, List<Demand>> _demands = new();
    private readonly IntegerRanges _ranges = new();
    private readonly List<(IndexCheck Check, Demand Demand)> _found = new();

    private IndexChecks(BoundLoss loss)
    {
        _graph = loss.Graph;
        _first = loss.Tensors.FirstOrDefault();
    }

    public static ImmutableArray<IndexCheck> Collect(BoundLoss loss)
    {
        var checks = new IndexChecks(loss);
        foreach (Node root in loss.Roots) checks.Require(root, Demand.Of(loss.Graph.AxesOf(root.Axes)));
        // Users have greater ids than their arguments: every demand of a node is known when its turn comes.
        foreach (Node node in Reachability.Of(loss.Roots).Reverse())
        {
            foreach (Demand demand in checks._demands[node]) checks.Visit(node, demand);
        }

        return InnerFirst(checks._found
            .Select(f => f.Check with { Guard = f.Demand.Guard(loss.Graph), Ranges = f.Demand.Ranges })
            .OrderBy(c => c.Parameter.Index).ThenBy(c => c.Index.Id).ThenBy(c => c.Axis.Index).ToList());
    }

    /// <summary>A check that reads through an index comes after that index' own check; otherwise the order stays.</summary>
    private static ImmutableArray<IndexCheck> InnerFirst(List<IndexCheck> checks)
    {
        var ordered = ImmutableArray.CreateBuilder<IndexCheck>(checks.Count);
        var trusted = checks.ToDictionary(c => c, c => new HashSet<Node>(Reachability.Of(c.Guard is null ? [c.Index] : [c.Index, c.Guard])
            .Where(n => n.Is(Ops.Load)).SelectMany(n => n.Arguments)));
        while (checks.Count > 0)
        {
            // Two guards may read through each other's index: then the first goes first.
            int next = checks.FindIndex(c => !checks.Any(other => other != c && trusted[c].Contains(other.Index)));
            ordered.Add(checks[Math.Max(next, 0)]);
            checks.RemoveAt(Math.Max(next, 0));
        }

        return ordered.ToImmutable();
    }

    private void Visit(Node node, Demand demand)
    {
        if (node.Is(Ops.Reduce))
        {
            Require(node[0], demand.Inside(_graph, node.Reduction));
        }
        else if (node.Is(Ops.At))
        {
            VisitAt(node, demand);
        }
        else if (node.Is(Ops.Scan))
        {
            // Every position depends on all before, and on all positions along axes that a step reads elsewhere.
            AxisSet moved = AxisSet.Of(node.State.Recurrence.Axis) | MovedAxes(node);
            for (int k = 0; k < node.Arguments.Length; k++)
                Require(node[k], demand.Everywhere(_graph, moved | (new RecurrentState(node.State.Recurrence, k).AllAxes - node.Axes)));
        }
        else if (node.Is(Ops.Select) || node.Is(Ops.IntegerSelect))
        {
            Require(node[0], demand);
            Require(node[1], demand.Under(_graph, node[0], holds: true));
            Require(node[2], demand.Under(_graph, node[0], holds: false));
        }
        else if (node.Is(Ops.And) || node.Is(Ops.Or))
        {
            Require(node[0], demand);
            Require(node[1], demand.Under(_graph, node[0], holds: node.Is(Ops.And)));
        }
        else
        {
            if (node.Is(Ops.Load)) VisitLoad(node, demand);
            if (node.Is(Ops.Checked)) VisitIndex(node[1], (Axis)node.Payload!, null, demand);
            if (node.Is(Ops.Previous)) VisitPrevious(node, demand);
            foreach (Node argument in node.Arguments) Require(argument, demand);
        }
    }

    private void Require(Node node, Demand demand)
    {
        if (!_demands.TryGetValue(node, out List<Demand> demands)) _demands[node] = demands = new();
        Join(demands, demand.For(node));
    }

    private void Join(List<Demand> demands, Demand demand)
    {
        int same = demands.FindIndex(demand.HasRangesOf);
        if (same < 0)
        {
            demands.Add(demand);
        }
        else
        {
            demands[same] = demands[same].Or(_graph, demand);
        }
    }

    private void VisitLoad(Node load, Demand demand)
    {
        for (int i = 0; i < load.Arguments.Length; i++) VisitIndex(load[i], load.Tensor.Axes[i], load.Tensor, demand);
    }

    private void VisitIndex(Node index, Axis axis, TensorParameter? indexed, Demand demand)
    {
        // A loss without tensors reads nothing.
        if (!IsInRange(index, axis, demand.For(index)) && Named(index, indexed) is { } named) Add(new(named, index, axis, null), demand.For(index));
    }

    private static AxisSet MovedAxes(Node scan)
    {
        AxisSet moved = AxisSet.Empty;
        foreach (Node read in Reachability.Of(scan.Arguments).Where(n => n.Is(Ops.Previous) && ReferenceEquals(n.State.Recurrence, scan.State.Recurrence)))
            moved |= MovedStateAxes(read);
        return moved;
    }

    private static AxisSet MovedStateAxes(Node previous) => AxisSet.Of(previous.State.Axes
        .Where((axis, k) => !(previous[k + 1].Is(Ops.Affine) && ReferenceEquals(previous[k + 1].Affine.PlainAxis, axis))));

    private void VisitPrevious(Node previous, Demand demand)
    {
        for (int k = 0; k < previous.State.Axes.Length; k++)
        {
            Node index = previous[k + 1];
            Axis axis = previous.State.Axes[k];
            if (!IsInRange(index, axis, demand.For(index)) && FirstRead(index) is { } read) Add(new(read, index, axis, null), demand.For(index));
        }
    }

    private void VisitAt(Node at, Demand demand)
    {
        Require(at[0], demand.Everywhere(_graph, at.Indexed.Set));
        for (int k = 1; k < at.Arguments.Length; k++)
        {
            Node index = at[k];
            Axis axis = at.Indexed.Axes[k - 1];
            Require(index, demand);
            if (IsInRange(index, axis, demand.For(index))) continue;
            TensorParameter? read = FirstRead(index) ?? FirstRead(at[0]);
            if (read is not null) Add(new(read, index, axis, null), demand.For(index));
        }
    }

    private bool IsInRange(Node index, Axis axis, Demand demand) =>
        IndexBounds.Holds(index, axis.Size, demand)
        || (axis.IsConstantSize && _ranges.Of(index).IsSubsetOf(new(0, axis.Size.Constant - 1)));

    private TensorParameter? Named(Node index, TensorParameter? indexed) =>
        Reachability.Of([index]).Where(n => n.Is(Ops.Load)).Select(n => n.Tensor).OrderBy(t => t.Index).FirstOrDefault() ?? indexed ?? _first;

    private static TensorParameter? FirstRead(Node node) =>
        Reachability.Of([node]).Where(n => n.Is(Ops.Load)).Select(n => n.Tensor).OrderBy(t => t.Index).FirstOrDefault();

    private void Add(IndexCheck check, Demand demand)
    {
        int same = _found.FindIndex(f =>
            ReferenceEquals(f.Check.Index, check.Index) && f.Check.Axis.Size.Equals(check.Axis.Size) && f.Demand.HasRangesOf(demand));
        if (same < 0)
        {
            _found.Add((check, demand));
            return;
        }

        (IndexCheck known, Demand before) = _found[same];
        bool earlier = check.Parameter.Index < known.Parameter.Index;
        _found[same] = (earlier ? check : known, before.Or(_graph, demand));
    }
}
