using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Analysis;

/// <summary>Both ends of a set of 64-bit integers; an end at the type's own limit means unbounded.</summary>
internal readonly record struct IntegerInterval(long Low, long High)
{
    public static readonly IntegerInterval All = new(long.MinValue, long.MaxValue);

    public static readonly IntegerInterval Int32 = new(int.MinValue, int.MaxValue);

    /// <summary>A span holds at most this many elements.</summary>
    public static readonly IntegerInterval Length = new(0, int.MaxValue);

    public static readonly IntegerInterval NonNegative = new(0, long.MaxValue);

    public bool IsSubsetOf(IntegerInterval other) => Low >= other.Low && High <= other.High;

    public IntegerInterval Union(IntegerInterval other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    public static IntegerInterval Point(long value) => new(value, value);

    // A bound past the end means that the sum itself may wrap: then nothing is known.
    public static IntegerInterval operator +(IntegerInterval a, IntegerInterval b) => From((decimal)a.Low + b.Low, (decimal)a.High + b.High);

    public static IntegerInterval operator -(IntegerInterval a, IntegerInterval b) => From((decimal)a.Low - b.High, (decimal)a.High - b.Low);

    public static IntegerInterval operator *(IntegerInterval a, IntegerInterval b)
    {
        // Products of two 64-bit integers reach 2^126: past what a decimal holds, hence double; near 2^63 it is not exact, so All starts lower.
        double[] corners = { (double)a.Low * b.Low, (double)a.Low * b.High, (double)a.High * b.Low, (double)a.High * b.High };
        if (corners.Any(c => Math.Abs(c) > 1L << 62)) return All;
        long[] exact = { a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High };
        return new(exact.Min(), exact.Max());
    }

    private static IntegerInterval From(decimal low, decimal high) =>
        low < long.MinValue || high > long.MaxValue ? All : new((long)low, (long)high);
}

/// <summary>Where the integers of a graph lie, memoised: which of them fit narrower lanes, and which indices need no check.</summary>
internal sealed class IntegerRanges
{
    private readonly Dictionary<Node, IntegerInterval> _known = new();

    public IntegerInterval Of(Node node)
    {
        if (_known.TryGetValue(node, out IntegerInterval known)) return known;
        return _known[node] = Compute(node);
    }

    public bool FitsInt32(Node node) => Of(node).IsSubsetOf(IntegerInterval.Int32);

    public IntegerInterval Of(AffineForm form)
    {
        IntegerInterval sum = IntegerInterval.Point(form.Constant);
        foreach (AffineTerm term in form.Terms) sum += IntegerInterval.Point(term.Coefficient) * Of(term.Symbol);
        return sum;
    }

    private static IntegerInterval OfElement(ElementType element) => element switch
    {
        ElementType.Byte => new(byte.MinValue, byte.MaxValue),
        ElementType.Int32 => IntegerInterval.Int32,
        _ => IntegerInterval.All,
    };

    private IntegerInterval Of(Symbol symbol)
    {
        if (symbol.Kind == SymbolKind.Parameter) return OfElement(symbol.Parameter!.Element);
        if (symbol.Kind == SymbolKind.Size) return symbol.Axis!.IsLong ? IntegerInterval.NonNegative : IntegerInterval.Length;
        Axis axis = symbol.Axis!;
        if (axis.IsLong) return IntegerInterval.NonNegative;

        // Where a position exists at all, the axis is not empty. An axis of a span is no longer than that; what a local one may have is checked.
        long most = !axis.IsLocal ? IntegerInterval.Length.High : SizeLimits.IsSizeOfAnother(axis) ? long.MaxValue : SizeLimit.LongestLocal;
        return new(0, Math.Min(Math.Max(Of(axis.Size).High, 1), most) - 1);
    }

    private IntegerInterval Compute(Node node)
    {
        if (node.Is(Ops.Affine)) return Of(node.Affine);
        if (node.Is(Ops.Load)) return OfElement(node.Tensor.Element);
        if (node.Is(Ops.Widen)) return Of(node[0]);
        if (node.Is(Ops.ToPosition)) return IntegerInterval.Length;
        if (node.Is(Ops.IntegerSelect)) return Of(node[1]).Union(Of(node[2]));
        if (node.Arguments.Length != 2) return IntegerInterval.All;

        IntegerInterval a = Of(node[0]), b = Of(node[1]);
        if (node.Is(Ops.IntegerAdd)) return a + b;
        if (node.Is(Ops.IntegerSubtract)) return a - b;
        if (node.Is(Ops.IntegerMultiply)) return a * b;
        if (node.Is(Ops.IntegerMax)) return new(Math.Max(a.Low, b.Low), Math.Max(a.High, b.High));
        if (node.Is(Ops.IntegerMin)) return new(Math.Min(a.Low, b.Low), Math.Min(a.High, b.High));
        if (node.Is(Ops.IntegerDivide)) return Quotient(a, b);
        if (node.Is(Ops.IntegerModulo)) return new(b.Low < 0 ? Math.Min(b.Low, -1) + 1 : 0, b.High > 0 ? b.High - 1 : 0);
        return IntegerInterval.All;
    }

    // The quotient by anything but 0 is no farther from 0 than the dividend (rounding down may pass 0 by one); by 0 it is 0.
    private static IntegerInterval Quotient(IntegerInterval a, IntegerInterval b)
    {
        if (a.Low >= 0 && b.Low >= 0) return new(0, a.High);
        if (a.Low == long.MinValue) return IntegerInterval.All;
        long far = Math.Max(Math.Abs(a.Low), Math.Abs(a.High));
        return new(-far, far);
    }
}
