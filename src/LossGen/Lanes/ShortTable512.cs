using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LossGen.Runtime;

/// <summary>
/// An array that vectors of indices are read in, as the weights of classes are at labels. One of up to 64 elements is held in four registers, which permutations read in a
/// fraction of the time of a gather; of a longer one nothing is held.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ShortTable512
{
    private const int Most = 64;

    private readonly Vector512<float> _first;
    private readonly Vector512<float> _second;
    private readonly Vector512<float> _third;
    private readonly Vector512<float> _fourth;
    private readonly bool _isHeld;

    private ShortTable512(ref readonly float origin, int length)
    {
        _first = Lanes.LoadPartial512(in origin, 0, length);
        _second = Lanes.LoadPartial512(in origin, 16, length - 16);
        _third = Lanes.LoadPartial512(in origin, 32, length - 32);
        _fourth = Lanes.LoadPartial512(in origin, 48, length - 48);
        _isHeld = true;
    }

    /// <summary>The table of an array.</summary>
    /// <param name="origin">Its first element.</param>
    /// <param name="length">How many elements it has.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ShortTable512 Of(ref readonly float origin, nint length) =>
        Avx512F.IsSupported && (nuint)length <= Most ? new(in origin, (int)length) : default;

    /// <summary>Elements of the array in the lanes of the mask; the others are 0 and read nothing.</summary>
    /// <param name="origin">The first element of the array.</param>
    /// <param name="index">Where the elements stand.</param>
    /// <param name="mask">The lanes whose index is in the array.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Gather(ref readonly float origin, Vector512<int> index, Vector512<float> mask) =>
        _isHeld ? Permuted(index) & mask : Lanes.Gather512(in origin, index, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Permuted(Vector512<int> index) => Vector512.ConditionalSelect(
        Vector512.Equals(index & Vector512.Create(Most / 2), Vector512<int>.Zero).AsSingle(),
        Avx512F.PermuteVar16x32x2(_first, index, _second),
        Avx512F.PermuteVar16x32x2(_third, index, _fourth));
}
