using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LossGen.Runtime;

/// <summary>As <see cref="ShortTable512"/>, where too few registers hold too little: it gathers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ShortTable256
{
    /// <inheritdoc cref="ShortTable512.Of(ref readonly float, nint)" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ShortTable256 Of(ref readonly float origin, nint length) => default;

    /// <inheritdoc cref="ShortTable512.Gather(ref readonly float, Vector512{int}, Vector512{float})" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Gather(ref readonly float origin, Vector256<int> index, Vector256<float> mask) =>
        Lanes.Gather256(in origin, index, mask);
}
