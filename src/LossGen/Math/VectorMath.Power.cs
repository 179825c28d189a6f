using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>x to the power y, with the special cases of IEEE 754.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Pow(Vector128<float> x, Vector128<float> y)
    {
        Vector128<float> one = Vector128<float>.One;
        Vector128<float> magnitude = Vector128.Abs(x);
        // In double lanes the logarithm has digits to spare for the product with y, and no result is out of range before the narrowing.
        Vector128<float> power = Vector128.Narrow(
            PowerOfMagnitude(Vector128.WidenLower(magnitude), Vector128.WidenLower(y)),
            PowerOfMagnitude(Vector128.WidenUpper(magnitude), Vector128.WidenUpper(y)));

        // A negative base keeps its sign for odd y, and has no power for y that is not an integer.
        Vector128<float> half = y * Vector128.Create(0.5f);
        Vector128<float> fractional = ~Vector128.Equals(Vector128.Floor(y), y);
        Vector128<float> odd = Vector128.AndNot(~Vector128.Equals(Vector128.Floor(half), half), fractional);
        power |= x & odd & Vector128.Create(-0f);
        Vector128<float> negative = Vector128.LessThan(x, Vector128<float>.Zero)
            & Vector128.GreaterThan(x, Vector128.Create(float.NegativeInfinity));
        power |= negative & fractional & Vector128.LessThan(Vector128.Abs(y), Vector128.Create(float.PositiveInfinity));

        // These two are 1 even with NaN for the other operand; and so is a base of -1 with an infinite exponent.
        Vector128<float> always = Vector128.Equals(y, Vector128<float>.Zero) | Vector128.Equals(x, one)
            | (Vector128.Equals(x, -one) & Vector128.Equals(Vector128.Abs(y), Vector128.Create(float.PositiveInfinity)));
        return Vector128.ConditionalSelect(always, one, power);
    }

    // exp2(y log2(x)) for x >= 0 that has been widened from float, relative error about 2^-28.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> PowerOfMagnitude(Vector128<double> x, Vector128<double> y)
    {
        // The mantissa m lies in [sqrt(1/2), sqrt(2)); log2(m) = s P(s^2) with s = (m - 1) / (m + 1).
        Vector128<long> bits = x.AsInt64();
        Vector128<long> above = bits - Vector128.Create(0x3FE6A09E667F3BCDL) + Vector128.Create(1023L << 52);
        Vector128<long> field = above & Vector128.Create(0x7FFL << 52);
        Vector128<double> mantissa = (bits - field + Vector128.Create(1023L << 52)).AsDouble();
        // Behind the exponent of 2^52 an integer reads as itself.
        Vector128<double> exponent = (Vector128.ShiftRightLogical(field, 52) | Vector128.Create(0x433L << 52)).AsDouble()
            - Vector128.Create(4503599627370496.0 + 1023);
        Vector128<double> s = (mantissa - Vector128<double>.One) / (mantissa + Vector128<double>.One);
        Vector128<double> t = s * s;
        Vector128<double> low = Vector128.FusedMultiplyAdd(t, Vector128.Create(0.961796694113405), Vector128.Create(2.88539008177785));
        Vector128<double> middle = Vector128.FusedMultiplyAdd(t, Vector128.Create(0.41220925438596556), Vector128.Create(0.5770779423459875));
        Vector128<double> high = Vector128.FusedMultiplyAdd(t, Vector128.Create(0.28290146843545894), Vector128.Create(0.3199056099765303));
        Vector128<double> p = Vector128.FusedMultiplyAdd(t * t, Vector128.FusedMultiplyAdd(t * t, high, middle), low);
        Vector128<double> log = Vector128.FusedMultiplyAdd(p, s, exponent);
        log = Vector128.ConditionalSelect(
            Vector128.Equals(x, Vector128<double>.Zero), Vector128.Create(double.NegativeInfinity), log);
        log = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128.Create(double.PositiveInfinity)), log, x);

        Vector128<double> z = Vector128.Min(Vector128.Max(y * log, Vector128.Create(-200.0)), Vector128.Create(200.0));
        Vector128<double> magic = Vector128.Create(6755399441055744.0);
        Vector128<double> rounded = z + magic;
        Vector128<double> r = z - (rounded - magic);
        Vector128<double> r2 = r * r;
        Vector128<double> a = Vector128.FusedMultiplyAdd(r, Vector128.Create(0.2402265134590147), Vector128.Create(0.6931472062484667));
        Vector128<double> b = Vector128.FusedMultiplyAdd(r, Vector128.Create(0.00961800389172668), Vector128.Create(0.05550327790891561));
        Vector128<double> c = Vector128.FusedMultiplyAdd(r, Vector128.Create(0.0001547629974359131), Vector128.Create(0.001340026975097815));
        Vector128<double> q = Vector128.FusedMultiplyAdd(r2, Vector128.FusedMultiplyAdd(r2, c, b), a);
        Vector128<double> scale = (Vector128.ShiftLeft(rounded.AsInt64(), 52) + Vector128.Create(1023L << 52)).AsDouble();
        return Vector128.FusedMultiplyAdd(q * r, scale, scale);
    }
}
