using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// The interior of a vector loop: the positions at which shifted reads stay inside their arrays and the conditions on positions have the
/// answer that they have almost everywhere. Vectors that lie in it as a whole need no test; those at the edges run the tail's body,
/// which tests each lane.
/// </summary>
internal sealed partial class KernelBuilder
{
    /// <summary>Takes out of a condition what the interior answers: the answer when that is all, else the rest of it.</summary>
    private (bool? Answer, Node Remaining) InInterior(Node condition)
    {
        if (condition.Is(Ops.Not))
        {
            (bool? answer, Node remaining) = InInterior(condition[0]);
            return answer is { } known ? (!known, condition) : ReferenceEquals(remaining, condition[0]) ? (null, condition) : (null, _graph.Not(remaining));
        }

        if (condition.Is(Ops.And) || condition.Is(Ops.Or))
        {
            (bool? answer, Node remaining)[] parts = [InInterior(condition[0]), InInterior(condition[1])];
            bool decisive = condition.Is(Ops.Or);
            if (parts.Any(p => p.answer == decisive)) return (decisive, condition);
            if (parts[0].answer is not null && parts[1].answer is not null) return (!decisive, condition);
            if (parts[0].answer is not null) return (null, parts[1].remaining);
            if (parts[1].answer is not null) return (null, parts[0].remaining);
            return (null, _graph.Make(condition.Op, [parts[0].remaining, parts[1].remaining]));
        }

        if (NonNegative(condition) is not { } form || !Varies(condition)) return (null, condition);
        return Assume(form) is { } holds ? (holds, condition) : (null, condition);
    }

    /// <summary>The form that is at least 0 exactly where the comparison holds; null when it is none of two affine integers.</summary>
    private static AffineForm? NonNegative(Node comparison)
    {
        if (comparison.Arguments.Length != 2 || !comparison[0].Is(Ops.Affine) || !comparison[1].Is(Ops.Affine)) return null;
        AffineForm a = comparison[0].Affine, b = comparison[1].Affine;
        return comparison.Is(Ops.LessOrEqual) ? b - a
            : comparison.Is(Ops.Less) ? b - a - AffineForm.One
            : comparison.Is(Ops.GreaterOrEqual) ? a - b
            : comparison.Is(Ops.Greater) ? a - b - AffineForm.One
            : null;
    }

    /// <summary>Whether an index is in its axis everywhere in the interior.</summary>
    private bool IsInsideInterior(Node index, AffineForm size) =>
        index.Is(Ops.Affine) && Assume(index.Affine) == true && Assume(size - AffineForm.One - index.Affine) == true;

    /// <summary>
    /// Shrinks the interior so that the form is at least 0 in it, or below 0 where that leaves more; null when neither leaves most of the
    /// axis, or when there is no interior.
    /// </summary>
    private bool? Assume(AffineForm form)
    {
        if (_nest.Interior is not { } interior) return null;
        Axis vector = _nest.Vector!;
        long coefficient = form.CoefficientOf(Symbol.PositionOf(vector));
        if (Math.Abs(coefficient) != 1) return null;

        // +i >= -rest holds from a position on, -i >= -rest up to one: near which end of the axis does it change?
        AffineForm rest = form - (coefficient * AffineForm.Of(Symbol.PositionOf(vector)));
        if (rest.Terms.Any(t => t.Symbol.Kind == SymbolKind.Position && !t.Symbol.Axis!.IsConstantSize)) return null;
        bool changesAtEnd = rest.Terms.Any(t => t.Symbol.Kind == SymbolKind.Size && t.Coefficient * coefficient < 0);
        bool holds = coefficient > 0 != changesAtEnd;
        AffineForm positive = holds ? form : AffineForm.Zero - form - AffineForm.One;
        IEnumerable<AxisRange> inner = _path.Skip(_nest.VectorDepth + 1).Select(loop => AxisRange.Full(loop.Axis));
        AffineForm least = IndexBounds.Least(positive, inner);
        var everywhere = new Demand(_graph.AxesOf(least.Axes).Select(AxisRange.Full).ToImmutableArray(), ImmutableArray<Node>.Empty);
        if (!interior.Contains(least) && !IndexBounds.IsNonNegative(least, everywhere)) interior.Add(least);
        return holds;
    }
}
