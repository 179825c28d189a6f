using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Differentiation;

/// <summary>
/// Windows that stand s positions apart, as those of <c>x[h: 2 u + r]</c>: a position h lies in few of them. Where r = e - s u was solved for r,
/// which has R positions, u = floor(e / s) - j and r = mod(e, s) + s j for 0 &lt;= j &lt; ceil(R / s); no other u counts.
/// Needs: the positions that a read was solved for. Gives: for each choice of the j, the positions of all axes, and where they exist.
/// </summary>
internal static class WindowSteps
{
    /// <summary>More terms than this are scattered, window by window.</summary>
    private const int MostTerms = 16;

    /// <summary>The storage axes whose positions lie in too many windows to go through, or in a number that is not known.</summary>
    public static AxisSet TooMany(IReadOnlyDictionary<Axis, Axis> solvedFrom, IReadOnlyDictionary<Axis, Node> map, AxisSet own)
    {
        AxisSet stepped = AxisSet.Empty, many = AxisSet.Empty;
        long terms = 1;
        foreach (KeyValuePair<Axis, Axis> solved in solvedFrom.OrderBy(p => p.Key.Index))
        {
            if (ReferenceEquals(solved.Key, solved.Value) || StepOf(map[solved.Key].Affine, own | stepped) is not { } step) continue;
            stepped |= AxisSet.Of(step.Window);
            terms *= solved.Key.IsConstantSize ? Count(solved.Key, step) : MostTerms + 1;
            if (terms > MostTerms) many |= AxisSet.Of(solved.Value);
        }

        return many;
    }

    /// <summary>The positions of all axes in each term, and the condition that they exist; one term where no windows stand apart.</summary>
    public static IEnumerable<(Dictionary<Axis, Node> Sites, Node? Guard)> Of(Graph graph, IEnumerable<Axis> solved, Dictionary<Axis, Node> map, AxisSet own)
    {
        ImmutableArray<Axis> axes = solved.OrderBy(a => a.Index).ToImmutableArray();
        IEnumerable<Term> terms = [new Term(map, AxisSet.Empty, null)];
        AxisSet stepped = AxisSet.Empty;
        foreach (Axis axis in axes)
        {
            if (own.Contains(axis) || !axis.IsConstantSize || StepOf(map[axis].Affine, own | stepped) is not { } step) continue;
            stepped |= AxisSet.Of(step.Window);
            terms = terms.SelectMany(term => Enumerable.Range(0, Count(axis, step)).Select(j => term.At(graph, axis, step, j))).ToArray();
        }

        return terms.Select(term => (term.Map, axes.Where(axis => !term.Known.Contains(axis)).Aggregate(term.Guard, (guard, axis) => Inside(graph, guard, term.Map[axis], axis.Size))));
    }

    // Each position of a window is in one of its turns: ceil(R / s) of them.
    private static int Count(Axis axis, Step step) => (int)Math.Min(MostTerms + 1, (axis.Size.Constant + step.Stride - 1) / step.Stride);

    /// <summary>The windows of a position r = e - s u (or e + s u): the one axis that is not known, if it is long and s at least 2.</summary>
    private static Step? StepOf(AffineForm form, AxisSet known)
    {
        AffineTerm[] free = form.Terms.Where(t => t.Symbol.Kind == SymbolKind.Position && !known.Contains(t.Symbol.Axis!) && Math.Abs(t.Coefficient) > 1 && !t.Symbol.Axis!.IsShort).ToArray();
        if (free.Length != 1) return null;
        AffineTerm term = free[0];
        return new Step(term.Symbol.Axis!, Math.Abs(term.Coefficient), term.Coefficient < 0, form - (term.Coefficient * AffineForm.Of(term.Symbol)));
    }

    /// <summary>The guard, and that an index lies inside its axis, as far as that is not certain.</summary>
    private static Node? Inside(Graph graph, Node? guard, Node index, AffineForm size)
    {
        var everywhere = new Demand(graph.AxesOf(index.Axes).Select(AxisRange.Full).ToImmutableArray(), ImmutableArray<Node>.Empty);
        AffineForm last = size - AffineForm.One;
        if (!IndexBounds.IsAtLeast(index, AffineForm.Zero, everywhere))
        {
            guard = RangeGuards.Both(graph, guard, index.Is(Ops.Affine) ? RangeGuards.AtLeastZero(graph, index.Affine) : graph.Compare(Ops.LessOrEqual, graph.Integer(0), index));
        }

        if (IndexBounds.IsAtMost(index, last, everywhere)) return guard;
        return RangeGuards.Both(graph, guard, index.Is(Ops.Affine) ? RangeGuards.AtLeastZero(graph, last - index.Affine) : graph.Compare(Ops.LessOrEqual, index, graph.Affine(last)));
    }

    /// <param name="Window">The axis of the windows.</param>
    /// <param name="Stride">How far apart they stand.</param>
    /// <param name="IsAscending">Whether later windows hold later positions.</param>
    /// <param name="Rest">e</param>
    private sealed record Step(Axis Window, long Stride, bool IsAscending, AffineForm Rest);

    /// <param name="Map">The position of each axis.</param>
    /// <param name="Known">Axes whose positions are in range where the windows exist.</param>
    /// <param name="Guard">Where the windows exist.</param>
    private sealed record Term(Dictionary<Axis, Node> Map, AxisSet Known, Node? Guard)
    {
        /// <summary>With the j-th window of those that hold a position, counted backwards from the last that begins before it.</summary>
        public Term At(Graph graph, Axis axis, Step step, int j)
        {
            Node rest = graph.Affine(step.Rest), stride = graph.Integer(step.Stride), turn = graph.Integer(j);
            Node last = graph.Apply(Ops.IntegerDivide, rest, stride);
            Node window = step.IsAscending
                ? j == 0 ? last : graph.Apply(Ops.IntegerSubtract, last, turn)
                : graph.Apply(Ops.IntegerSubtract, turn, last);
            var known = new Dictionary<Axis, Node> { [step.Window] = window };
            Dictionary<Axis, Node> map = Map.ToDictionary(p => p.Key, p => Substitution.Apply(graph, p.Value, known));
            if (!map.ContainsKey(step.Window)) map[step.Window] = window;
            Node place = graph.Apply(Ops.IntegerModulo, rest, stride);
            map[axis] = j == 0 ? place : graph.Apply(Ops.IntegerAdd, place, graph.Integer(step.Stride * j));

            Node? guard = Inside(graph, Guard, window, step.Window.Size);
            if (step.Stride * (j + 1) > axis.Size.Constant) guard = RangeGuards.Both(graph, guard, graph.Compare(Ops.LessOrEqual, map[axis], graph.Affine(axis.Size - AffineForm.One)));
            return new Term(map, Known | AxisSet.Of(axis), guard);
        }
    }
}
