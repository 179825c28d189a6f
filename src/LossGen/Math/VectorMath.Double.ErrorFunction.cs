using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>Error function.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Erf(Vector128<double> x)
    {
        Vector128<double> a = Vector128.Abs(x);
        Vector128<double> small = Vector128.FusedMultiplyAdd(a, Horner(a * a, DoubleCoefficients.Erf), a);
        Vector128<double> large = Vector128<double>.One - ErfcOfPositive(a);
        return Vector128.CopySign(Vector128.ConditionalSelect(Vector128.LessThan(a, Vector128<double>.One), small, large), x);
    }

    /// <summary>Complementary error function, 1 - erf(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Erfc(Vector128<double> x)
    {
        Vector128<double> result = ErfcOfPositive(Vector128.Abs(x));
        return Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128<double>.Zero), Vector128.Create(2.0) - result, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> ErfcOfPositive(Vector128<double> x)
    {
        Vector128<double> limit = Vector128.Create(28.0);
        x = Vector128.ConditionalSelect(Vector128.GreaterThan(x, limit), limit, x);
        Vector128<double> t = (x - Vector128.Create(3.5)) / (x + Vector128.Create(3.5));
        Vector128<double> scaled = Horner(t, DoubleCoefficients.Erfc) / (Vector128<double>.One + (x + x));

        // The rounding error of x² would be multiplied by x² itself.
        Vector128<double> square = x * x;
        Vector128<double> squareLow = Vector128.FusedMultiplyAdd(x, x, -square);
        Vector128<double> exp = ExpGradual(-square);
        return scaled * Vector128.FusedMultiplyAdd(exp, -squareLow, exp);
    }
}
