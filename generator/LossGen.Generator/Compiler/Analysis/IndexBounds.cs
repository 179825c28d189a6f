using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>
/// Proves that an affine index stays inside its axis. Needs: where the index is evaluated. Gives: true only if no sizes and no
/// int parameters can take it out.
/// </summary>
internal static class IndexBounds
{
    // Guards that state no order of integers are no facts; more facts than this are not combined.
    private const int FactLimit = 24;

    public static bool Holds(AffineForm index, AffineForm size, Demand demand)
    {
        ImmutableArray<AffineForm> facts = Facts(demand);
        return IsNonNegative(index, demand, facts) && IsNonNegative(size - AffineForm.One - index, demand, facts);
    }

    /// <summary>Forms that are at least 0 wherever the demand holds: the ranges are not empty, and conditions between affine integers.</summary>
    private static ImmutableArray<AffineForm> Facts(Demand demand)
    {
        IEnumerable<AffineForm> notEmpty = demand.Ranges.Select(r => r.High - r.Low - AffineForm.One);
        return notEmpty.Concat(demand.Conditions.SelectMany(c => Facts(c, holds: true))).Take(FactLimit).ToImmutableArray();
    }

    private static IEnumerable<AffineForm> Facts(Node condition, bool holds)
    {
        if (condition.Is(Ops.Not)) return Facts(condition[0], !holds);
        if (condition.Arguments.Length != 2 || !condition[0].Is(Ops.Affine) || !condition[1].Is(Ops.Affine)) return [];
        AffineForm a = condition[0].Affine, b = condition[1].Affine;
        if (condition.Is(holds ? Ops.Less : Ops.GreaterOrEqual)) return [b - a - AffineForm.One];
        if (condition.Is(holds ? Ops.LessOrEqual : Ops.Greater)) return [b - a];
        if (condition.Is(holds ? Ops.Greater : Ops.LessOrEqual)) return [a - b - AffineForm.One];
        if (condition.Is(holds ? Ops.GreaterOrEqual : Ops.Less)) return [a - b];
        return condition.Is(holds ? Ops.Equal : Ops.NotEqual) ? [a - b, b - a] : [];
    }

    private static bool IsNonNegative(AffineForm form, Demand demand, ImmutableArray<AffineForm> facts)
    {
        if (IsPlainlyNonNegative(form, demand)) return true;
        for (int i = 0; i < facts.Length; i++)
        {
            AffineForm rest = form - facts[i];
            if (IsPlainlyNonNegative(rest, demand)) return true;
            for (int j = i + 1; j < facts.Length; j++)
            {
                if (IsPlainlyNonNegative(rest - facts[j], demand)) return true;
            }
        }

        return false;
    }

    /// <summary>Puts each position at the end of its range that makes the form least; then only sizes, which are never negative, may remain.</summary>
    private static bool IsPlainlyNonNegative(AffineForm form, Demand demand)
    {
        foreach (AxisRange range in demand.Ranges)
        {
            Symbol position = Symbol.PositionOf(range.Axis);
            long coefficient = form.CoefficientOf(position);
            if (coefficient == 0) continue;
            AffineForm end = coefficient > 0 ? range.Low : range.High - AffineForm.One;
            form += coefficient * (end - AffineForm.Of(position));
        }

        return form.Constant >= 0 && form.Terms.All(t => t.Symbol.Kind == SymbolKind.Size && t.Coefficient > 0);
    }
}
