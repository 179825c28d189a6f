using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

/// <summary>As <see cref="ShortTable512"/>, where too few registers hold too little: it gathers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ShortTable128
{
    /// <inheritdoc cref="ShortTable512.Of(ref readonly float, nint)" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ShortTable128 Of(ref readonly float origin, nint length) => default;

    /// <inheritdoc cref="ShortTable512.Gather(ref readonly float, Vector512{int}, Vector512{float})" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Gather(ref readonly float origin, Vector128<int> index, Vector128<float> mask) =>
        Lanes.Gather128(in origin, index, mask);
}
