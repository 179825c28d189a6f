using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

// In double lanes, where the differences that these functions are made of keep more digits than a float has.
[EveryWidth]
public static partial class VectorMath
{
    // From 8 on a few terms of the asymptotic series are enough; smaller arguments are stepped up by 8.
    private const double GammaStep = 8;

    /// <summary>log(|gamma(x)|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LogGamma(Vector128<float> x) =>
        Vector128.Narrow(LogGammaForSingle(Vector128.WidenLower(x)), LogGammaForSingle(Vector128.WidenUpper(x)));

    /// <summary>The derivative of <see cref="LogGamma(Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Digamma(Vector128<float> x) =>
        Vector128.Narrow(DigammaForSingle(Vector128.WidenLower(x)), DigammaForSingle(Vector128.WidenUpper(x)));

    /// <summary>The derivative of <see cref="Digamma(Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Trigamma(Vector128<float> x) =>
        Vector128.Narrow(TrigammaForSingle(Vector128.WidenLower(x)), TrigammaForSingle(Vector128.WidenUpper(x)));

    /// <summary>The derivative of <see cref="Trigamma(Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tetragamma(Vector128<float> x) =>
        Vector128.Narrow(Tetragamma(Vector128.WidenLower(x)), Tetragamma(Vector128.WidenUpper(x)));

    /// <summary>log(|gamma(x + a)|) - log(|gamma(x)|), without the cancellation of large x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LogGammaDelta(Vector128<float> x, Vector128<float> a) =>
        Vector128.Narrow(
            LogGammaDelta(Vector128.WidenLower(x), Vector128.WidenLower(a)),
            LogGammaDelta(Vector128.WidenUpper(x), Vector128.WidenUpper(a)));

    /// <summary>digamma(x + a) - digamma(x), without the cancellation of large x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> DigammaDelta(Vector128<float> x, Vector128<float> a) =>
        Vector128.Narrow(
            DigammaDelta(Vector128.WidenLower(x), Vector128.WidenLower(a)),
            DigammaDelta(Vector128.WidenUpper(x), Vector128.WidenUpper(a)));

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector128<double> LogGammaForSingle(Vector128<double> x)
    {
        Vector128<double> reflected = Vector128.LessThan(x, Vector128.Create(0.5));
        Vector128<double> z = Vector128.ConditionalSelect(reflected, Vector128<double>.One - x, x);
        Vector128<double> stepped = Vector128.LessThan(z, Vector128.Create(GammaStep));
        Vector128<double> w = Vector128.ConditionalSelect(stepped, z + Vector128.Create(GammaStep), z);
        // z (z + 1) ... (z + 7), whose factors pair up around t = z (z + 7).
        Vector128<double> t = z * (z + Vector128.Create(7.0));
        Vector128<double> product = t * (t + Vector128.Create(6.0)) * ((t + Vector128.Create(10.0)) * (t + Vector128.Create(12.0)));
        product = Vector128.ConditionalSelect(stepped, product, Vector128<double>.One);

        Vector128<double> u = Vector128<double>.One / w;
        Vector128<double> u2 = u * u;
        Vector128<double> series = Vector128.FusedMultiplyAdd(Vector128.Create(-691.0 / 360360), u2, Vector128.Create(1.0 / 1188));
        series = Vector128.FusedMultiplyAdd(u2, series, Vector128.Create(-1.0 / 1680));
        series = Vector128.FusedMultiplyAdd(u2, series, Vector128.Create(1.0 / 1260));
        series = Vector128.FusedMultiplyAdd(u2, series, Vector128.Create(-1.0 / 360));
        series = Vector128.FusedMultiplyAdd(u2, series, Vector128.Create(1.0 / 12));
        series = Vector128.FusedMultiplyAdd(u, series, Vector128.Create(0.9189385332046728));
        Vector128<double> stirling = (w - Vector128.Create(0.5)) * Log(w) - w + series;

        // gamma(x) gamma(1 - x) = pi / sin(pi x)
        if (reflected != Vector128<double>.Zero)
        {
            Vector128<double> mirror = Vector128.Abs(Vector128.Create(Math.PI) / SinPi(x - Vector128.Round(x)));
            product = Vector128.ConditionalSelect(reflected, product * mirror, product);
        }

        Vector128<double> log = Log(product);
        Vector128<double> y = Vector128.ConditionalSelect(reflected, log - stirling, stirling - log);
        Vector128<double> infinite = Vector128.Equals(Vector128.Abs(x), Vector128.Create(double.PositiveInfinity));
        return Vector128.ConditionalSelect(infinite, Vector128.Create(double.PositiveInfinity), y);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector128<double> DigammaForSingle(Vector128<double> x)
    {
        Vector128<double> reflected = Vector128.LessThan(x, Vector128.Create(0.5));
        Vector128<double> z = Vector128.ConditionalSelect(reflected, Vector128<double>.One - x, x);
        Vector128<double> stepped = Vector128.LessThan(z, Vector128.Create(GammaStep));
        Vector128<double> w = Vector128.ConditionalSelect(stepped, z + Vector128.Create(GammaStep), z);
        // 1/z + 1/(z + 1) + ... + 1/(z + 7), in pairs around t = z (z + 7).
        Vector128<double> t = z * (z + Vector128.Create(7.0));
        Vector128<double> outer = t * (t + Vector128.Create(6.0));
        Vector128<double> inner = (t + Vector128.Create(10.0)) * (t + Vector128.Create(12.0));
        Vector128<double> two = Vector128.Create(2.0);
        Vector128<double> top = (two * t + Vector128.Create(6.0)) * inner + (two * t + Vector128.Create(22.0)) * outer;
        Vector128<double> steps = (two * z + Vector128.Create(7.0)) * top / (outer * inner);

        Vector128<double> u = Vector128<double>.One / w;
        Vector128<double> u2 = u * u;
        Vector128<double> series = Vector128.FusedMultiplyAdd(Vector128.Create(1.0 / 132), u2, Vector128.Create(-1.0 / 240));
        series = Vector128.FusedMultiplyAdd(u2, series, Vector128.Create(1.0 / 252));
        series = Vector128.FusedMultiplyAdd(u2, series, Vector128.Create(-1.0 / 120));
        series = Vector128.FusedMultiplyAdd(u2, series, Vector128.Create(1.0 / 12));
        Vector128<double> y = Log(w) - Vector128.FusedMultiplyAdd(u2, series, Vector128.Create(0.5) * u);
        y = Vector128.ConditionalSelect(stepped, y - steps, y);

        if (reflected == Vector128<double>.Zero) return y;
        // digamma(1 - x) - digamma(x) = pi / tan(pi x), whose sides differ at a pole.
        // Zero keeps its sign, which is the side.
        Vector128<double> f = Vector128.ConditionalSelect(Vector128.Equals(x, Vector128<double>.Zero), x, x - Vector128.Round(x));
        Vector128<double> cotangent = SinPi(Vector128.Create(0.5) - Vector128.Abs(f)) / SinPi(f);
        y = Vector128.ConditionalSelect(reflected, y - Vector128.Create(Math.PI) * cotangent, y);
        Vector128<double> pole = Vector128.Equals(f, Vector128<double>.Zero) & Vector128.LessThan(x, Vector128<double>.Zero);
        return Vector128.ConditionalSelect(pole, Vector128.Create(double.NaN), y);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector128<double> TrigammaForSingle(Vector128<double> x)
    {
        Vector128<double> reflected = Vector128.LessThan(x, Vector128.Create(0.5));
        Vector128<double> z = Vector128.ConditionalSelect(reflected, Vector128<double>.One - x, x);
        Vector128<double> stepped = Vector128.LessThan(z, Vector128.Create(GammaStep));
        Vector128<double> w = Vector128.ConditionalSelect(stepped, z + Vector128.Create(GammaStep), z);
        // 1/z^2 + ... + 1/(z + 7)^2: with p = (z + k) (z + 7 - k) a pair is ((2z + 7)^2 / p - 2) / p.
        Vector128<double> one = Vector128<double>.One;
        Vector128<double> t = z * (z + Vector128.Create(7.0));
        Vector128<double> ends = Vector128.Create(2.0) * z + Vector128.Create(7.0);
        ends *= ends;
        Vector128<double> minusTwo = Vector128.Create(-2.0);
        Vector128<double> p0 = one / t;
        Vector128<double> p1 = one / (t + Vector128.Create(6.0));
        Vector128<double> p2 = one / (t + Vector128.Create(10.0));
        Vector128<double> p3 = one / (t + Vector128.Create(12.0));
        Vector128<double> steps = p0 * Vector128.FusedMultiplyAdd(ends, p0, minusTwo) + p1 * Vector128.FusedMultiplyAdd(ends, p1, minusTwo)
            + (p2 * Vector128.FusedMultiplyAdd(ends, p2, minusTwo) + p3 * Vector128.FusedMultiplyAdd(ends, p3, minusTwo));

        Vector128<double> u = one / w;
        Vector128<double> u2 = u * u;
        Vector128<double> series = Vector128.FusedMultiplyAdd(Vector128.Create(5.0 / 66), u2, Vector128.Create(-1.0 / 30));
        series = Vector128.FusedMultiplyAdd(u2, series, Vector128.Create(1.0 / 42));
        series = Vector128.FusedMultiplyAdd(u2, series, Vector128.Create(-1.0 / 30));
        series = Vector128.FusedMultiplyAdd(u2, series, Vector128.Create(1.0 / 6));
        Vector128<double> y = Vector128.FusedMultiplyAdd(u2 * u, series, Vector128.FusedMultiplyAdd(u2, Vector128.Create(0.5), u));
        y = Vector128.ConditionalSelect(stepped, y + steps, y);

        if (reflected == Vector128<double>.Zero) return y;
        // trigamma(x) + trigamma(1 - x) = (pi / sin(pi x))^2
        Vector128<double> mirror = Vector128.Create(Math.PI) / SinPi(x - Vector128.Round(x));
        return Vector128.ConditionalSelect(reflected, mirror * mirror - y, y);
    }

    // sin(pi f) for |f| <= 1/2, relative error 2^-43.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> SinPi(Vector128<double> f)
    {
        Vector128<double> s = f * f;
        Vector128<double> p = Vector128.FusedMultiplyAdd(Vector128.Create(0.00044720026657401875), s, Vector128.Create(-0.007363785004406928));
        p = Vector128.FusedMultiplyAdd(s, p, Vector128.Create(0.08214473210814155));
        p = Vector128.FusedMultiplyAdd(s, p, Vector128.Create(-0.5992644257347151));
        p = Vector128.FusedMultiplyAdd(s, p, Vector128.Create(2.5501640354192565));
        p = Vector128.FusedMultiplyAdd(s, p, Vector128.Create(-5.16771277997731));
        return f * Vector128.FusedMultiplyAdd(s, p, Vector128.Create(3.1415926535895973));
    }
}
