using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

[EveryWidth]
public static unsafe partial class Lanes
{
    /// <summary>Loads the lanes that a mask has, 0 for the others, which touch no memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadWhere128(ref readonly float origin, nint offset, Vector128<float> mask) => MaskedLoad(Address(in origin, offset), mask);

    /// <summary>Loads the lanes that a mask has, 0 for the others, which touch no memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> LoadWhere128(ref readonly double origin, nint offset, Vector128<double> mask) => MaskedLoad(Address(in origin, offset), mask);
}
