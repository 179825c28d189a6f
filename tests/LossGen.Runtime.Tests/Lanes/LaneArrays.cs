using System.Numerics;
using System.Runtime.Intrinsics;
using Xunit;

namespace LossGen.Runtime.Tests;

/// <summary>Lanes as arrays and back.</summary>
[EveryWidth]
internal static partial class LaneArrays
{
    public static T[] Of<T>(Vector128<T> lanes)
    {
        var array = new T[Vector128<T>.Count];
        lanes.CopyTo(array);
        return array;
    }

    public static long[] Of(LongLanes128 lanes) => [.. Of(lanes.Lower), .. Of(lanes.Upper)];

    /// <summary>A mask as truth values; each lane must have all bits set or none.</summary>
    public static bool[] TruthOf(Vector128<float> mask) => Truth(Of(mask.AsInt32()));

    /// <summary>A mask as truth values; each lane must have all bits set or none.</summary>
    public static bool[] TruthOf(Vector128<double> mask) => Truth(Of(mask.AsInt64()));

    public static Vector128<int> Ints128(long[] values) => Vector128.Create<int>([.. values.Select(x => (int)x)]);

    public static Vector128<long> Longs128(long[] values) => Vector128.Create<long>(values);

    public static LongLanes128 ToLongLanes128(long[] values) =>
        new(Vector128.Create<long>(values), Vector128.Create<long>(values.AsSpan(Vector128<long>.Count)));

    public static Vector128<float> SingleMask128(bool[] mask) => Ints128([.. mask.Select(x => x ? -1L : 0L)]).AsSingle();

    public static Vector128<double> DoubleMask128(bool[] mask) => Longs128([.. mask.Select(x => x ? -1L : 0L)]).AsDouble();

    private static bool[] Truth<T>(T[] lanes)
        where T : IBinaryInteger<T>
    {
        Assert.All(lanes, x => Assert.True(T.IsZero(x) || T.IsZero(x + T.One)));
        return [.. lanes.Select(x => !T.IsZero(x))];
    }
}
