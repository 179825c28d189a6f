using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static partial class VectorMath
{
    /// <summary>log(I0(x)), of the modified Bessel function of order 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LogI0(Vector128<float> x) =>
        Vector128.Narrow(LogI0(Vector128.WidenLower(x)), LogI0(Vector128.WidenUpper(x)));

    /// <summary>I1(x) / I0(x), the derivative of <see cref="LogI0(Vector128{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> BesselRatio(Vector128<float> x) =>
        Vector128.Narrow(BesselRatio(Vector128.WidenLower(x)), BesselRatio(Vector128.WidenUpper(x)));
}
