using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>The error function.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Erf(Vector128<float> x)
    {
        // Below 1 an odd polynomial.
        Vector128<float> s = x * x;
        Vector128<float> s2 = s * s;
        Vector128<float> a = Vector128.FusedMultiplyAdd(Vector128.Create(-0.37612626f), s, Vector128.Create(0.128379166f));
        Vector128<float> b = Vector128.FusedMultiplyAdd(Vector128.Create(-0.0268533472f), s, Vector128.Create(0.112835787f));
        Vector128<float> c = Vector128.FusedMultiplyAdd(Vector128.Create(-0.00079978531f), s, Vector128.Create(0.0051871622f));
        c = Vector128.FusedMultiplyAdd(s2, Vector128.Create(7.80690316e-05f), c);
        Vector128<float> p = Vector128.FusedMultiplyAdd(s2, Vector128.FusedMultiplyAdd(s2, c, b), a);
        Vector128<float> near = Vector128.FusedMultiplyAdd(p, x, x);

        // Above it 1 - exp(-u) with a polynomial u = -log(erfc(t)); from 4 on this is 1.
        Vector128<float> magnitude = Vector128.Abs(x);
        Vector128<float> t = Vector128.Min(magnitude, Vector128.Create(4f));
        Vector128<float> t2 = t * t;
        a = Vector128.FusedMultiplyAdd(Vector128.Create(1.12717164f), t, Vector128.Create(0.000320577965f));
        b = Vector128.FusedMultiplyAdd(Vector128.Create(0.103218205f), t, Vector128.Create(0.63801223f));
        c = Vector128.FusedMultiplyAdd(Vector128.Create(0.00296011963f), t, Vector128.Create(-0.0218896531f));
        c = Vector128.FusedMultiplyAdd(t2, Vector128.Create(-0.00018760559f), c);
        Vector128<float> u = Vector128.FusedMultiplyAdd(t2, Vector128.FusedMultiplyAdd(t2, c, b), a);
        Vector128<float> far = Vector128.CopySign(Vector128<float>.One - ExpGradual(-u), x);
        return Vector128.ConditionalSelect(Vector128.LessThan(magnitude, Vector128<float>.One), near, far);
    }

    /// <summary>1 - erf(x) without cancellation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Erfc(Vector128<float> x)
    {
        // exp(-a^2) g(q) / (1 + 2a) with q = (a - 2) / (a + 2).
        Vector128<float> a = Vector128.Min(Vector128.Abs(x), Vector128.Create(10.1f));
        Vector128<float> two = Vector128.Create(2f);
        Vector128<float> q = (a - two) / (a + two);
        Vector128<float> q2 = q * q;
        // Only the last sum is with the large constant term, so that it alone rounds that coarsely.
        Vector128<float> c1 = Vector128.FusedMultiplyAdd(Vector128.Create(-0.166030079f), q, Vector128.Create(-0.0927636847f));
        Vector128<float> c3 = Vector128.FusedMultiplyAdd(Vector128.Create(-0.0542246066f), q, Vector128.Create(0.164045691f));
        Vector128<float> c5 = Vector128.FusedMultiplyAdd(Vector128.Create(0.00873294473f), q, Vector128.Create(-0.00797099341f));
        Vector128<float> c7 = Vector128.FusedMultiplyAdd(Vector128.Create(-0.00139073248f), q, Vector128.Create(0.000995184295f));
        Vector128<float> low = Vector128.FusedMultiplyAdd(q2, c3, c1);
        Vector128<float> high = Vector128.FusedMultiplyAdd(q2, c7, c5);
        Vector128<float> g = Vector128.FusedMultiplyAdd(Vector128.FusedMultiplyAdd(q2 * q2, high, low), q, Vector128.Create(1.27697837f))
            / Vector128.FusedMultiplyAdd(two, a, Vector128<float>.One);

        // exp(-a^2) = 2^n (1 + p) from a^2 in two parts, since exp would magnify its rounding.
        Vector128<float> square = a * a;
        Vector128<float> rest = Vector128.FusedMultiplyAdd(a, a, -square);
        Vector128<float> t = Vector128.FusedMultiplyAdd(-square, Vector128.Create(Log2E), Vector128.Create(ExponentMagic));
        Vector128<float> p = Expm1Reduced(ExpRemainder(-square, t) - rest);
        Vector128<float> half = HalfPower(t, out Vector128<float> otherHalf);
        Vector128<float> y = Vector128.FusedMultiplyAdd(g, p, g) * half * otherHalf;
        Vector128<float> far = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128<float>.Zero), two - y, y);

        // Near 0 that would cancel inside g; 1 - erf(x) does not.
        Vector128<float> s = a * a;
        Vector128<float> n0 = Vector128.FusedMultiplyAdd(Vector128.Create(-0.376124889f), s, Vector128.Create(0.128379151f));
        Vector128<float> n2 = Vector128.FusedMultiplyAdd(Vector128.Create(-0.0266383793f), s, Vector128.Create(0.112807579f));
        Vector128<float> n = Vector128.FusedMultiplyAdd(s * s, Vector128.FusedMultiplyAdd(s * s, Vector128.Create(0.0045017479f), n2), n0);
        Vector128<float> near = Vector128<float>.One - Vector128.FusedMultiplyAdd(n, x, x);
        return Vector128.ConditionalSelect(Vector128.LessThan(a, Vector128.Create(0.6f)), near, far);
    }
}
