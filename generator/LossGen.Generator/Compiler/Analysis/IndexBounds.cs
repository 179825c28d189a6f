using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>
/// Proves that an index stays inside its axis. Needs: where the index is evaluated. Gives: true only if no sizes, no int parameters
/// and no data can take it out.
/// </summary>
internal static class IndexBounds
{
    // Guards that state no order of integers are no facts; more facts than this are not combined.
    private const int FactLimit = 24;

    public static bool Holds(Node index, AffineForm size, Demand demand) =>
        IsAtLeast(index, AffineForm.Zero, demand) && IsAtMost(index, size - AffineForm.One, demand);

    /// <summary>Whether the form is at least 0, given further forms that are.</summary>
    public static bool IsNonNegative(AffineForm form, Demand demand, IEnumerable<AffineForm>? stated = null)
    {
        ImmutableArray<AffineForm> facts = Facts(demand, stated ?? []);
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

    /// <summary>The form with each position at the end of its range that makes it least.</summary>
    public static AffineForm Least(AffineForm form, IEnumerable<AxisRange> ranges)
    {
        foreach (AxisRange range in ranges)
        {
            Symbol position = Symbol.PositionOf(range.Axis);
            long coefficient = form.CoefficientOf(position);
            if (coefficient == 0) continue;
            AffineForm end = coefficient > 0 ? range.Low : range.High - AffineForm.One;
            form += coefficient * (end - AffineForm.Of(position));
        }

        return form;
    }

    /// <summary>Whether an index is at least <paramref name="low"/>.</summary>
    public static bool IsAtLeast(Node index, AffineForm low, Demand demand)
    {
        if (index.Is(Ops.Affine)) return IsNonNegative(index.Affine - low, demand);
        if (index.Is(Ops.ToPosition)) return IsNonNegative(AffineForm.Zero - low, demand);
        if (index.Is(Ops.IntegerMax)) return IsAtLeast(index[0], low, demand) || IsAtLeast(index[1], low, demand);
        if (index.Is(Ops.IntegerMin)) return IsAtLeast(index[0], low, demand) && IsAtLeast(index[1], low, demand);
        if (index.Is(Ops.IntegerAdd) && index[0].Is(Ops.Affine)) return IsAtLeast(index[1], low - index[0].Affine, demand);
        if (index.Is(Ops.IntegerAdd) && index[1].Is(Ops.Affine)) return IsAtLeast(index[0], low - index[1].Affine, demand);
        if (index.Is(Ops.IntegerSubtract) && index[0].Is(Ops.Affine)) return IsAtMost(index[1], index[0].Affine - low, demand);
        if (index.Is(Ops.IntegerSubtract) && index[1].Is(Ops.Affine)) return IsAtLeast(index[0], low + index[1].Affine, demand);
        if (index.Is(Ops.IntegerModulo)) return HasPositiveDivisor(index, demand) && IsNonNegative(AffineForm.Zero - low, demand);
        // floor(a / k) >= low where a >= k low
        return index.Is(Ops.IntegerDivide) && ConstantDivisor(index) is { } k && IsAtLeast(index[0], k * low, demand);
    }

    /// <summary>Whether an index is at most <paramref name="high"/>.</summary>
    public static bool IsAtMost(Node index, AffineForm high, Demand demand)
    {
        if (index.Is(Ops.Affine)) return IsNonNegative(high - index.Affine, demand);
        if (index.Is(Ops.ToPosition)) return Exists((RowPosition)index.Payload!, demand) && IsNonNegative(high + AffineForm.One - ((RowPosition)index.Payload!).Axis.Size, demand);
        if (index.Is(Ops.IntegerMax)) return IsAtMost(index[0], high, demand) && IsAtMost(index[1], high, demand);
        if (index.Is(Ops.IntegerMin)) return IsAtMost(index[0], high, demand) || IsAtMost(index[1], high, demand);
        if (index.Is(Ops.IntegerAdd) && index[0].Is(Ops.Affine)) return IsAtMost(index[1], high - index[0].Affine, demand);
        if (index.Is(Ops.IntegerAdd) && index[1].Is(Ops.Affine)) return IsAtMost(index[0], high - index[1].Affine, demand);
        if (index.Is(Ops.IntegerSubtract) && index[0].Is(Ops.Affine)) return IsAtLeast(index[1], index[0].Affine - high, demand);
        if (index.Is(Ops.IntegerSubtract) && index[1].Is(Ops.Affine)) return IsAtMost(index[0], high + index[1].Affine, demand);
        if (index.Is(Ops.IntegerModulo)) return HasPositiveDivisor(index, demand) && IsNonNegative(high + AffineForm.One - index[1].Affine, demand);
        // floor(a / k) <= high where a <= k high + k - 1
        return index.Is(Ops.IntegerDivide) && ConstantDivisor(index) is { } k && IsAtMost(index[0], (k * high) + AffineForm.Of(k - 1), demand);
    }

    private static bool Exists(RowPosition position, Demand demand) => position.IsCertain || IsNonNegative(position.Axis.Size - AffineForm.One, demand);

    private static bool HasPositiveDivisor(Node quotient, Demand demand) =>
        quotient[1].Is(Ops.Affine) && IsNonNegative(quotient[1].Affine - AffineForm.One, demand);

    private static long? ConstantDivisor(Node quotient) =>
        quotient[1].Is(Ops.Affine) && quotient[1].Affine is { IsConstant: true, Constant: > 0 } k ? k.Constant : null;

    /// <summary>Forms that are at least 0 wherever the demand holds: the ranges are not empty, and conditions between affine integers.</summary>
    private static ImmutableArray<AffineForm> Facts(Demand demand, IEnumerable<AffineForm> stated)
    {
        IEnumerable<AffineForm> notEmpty = demand.Ranges.Select(r => r.High - r.Low - AffineForm.One);
        return notEmpty.Concat(demand.Ranges.SelectMany(r => ComputedSizes.Facts(r.Axis))).Concat(stated).Concat(demand.Conditions.SelectMany(c => Facts(c, holds: true, demand))).Take(FactLimit).ToImmutableArray();
    }

    private static IEnumerable<AffineForm> Facts(Node condition, bool holds, Demand demand)
    {
        if (condition.Is(Ops.Not)) return Facts(condition[0], !holds, demand);
        // !g || c, where g holds
        if (condition.Is(Ops.Or) && holds && condition[0].Is(Ops.Not) && demand.Includes(condition[0][0])) return Facts(condition[1], holds: true, demand);
        if (condition.Arguments.Length != 2 || !condition[0].Is(Ops.Affine) || !condition[1].Is(Ops.Affine)) return [];
        AffineForm a = condition[0].Affine, b = condition[1].Affine;
        if (condition.Is(holds ? Ops.Less : Ops.GreaterOrEqual)) return [b - a - AffineForm.One];
        if (condition.Is(holds ? Ops.LessOrEqual : Ops.Greater)) return [b - a];
        if (condition.Is(holds ? Ops.Greater : Ops.LessOrEqual)) return [a - b - AffineForm.One];
        if (condition.Is(holds ? Ops.GreaterOrEqual : Ops.Less)) return [a - b];
        return condition.Is(holds ? Ops.Equal : Ops.NotEqual) ? [a - b, b - a] : [];
    }

    // Only sizes, which are never negative, may remain.
    private static bool IsPlainlyNonNegative(AffineForm form, Demand demand)
    {
        AffineForm least = Least(form, demand.Ranges);
        return least.Constant >= 0 && least.Terms.All(t => t.Symbol.Kind == SymbolKind.Size && t.Coefficient > 0);
    }
}
