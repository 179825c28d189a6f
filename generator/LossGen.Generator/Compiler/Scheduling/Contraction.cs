using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// A sum over an axis of terms made of values of rows and values of columns, as in a product of matrices or a matrix of distances.
/// Lanes along the columns need no sum across lanes; what is read of the columns should then be contiguous along them.
/// </summary>
/// <param name="Rows">An axis of the result that the values of columns do not have.</param>
/// <param name="Lanes">An axis of the result that the values of rows do not have.</param>
/// <param name="IsTurned">Whether what is read of the columns is contiguous along the summed axis instead, so that it has to be turned.</param>
internal sealed record Contraction(Axis Rows, Axis Lanes, bool IsTurned)
{
    /// <summary>Costlier terms are not bound by loads.</summary>
    private const int HeaviestTerm = 7;

    /// <summary>The sum as a contraction, or null.</summary>
    public static Contraction? Of(Node sum, IReadOnlyList<Axis> order)
    {
        if (!sum.IsReduction(ReductionKind.Sum) || sum.Reduction.Ranges.Any(r => !r.Equals(AxisRange.Full(r.Axis)))) return null;
        Axis[] free = order.Where(a => !a.IsShort && sum.Axes.Contains(a)).ToArray();
        AxisSet summed = AxisSet.Of(order.Where(a => !a.IsShort && sum.Reduction.Axes.Contains(a)));
        if (free.Length < 2 || summed.IsEmpty) return null;
        Node[] inside = Inside(sum[0]), leaves = inside.Where(IsLeaf).ToArray();
        for (int c = free.Length - 1; c > 0; c--)
        {
            for (int r = c - 1; r >= 0; r--)
            {
                AxisSet rows = AxisSet.Of(free[r]), columns = AxisSet.Of(free[c]);

                // What has both stays the same along the sum, as one side of a difference: x[m, d] in sum[n](w (x[n, d] - x[m, d])).
                if (leaves.Any(l => l.Axes.Contains(free[r]) && l.Axes.Contains(free[c]) && l.Axes.Overlaps(summed))) continue;
                if (!leaves.Any(l => l.Axes.Overlaps(rows) && l.Axes.Overlaps(summed)) || !leaves.Any(l => l.Axes.Overlaps(columns) && l.Axes.Overlaps(summed))) continue;
                if (inside.Where(n => n.Axes.Overlaps(rows) && n.Axes.Overlaps(columns)).Sum(n => n.Op.Cost) > HeaviestTerm) continue;

                // What results are stored along, a tensor's axis, before one that only arrays of the kernel's own have.
                foreach (bool isTensor in new[] { true, false })
                {
                    (Axis Rows, Axis Lanes)[] natural = [.. new[] { (free[r], free[c]), (free[c], free[r]) }.Where(p => IsNatural(p.Item2, isTensor))];
                    if (natural.Length > 0) return natural.OrderBy(p => Repeated(p.Lanes)).Select(p => new Contraction(p.Rows, p.Lanes, IsTurned: false)).First();
                }

                // Rows of sums over one axis go together in tiles.
                if (sum.Reduction.Ranges.Length > 1) continue;
                var turned = new Contraction(free[r], free[c], IsTurned: true);
                Node[] operands = turned.Operands(sum).ToArray();
                if (operands.Length is 1 or 2 && operands.All(o => o.Type != Ir.ValueType.Integer) && turned.Others(sum, operands).All(o => IsContiguous(o, free[c], order))) return turned;
            }
        }

        return null;

        bool IsNatural(Axis axis, bool isTensor)
        {
            Node[] along = leaves.Where(l => l.Axes.Contains(axis) && l.Axes.Overlaps(summed)).ToArray();
            return along.All(l => IsContiguous(l, axis, order)) && (!isTensor || along.Any(l => l.Is(Ops.Load)));
        }

        // What each row would do again with these lanes: functions of columns, and reads from all over an array.
        int Repeated(Axis lanes) => inside.Count(n => n.Axes.Contains(lanes) && (n.Op.IsHeavy || (IsLeaf(n) && !IsContiguous(n, lanes, order))));
    }

    /// <summary>The largest values of columns that have a summed axis; conditions of positions alone, as d == e, are sooner computed than read.</summary>
    public IEnumerable<Node> Operands(Node sum) =>
        Largest(sum[0], new HashSet<Node>()).Where(n => n.Axes.Overlaps(sum.Reduction.Axes) && !(n.Type == Ir.ValueType.Truth && Inside(n).Where(IsLeaf).All(l => l.Is(Ops.Affine))));

    /// <summary>
    /// The conditions of a choice inside of the sum that lanes share, and what is chosen where all of them are as they say: those of a choice within a choice are taken together
    /// where nothing else is ever chosen but 0. Empty where they are not worth a number: they must differ for each row and position of the sum, by more than their positions.
    /// </summary>
    public (ImmutableArray<(Node Condition, bool Holds)> Conditions, Node Chosen) Choice(Node sum, Node choice)
    {
        var conditions = ImmutableArray.CreateBuilder<(Node Condition, bool Holds)>();
        Node chosen = choice;
        while (chosen.Is(Ops.Select) && chosen[0].Op.IsElementwise && !chosen[0].Axes.Contains(Lanes) && (chosen[1].IsConstant(0) || chosen[2].IsConstant(0)))
        {
            bool holds = chosen[2].IsConstant(0);
            conditions.Add((chosen[0], holds));
            chosen = chosen[holds ? 1 : 2];
        }

        AxisSet axes = conditions.Aggregate(AxisSet.Empty, (all, c) => all | c.Condition.Axes);
        bool counts = chosen.Axes.Contains(Lanes) && axes.Contains(Rows) && axes.Overlaps(sum.Reduction.Axes) && !conditions.SelectMany(c => Inside(c.Condition)).Where(IsLeaf).All(l => l.Is(Ops.Affine));
        return counts ? (conditions.ToImmutable(), chosen) : (ImmutableArray<(Node, bool)>.Empty, choice);
    }

    private IEnumerable<Node> Others(Node sum, Node[] operands) => Largest(sum[0], new HashSet<Node>()).Except(operands).SelectMany(Inside).Where(n => IsLeaf(n) && n.Axes.Contains(Lanes));

    // Values of columns that are arguments of what has rows as well.
    private IEnumerable<Node> Largest(Node node, HashSet<Node> seen)
    {
        if (!seen.Add(node) || !node.Axes.Contains(Lanes)) return [];
        return !node.Axes.Contains(Rows) ? [node] : IsLeaf(node) ? [] : node.Arguments.SelectMany(a => Largest(a, seen));
    }

    private static bool IsLeaf(Node node) => node.Arguments.IsEmpty || !node.Op.IsElementwise;

    private static Node[] Inside(Node node)
    {
        var seen = new HashSet<Node>();
        var inside = new List<Node>();
        Visit(node);
        return inside.ToArray();

        void Visit(Node n)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (!seen.Add(n)) return;
            if (!IsLeaf(n))
            {
                foreach (Node argument in n.Arguments) Visit(argument);
            }

            inside.Add(n);
        }
    }

    // Arrays of the kernel's own are in the order of the loops that fill them.
    private static bool IsContiguous(Node leaf, Axis axis, IReadOnlyList<Axis> order) =>
        leaf.Is(Ops.Load) ? AccessScore.IsContiguous(leaf, axis) : leaf.Is(Ops.Affine) || ReferenceEquals(order.LastOrDefault(leaf.Axes.Contains), axis);
}
