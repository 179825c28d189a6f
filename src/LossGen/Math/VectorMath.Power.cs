using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    // Bits of 1 - 1/24 - 5/16: mantissas are taken from there to twice that, in eight parts of as many floats, the sixth of which has 1 in its middle.
    private const int PowerMantissaBits = 0x3F255555;

    // y log2(x) of this size leaves a normal number for the power, and for its rounding.
    private const int OrdinaryPowerBits = 0x42FA0000; // of 125

    /// <summary>x to the power y, with the special cases of IEEE 754.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Pow(Vector128<float> x, Vector128<float> y)
    {
        Vector128<float> power = PowOrdinary(x, y);
        return Vector128.ExtractMostSignificantBits(power) == 0 ? power : PowOfUnusual(x, y, power);
    }

    /// <summary>x to the power y where x is a positive normal number and the power safely one; elsewhere all bits are set, as they never are otherwise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> PowOrdinary(Vector128<float> x, Vector128<float> y)
    {
        Vector128<float> log = Log2InTwo(x, out Vector128<float> logLow);
        Vector128<float> z = y * log;
        Vector128<float> zLow = Vector128.FusedMultiplyAdd(y, logLow, Vector128.FusedMultiplyAdd(y, log, -z));
        Vector128<int> far = Vector128.GreaterThan(z.AsInt32() & Vector128.Create(int.MaxValue), Vector128.Create(OrdinaryPowerBits));
        return Exp2OfTwo(z, zLow) | NoPositiveNormals(x) | far.AsSingle();
    }

    /// <summary>x to the power y from less, which is x to the power y - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> PowFrom(Vector128<float> x, Vector128<float> less, Vector128<float> y)
    {
        Vector128<float> unusual = NoPositiveNormals(less);
        Vector128<float> power = x * less;
        return Vector128.ExtractMostSignificantBits(unusual) == 0 ? power : PowFromUnusual(x, y, unusual, power);
    }

    /// <summary>Lanes whose power is not x less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> IsUnusualPowFrom(Vector128<float> x, Vector128<float> less, Vector128<float> y) => IsNoPositiveNormal(less);

    /// <summary>x to the power y from less, unless <see cref="IsUnusualPowFrom(Vector128{float}, Vector128{float}, Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> PowFromOrdinary(Vector128<float> x, Vector128<float> less, Vector128<float> y) => x * less;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PowFromUnusual(Vector128<float> x, Vector128<float> y, Vector128<float> unusual, Vector128<float> ordinary) =>
        Vector128.ConditionalSelect(unusual, Pow(x, y), ordinary);

    // The logarithm to base 2 of a positive normal number in two floats, relative error about 2^-33; the second may be up to 1/200 of the first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Log2InTwo(Vector128<float> x, out Vector128<float> low)
    {
        Vector128<int> above = x.AsInt32() - Vector128.Create(PowerMantissaBits);
        Vector128<int> part = Vector128.ShiftRightLogical(above, 20);
        Vector128<float> mantissa = (x.AsInt32() - (above & Vector128.Create(unchecked((int)0xFF800000)))).AsSingle();
        Vector128<float> whole = Vector128.ConvertToSingle(Vector128.ShiftRightArithmetic(above, 23)) + Entry(PowerLogs, part);

        // f = mantissa / c - 1 and all that follows up to its cube is exact: 1/c has few bits, and log2(c) in its first part too.
        Vector128<float> f = Vector128.FusedMultiplyAdd(mantissa, Entry(PowerReciprocals, part), Vector128.Create(-1f));
        Vector128<float> f2 = f * f;
        Vector128<float> f2Low = Vector128.FusedMultiplyAdd(f, f, -f2);
        Vector128<float> g = Vector128.FusedMultiplyAdd(Vector128.Create(-0.5f), f2, f);
        Vector128<float> gLow = Vector128.FusedMultiplyAdd(Vector128.Create(-0.5f), f2, f - g);
        gLow = Vector128.FusedMultiplyAdd(Vector128.Create(-0.5f), f2Low, gLow);
        Vector128<float> a = Vector128.FusedMultiplyAdd(Vector128.Create(-0.249999002f), f, Vector128.Create(0.333333343f));
        Vector128<float> b = Vector128.FusedMultiplyAdd(Vector128.Create(-0.167398587f), f, Vector128.Create(0.199998543f));
        b = Vector128.FusedMultiplyAdd(f2, Vector128.Create(0.143618017f), b);
        gLow = Vector128.FusedMultiplyAdd(f * f2, Vector128.FusedMultiplyAdd(f2, b, a), gLow);

        // Times 1 / ln 2, in two parts as well.
        Vector128<float> h = g * Vector128.Create(Log2E);
        Vector128<float> hLow = Vector128.FusedMultiplyAdd(g, Vector128.Create(Log2E), -h);
        hLow = Vector128.FusedMultiplyAdd(g, Vector128.Create(Log2ELow), hLow);
        hLow = Vector128.FusedMultiplyAdd(gLow, Vector128.Create(Log2E), hLow);
        Vector128<float> sum = whole + h;
        low = (h - (sum - whole)) + (hLow + Entry(PowerLogsLow, part));
        return sum;
    }

    // 2 to the power z + zLow, where that is a normal number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Exp2OfTwo(Vector128<float> z, Vector128<float> zLow)
    {
        Vector128<float> magic = Vector128.Create(ExponentMagic);
        Vector128<float> t = (z + zLow) + magic;
        Vector128<float> r = (z - (t - magic)) + zLow;
        Vector128<float> r2 = r * r;
        Vector128<float> a = Vector128.FusedMultiplyAdd(Vector128.Create(0.055503618f), r, Vector128.Create(0.240226507f));
        Vector128<float> b = Vector128.FusedMultiplyAdd(Vector128.Create(0.00133904605f), r, Vector128.Create(0.00961802248f));
        b = Vector128.FusedMultiplyAdd(r2, Vector128.Create(0.00015471864f), b);
        Vector128<float> q = r2 * Vector128.FusedMultiplyAdd(r2, b, a);
        Vector128<float> scale = WholePower(t);
        return Vector128.FusedMultiplyAdd(Vector128.FusedMultiplyAdd(r, Vector128.Create(Ln2), q), scale, scale);
    }

    // In double lanes the logarithm has digits to spare for the product with y, and no result is out of range before the narrowing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PowOfUnusual(Vector128<float> x, Vector128<float> y, Vector128<float> ordinary)
    {
        Vector128<float> one = Vector128<float>.One;
        Vector128<float> magnitude = Vector128.Abs(x);
        Vector128<float> power = Vector128.Narrow(
            PowerOfMagnitude(Vector128.WidenLower(magnitude), Vector128.WidenLower(y)),
            PowerOfMagnitude(Vector128.WidenUpper(magnitude), Vector128.WidenUpper(y)));

        // A negative base keeps its sign for odd y, and has no power for y that is not an integer.
        Vector128<float> half = y * Vector128.Create(0.5f);
        Vector128<float> fractional = ~Vector128.Equals(Vector128.Floor(y), y);
        Vector128<float> odd = Vector128.AndNot(~Vector128.Equals(Vector128.Floor(half), half), fractional);
        power |= x & odd & Vector128.Create(-0f);
        Vector128<float> within = Vector128.ConditionalSelect(Vector128.GreaterThan(x, Vector128.Create(float.NegativeInfinity)), x, Vector128<float>.Zero);
        Vector128<float> negative = Vector128.LessThan(within, Vector128<float>.Zero);
        power |= negative & fractional & Vector128.LessThan(Vector128.Abs(y), Vector128.Create(float.PositiveInfinity));

        // These two are 1 even with NaN for the other operand; and so is a base of -1 with an infinite exponent.
        Vector128<float> always = Vector128.Equals(y, Vector128<float>.Zero) | Vector128.Equals(x, one)
            | Vector128.Equals(Vector128.ConditionalSelect(Vector128.Equals(Vector128.Abs(y), Vector128.Create(float.PositiveInfinity)), x, Vector128<float>.Zero), -one);
        power = Vector128.ConditionalSelect(always, one, power);
        return Vector128.ConditionalSelect(Vector128.Equals(ordinary.AsInt32(), Vector128<int>.AllBitsSet).AsSingle(), power, ordinary);
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
        Vector128<double> low = Vector128.FusedMultiplyAdd(Vector128.Create(0.961796694113405), t, Vector128.Create(2.88539008177785));
        Vector128<double> middle = Vector128.FusedMultiplyAdd(Vector128.Create(0.41220925438596556), t, Vector128.Create(0.5770779423459875));
        Vector128<double> high = Vector128.FusedMultiplyAdd(Vector128.Create(0.28290146843545894), t, Vector128.Create(0.3199056099765303));
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
        Vector128<double> a = Vector128.FusedMultiplyAdd(Vector128.Create(0.2402265134590147), r, Vector128.Create(0.6931472062484667));
        Vector128<double> b = Vector128.FusedMultiplyAdd(Vector128.Create(0.00961800389172668), r, Vector128.Create(0.05550327790891561));
        Vector128<double> c = Vector128.FusedMultiplyAdd(Vector128.Create(0.0001547629974359131), r, Vector128.Create(0.001340026975097815));
        Vector128<double> q = Vector128.FusedMultiplyAdd(r2, Vector128.FusedMultiplyAdd(r2, c, b), a);
        Vector128<double> scale = (Vector128.ShiftLeft(rounded.AsInt64(), 52) + Vector128.Create(1023L << 52)).AsDouble();
        return Vector128.FusedMultiplyAdd(q * r, scale, scale);
    }
}
