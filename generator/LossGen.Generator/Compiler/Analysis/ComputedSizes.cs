using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>Sizes of local axes that are computed from other sizes and int parameters, as in <c>axis k = div(size(w), 2)</c>.</summary>
internal static class ComputedSizes
{
    /// <summary>Whether an integer without axes needs nothing but sizes and int parameters.</summary>
    public static bool IsKnownBeforehand(Node size) =>
        Reachability.Of([size]).All(n => n.Is(Ops.Affine) || n.Op.Is(Ops.IntegerAdd, Ops.IntegerSubtract, Ops.IntegerMultiply, Ops.IntegerDivide, Ops.IntegerModulo, Ops.IntegerMin, Ops.IntegerMax));

    /// <summary>The sizes that a computed size needs.</summary>
    public static IEnumerable<Axis> Needed(Node size) => Reachability.Forms(Reachability.Of([size]))
        .SelectMany(form => form.Terms).Where(t => t.Symbol.Kind == SymbolKind.Size).Select(t => t.Symbol.Axis!);

    /// <summary>Forms that are at least 0 because of how the size of an axis is computed.</summary>
    public static IEnumerable<AffineForm> Facts(Axis axis)
    {
        if (axis.Declared.ComputedSize is not { } size || !size.Is(Ops.IntegerDivide) || !size[0].Is(Ops.Affine)) return [];
        if (!size[1].Is(Ops.Affine) || size[1].Affine is not { IsConstant: true, Constant: > 0 } divisor) return [];
        // q = floor(a / k): k q <= a <= k q + k - 1
        AffineForm rest = size[0].Affine - (divisor.Constant * axis.Size);
        return [rest, AffineForm.Of(divisor.Constant - 1) - rest];
    }
}
