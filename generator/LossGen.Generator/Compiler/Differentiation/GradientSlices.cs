using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// Takes a gradient apart along a short axis whose positions a formula reads one by one, as the four corners of a box: one value for each
/// position, all of them in the loop over boxes, instead of all of them compared for at each position.
/// Needs: a gradient on a graph whose rules decide comparisons of constants. Gives: its slices.
/// </summary>
internal static class GradientSlices
{
    /// <summary>Longer axes are cheaper to loop over.</summary>
    private const long MostPositions = 8;

    /// <summary>The slices of a gradient in storage order; the gradient alone where no axis is taken apart.</summary>
    public static ImmutableArray<GradientSlice> Of(Graph graph, ParameterGradient gradient)
    {
        ImmutableArray<Node> nodes = Reachability.Of(new[] { gradient.Value });
        // What is read elsewhere, sorted, scattered or carried is stored as a whole.
        AxisSet whole = nodes.Where(n => n.Op.Is(Ops.At, Ops.Order, Ops.Scatter, Ops.Scan, Ops.Previous)).Aggregate(AxisSet.Empty, (axes, n) => axes | n.Axes);
        Axis[] apart = gradient.Axes
            .Where(axis => axis.IsConstantSize && axis.Size.Constant is > 1 and <= MostPositions && !whole.Contains(axis) && nodes.Any(n => IsComparisonAlong(n, axis)))
            .ToArray();
        // One loop is left to be vectorized.
        if (apart.Length == gradient.Axes.Length || apart.Aggregate(1L, (count, axis) => count * axis.Size.Constant) > MostPositions) apart = [];

        IEnumerable<ImmutableArray<AxisPosition>> positions = [ImmutableArray<AxisPosition>.Empty];
        foreach (Axis axis in apart) positions = positions.SelectMany(p => Enumerable.Range(0, (int)axis.Size.Constant).Select(k => p.Add(new AxisPosition(axis, k))));
        return positions.Select(p => new GradientSlice(p, Substitution.Apply(graph, gradient.Value, p.ToDictionary(x => x.Axis, x => graph.Integer(x.Position))))).ToImmutableArray();
    }

    // k == 2, where k is a position along the axis and nothing else varies.
    private static bool IsComparisonAlong(Node node, Axis axis) =>
        node.Op.Is(Ops.Equal, Ops.NotEqual, Ops.Less, Ops.LessOrEqual, Ops.Greater, Ops.GreaterOrEqual)
        && node.Arguments.All(a => a.Is(Ops.Affine)) && node.Axes == AxisSet.Of(axis);
}

/// <summary>A gradient at some positions.</summary>
/// <param name="At">The positions of those of its axes along which it was taken apart.</param>
/// <param name="Value">A node with the other axes at most.</param>
internal sealed record GradientSlice(ImmutableArray<AxisPosition> At, Node Value);
