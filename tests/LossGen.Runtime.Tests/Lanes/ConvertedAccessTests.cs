using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Xunit;
using Xunit.Abstractions;
using static LossGen.Runtime.Tests.LaneArrays;

namespace LossGen.Runtime.Tests;

/// <summary>Every element type by every access, into the lanes of float and of double kernels.</summary>
[EveryWidth]
public sealed partial class ConvertedAccessTests(ITestOutputHelper output)
{
    [Fact]
    public void Byte_elements_of_float_kernels_128()
    {
        if (!CanGuard())
            return;
        LaneMemory.CheckLoads<byte, int>(Vector128<float>.Count, false, i => (byte)(250 + i), x => x, (ref o, offset, stride, count) => Of(
            count == Vector128<float>.Count ? Lanes.LoadByteStrided128(in o, offset, stride) : Lanes.LoadByteStridedPartial128(in o, offset, stride, count)));
        LaneMemory.CheckLoads<byte, int>(Vector128<float>.Count, true, i => (byte)(250 + i), x => x, (ref o, offset, _, count) => Of(
            count == Vector128<float>.Count ? Lanes.LoadByte128(in o, offset) : Lanes.LoadBytePartial128(in o, offset, count)));
        LaneMemory.CheckGathers<byte, int>(Vector128<float>.Count, false, i => (byte)(250 + i), x => x, (ref o, index, mask) =>
            Of(Lanes.GatherByte128(in o, Ints128(index), SingleMask128(mask))));
        LaneMemory.CheckGathers<byte, int>(Vector128<float>.Count, true, i => (byte)(250 + i), x => x, (ref o, index, mask) =>
            Of(Lanes.GatherByte128(in o, ToLongLanes128(index), SingleMask128(mask))));
    }

    [Fact]
    public void Int_elements_of_float_kernels_128()
    {
        if (!CanGuard())
            return;
        LaneMemory.CheckLoads<int, int>(Vector128<float>.Count, false, i => int.MinValue + i, x => x, (ref o, offset, stride, count) => Of(
            count == Vector128<float>.Count ? Lanes.LoadStrided128(in o, offset, stride) : Lanes.LoadStridedPartial128(in o, offset, stride, count)));
        LaneMemory.CheckGathers<int, int>(Vector128<float>.Count, false, i => int.MinValue + i, x => x, (ref o, index, mask) =>
            Of(Lanes.Gather128(in o, Ints128(index), SingleMask128(mask))));
        LaneMemory.CheckGathers<int, int>(Vector128<float>.Count, true, i => int.MinValue + i, x => x, (ref o, index, mask) =>
            Of(Lanes.Gather128(in o, ToLongLanes128(index), SingleMask128(mask))));
    }

    [Fact]
    public void Long_elements_of_float_kernels_128()
    {
        if (!CanGuard())
            return;
        LaneMemory.CheckLoads<long, long>(Vector128<float>.Count, false, i => (1L << 40) - i, x => x, (ref o, offset, stride, count) => Of(
            count == Vector128<float>.Count ? Lanes.LoadLongStrided128(in o, offset, stride) : Lanes.LoadLongStridedPartial128(in o, offset, stride, count)));
        LaneMemory.CheckLoads<long, long>(Vector128<float>.Count, true, i => (1L << 40) - i, x => x, (ref o, offset, _, count) => Of(
            count == Vector128<float>.Count ? Lanes.LoadLong128(in o, offset) : Lanes.LoadLongPartial128(in o, offset, count)));
        LaneMemory.CheckGathers<long, long>(Vector128<float>.Count, false, i => (1L << 40) - i, x => x, (ref o, index, mask) =>
            Of(Lanes.GatherLong128(in o, Ints128(index), SingleMask128(mask))));
        LaneMemory.CheckGathers<long, long>(Vector128<float>.Count, true, i => (1L << 40) - i, x => x, (ref o, index, mask) =>
            Of(Lanes.GatherLong128(in o, ToLongLanes128(index), SingleMask128(mask))));
    }

    [Fact]
    public void Bool_elements_of_float_kernels_128()
    {
        if (!CanGuard())
            return;
        LaneMemory.CheckLoads<bool, bool>(Vector128<float>.Count, false, i => i % 3 == 0, x => x, (ref o, offset, stride, count) => TruthOf(
            count == Vector128<float>.Count ? Lanes.LoadBoolStrided128(in o, offset, stride) : Lanes.LoadBoolStridedPartial128(in o, offset, stride, count)));
        LaneMemory.CheckLoads<bool, bool>(Vector128<float>.Count, true, i => i % 3 == 0, x => x, (ref o, offset, _, count) => TruthOf(
            count == Vector128<float>.Count ? Lanes.LoadBool128(in o, offset) : Lanes.LoadBoolPartial128(in o, offset, count)));
        LaneMemory.CheckGathers<bool, bool>(Vector128<float>.Count, false, i => i % 3 == 0, x => x, (ref o, index, mask) =>
            TruthOf(Lanes.GatherBool128(in o, Ints128(index), SingleMask128(mask))));
        LaneMemory.CheckGathers<bool, bool>(Vector128<float>.Count, true, i => i % 3 == 0, x => x, (ref o, index, mask) =>
            TruthOf(Lanes.GatherBool128(in o, ToLongLanes128(index), SingleMask128(mask))));
    }

    [Fact]
    public void Float_elements_of_float_kernels_128()
    {
        if (!CanGuard())
            return;
        LaneMemory.CheckGathers<float, float>(Vector128<float>.Count, false, i => i + 0.25f, x => x, (ref o, index, mask) =>
            Of(Lanes.Gather128(in o, Ints128(index), SingleMask128(mask))));
        LaneMemory.CheckGathers<float, float>(Vector128<float>.Count, true, i => i + 0.25f, x => x, (ref o, index, mask) =>
            Of(Lanes.Gather128(in o, ToLongLanes128(index), SingleMask128(mask))));
    }

    [Fact]
    public void Double_elements_of_float_kernels_128()
    {
        if (!CanGuard())
            return;
        LaneMemory.CheckLoads<double, float>(Vector128<float>.Count, false, i => 1 / (i + 1.5), x => (float)x, (ref o, offset, stride, count) => Of(
            count == Vector128<float>.Count ? Lanes.LoadDoubleStrided128(in o, offset, stride) : Lanes.LoadDoubleStridedPartial128(in o, offset, stride, count)));
        LaneMemory.CheckLoads<double, float>(Vector128<float>.Count, true, i => 1 / (i + 1.5), x => (float)x, (ref o, offset, _, count) => Of(
            count == Vector128<float>.Count ? Lanes.LoadDouble128(in o, offset) : Lanes.LoadDoublePartial128(in o, offset, count)));
        LaneMemory.CheckGathers<double, float>(Vector128<float>.Count, false, i => 1 / (i + 1.5), x => (float)x, (ref o, index, mask) =>
            Of(Lanes.GatherDouble128(in o, Ints128(index), SingleMask128(mask))));
        LaneMemory.CheckGathers<double, float>(Vector128<float>.Count, true, i => 1 / (i + 1.5), x => (float)x, (ref o, index, mask) =>
            Of(Lanes.GatherDouble128(in o, ToLongLanes128(index), SingleMask128(mask))));
    }

    [Fact]
    public void Half_elements_of_float_kernels_128()
    {
        if (!CanGuard())
            return;
        LaneMemory.CheckLoads<Half, float>(Vector128<float>.Count, false, i => (Half)(1 / (i + 1.5)), x => (float)x, (ref o, offset, stride, count) => Of(
            count == Vector128<float>.Count ? Lanes.LoadHalfStrided128(in o, offset, stride) : Lanes.LoadHalfStridedPartial128(in o, offset, stride, count)));
        LaneMemory.CheckLoads<Half, float>(Vector128<float>.Count, true, i => (Half)(1 / (i + 1.5)), x => (float)x, (ref o, offset, _, count) => Of(
            count == Vector128<float>.Count ? Lanes.LoadHalf128(in o, offset) : Lanes.LoadHalfPartial128(in o, offset, count)));
        LaneMemory.CheckGathers<Half, float>(Vector128<float>.Count, false, i => (Half)(1 / (i + 1.5)), x => (float)x, (ref o, index, mask) =>
            Of(Lanes.GatherHalf128(in o, Ints128(index), SingleMask128(mask))));
        LaneMemory.CheckGathers<Half, float>(Vector128<float>.Count, true, i => (Half)(1 / (i + 1.5)), x => (float)x, (ref o, index, mask) =>
            Of(Lanes.GatherHalf128(in o, ToLongLanes128(index), SingleMask128(mask))));
    }

    [Fact]
    public void Half_elements_of_double_kernels_128()
    {
        if (!CanGuard())
            return;
        LaneMemory.CheckLoads<Half, double>(Vector128<double>.Count, false, i => (Half)(1 / (i + 1.5)), x => (double)x, (ref o, offset, stride, count) => Of(
            count == Vector128<double>.Count ? Lanes.LoadHalfDoubleStrided128(in o, offset, stride) : Lanes.LoadHalfDoubleStridedPartial128(in o, offset, stride, count)));
        LaneMemory.CheckLoads<Half, double>(Vector128<double>.Count, true, i => (Half)(1 / (i + 1.5)), x => (double)x, (ref o, offset, _, count) => Of(
            count == Vector128<double>.Count ? Lanes.LoadHalfDouble128(in o, offset) : Lanes.LoadHalfDoublePartial128(in o, offset, count)));
        LaneMemory.CheckGathers<Half, double>(Vector128<double>.Count, true, i => (Half)(1 / (i + 1.5)), x => (double)x, (ref o, index, mask) =>
            Of(Lanes.GatherHalfDouble128(in o, Longs128(index), DoubleMask128(mask))));
    }

    [Fact]
    public void Float_lanes_stored_to_halves_128()
    {
        if (!CanGuard())
            return;
        Vector128<float> value = Vector128.Create(1f) / (Vector128<float>.Indices + Vector128.Create(1.5f));
        Half[] expected = [.. Of(value).Select(x => (Half)x)];
        LaneMemory.CheckStores(expected, (Half)(-7), false, (ref o, offset, stride, count) =>
        {
            if (count == expected.Length)
                Lanes.StoreHalfStrided128(ref o, offset, stride, value);
            else
                Lanes.StoreHalfStridedPartial128(ref o, offset, stride, value, count);
        });
        LaneMemory.CheckStores(expected, (Half)(-7), true, (ref o, offset, _, count) =>
        {
            if (count == expected.Length)
                Lanes.StoreHalf128(ref o, offset, value);
            else
                Lanes.StoreHalfPartial128(ref o, offset, value, count);
        });
    }

    [Fact]
    public void Double_lanes_stored_to_halves_128()
    {
        if (!CanGuard())
            return;

        // Just above a tie, which a way through float would round to even.
        Vector128<double> value = Vector128.Create(1 + Math.ScaleB(1, -11) + Math.ScaleB(1, -40)) * (Vector128<double>.Indices + Vector128.Create(1.0));
        Half[] expected = [.. Of(value).Select(x => (Half)x)];
        Assert.Equal((Half)(1 + Math.ScaleB(1, -10)), expected[0]);
        LaneMemory.CheckStores(expected, (Half)(-7), false, (ref o, offset, stride, count) =>
        {
            if (count == expected.Length)
                Lanes.StoreHalfDoubleStrided128(ref o, offset, stride, value);
            else
                Lanes.StoreHalfDoubleStridedPartial128(ref o, offset, stride, value, count);
        });
        LaneMemory.CheckStores(expected, (Half)(-7), true, (ref o, offset, _, count) =>
        {
            if (count == expected.Length)
                Lanes.StoreHalfDouble128(ref o, offset, value);
            else
                Lanes.StoreHalfDoublePartial128(ref o, offset, value, count);
        });
    }

    [Fact]
    public void Byte_elements_of_double_kernels_128()
    {
        if (!CanGuard())
            return;
        LaneMemory.CheckLoads<byte, long>(Vector128<double>.Count, false, i => (byte)(250 + i), x => x, (ref o, offset, stride, count) => Of(
            count == Vector128<double>.Count ? Lanes.LoadByteLongStrided128(in o, offset, stride) : Lanes.LoadByteLongStridedPartial128(in o, offset, stride, count)));
        LaneMemory.CheckLoads<byte, long>(Vector128<double>.Count, true, i => (byte)(250 + i), x => x, (ref o, offset, _, count) => Of(
            count == Vector128<double>.Count ? Lanes.LoadByteLong128(in o, offset) : Lanes.LoadByteLongPartial128(in o, offset, count)));
        LaneMemory.CheckGathers<byte, long>(Vector128<double>.Count, true, i => (byte)(250 + i), x => x, (ref o, index, mask) =>
            Of(Lanes.GatherByteLong128(in o, Longs128(index), DoubleMask128(mask))));
    }

    [Fact]
    public void Int_elements_of_double_kernels_128()
    {
        if (!CanGuard())
            return;
        LaneMemory.CheckLoads<int, long>(Vector128<double>.Count, false, i => int.MinValue + i, x => x, (ref o, offset, stride, count) => Of(
            count == Vector128<double>.Count ? Lanes.LoadIntLongStrided128(in o, offset, stride) : Lanes.LoadIntLongStridedPartial128(in o, offset, stride, count)));
        LaneMemory.CheckLoads<int, long>(Vector128<double>.Count, true, i => int.MinValue + i, x => x, (ref o, offset, _, count) => Of(
            count == Vector128<double>.Count ? Lanes.LoadIntLong128(in o, offset) : Lanes.LoadIntLongPartial128(in o, offset, count)));
        LaneMemory.CheckGathers<int, long>(Vector128<double>.Count, true, i => int.MinValue + i, x => x, (ref o, index, mask) =>
            Of(Lanes.GatherIntLong128(in o, Longs128(index), DoubleMask128(mask))));
    }

    [Fact]
    public void Long_elements_of_double_kernels_128()
    {
        if (!CanGuard())
            return;
        LaneMemory.CheckLoads<long, long>(Vector128<double>.Count, false, i => (1L << 40) - i, x => x, (ref o, offset, stride, count) => Of(
            count == Vector128<double>.Count ? Lanes.LoadStrided128(in o, offset, stride) : Lanes.LoadStridedPartial128(in o, offset, stride, count)));
        LaneMemory.CheckGathers<long, long>(Vector128<double>.Count, true, i => (1L << 40) - i, x => x, (ref o, index, mask) =>
            Of(Lanes.Gather128(in o, Longs128(index), DoubleMask128(mask))));
    }

    [Fact]
    public void Bool_elements_of_double_kernels_128()
    {
        if (!CanGuard())
            return;
        LaneMemory.CheckLoads<bool, bool>(Vector128<double>.Count, false, i => i % 3 == 0, x => x, (ref o, offset, stride, count) => TruthOf(
            count == Vector128<double>.Count ? Lanes.LoadBoolLongStrided128(in o, offset, stride) : Lanes.LoadBoolLongStridedPartial128(in o, offset, stride, count)));
        LaneMemory.CheckLoads<bool, bool>(Vector128<double>.Count, true, i => i % 3 == 0, x => x, (ref o, offset, _, count) => TruthOf(
            count == Vector128<double>.Count ? Lanes.LoadBoolLong128(in o, offset) : Lanes.LoadBoolLongPartial128(in o, offset, count)));
        LaneMemory.CheckGathers<bool, bool>(Vector128<double>.Count, true, i => i % 3 == 0, x => x, (ref o, index, mask) =>
            TruthOf(Lanes.GatherBoolLong128(in o, Longs128(index), DoubleMask128(mask))));
    }

    [Fact]
    public void Double_elements_of_double_kernels_128()
    {
        if (!CanGuard())
            return;
        LaneMemory.CheckGathers<double, double>(Vector128<double>.Count, true, i => 1 / (i + 1.5), x => x, (ref o, index, mask) =>
            Of(Lanes.Gather128(in o, Longs128(index), DoubleMask128(mask))));
    }

    [Fact]
    public void Float_elements_of_double_kernels_128()
    {
        if (!CanGuard())
            return;
        LaneMemory.CheckLoads<float, double>(Vector128<double>.Count, false, i => 1 / (i + 1.5f), x => x, (ref o, offset, stride, count) => Of(
            count == Vector128<double>.Count ? Lanes.LoadSingleStrided128(in o, offset, stride) : Lanes.LoadSingleStridedPartial128(in o, offset, stride, count)));
        LaneMemory.CheckLoads<float, double>(Vector128<double>.Count, true, i => 1 / (i + 1.5f), x => x, (ref o, offset, _, count) => Of(
            count == Vector128<double>.Count ? Lanes.LoadSingle128(in o, offset) : Lanes.LoadSinglePartial128(in o, offset, count)));
        LaneMemory.CheckGathers<float, double>(Vector128<double>.Count, true, i => 1 / (i + 1.5f), x => x, (ref o, index, mask) =>
            Of(Lanes.GatherSingle128(in o, Longs128(index), DoubleMask128(mask))));
    }

    [Fact]
    public void Float_lanes_stored_to_doubles_128()
    {
        if (!CanGuard())
            return;
        Vector128<float> value = Vector128.Create(1f) / (Vector128<float>.Indices + Vector128.Create(1.5f));
        double[] expected = [.. Of(value).Select(x => (double)x)];
        LaneMemory.CheckStores(expected, -7, false, (ref o, offset, stride, count) =>
        {
            if (count == expected.Length)
                Lanes.StoreDoubleStrided128(ref o, offset, stride, value);
            else
                Lanes.StoreDoubleStridedPartial128(ref o, offset, stride, value, count);
        });
        LaneMemory.CheckStores(expected, -7, true, (ref o, offset, _, count) =>
        {
            if (count == expected.Length)
                Lanes.StoreDouble128(ref o, offset, value);
            else
                Lanes.StoreDoublePartial128(ref o, offset, value, count);
        });
    }

    [Fact]
    public void Double_lanes_stored_to_floats_128()
    {
        if (!CanGuard())
            return;
        Vector128<double> value = Vector128.Create(1.0) / (Vector128<double>.Indices + Vector128.Create(1.5));
        float[] expected = [.. Of(value).Select(x => (float)x)];
        LaneMemory.CheckStores(expected, -7, false, (ref o, offset, stride, count) =>
        {
            if (count == expected.Length)
                Lanes.StoreSingleStrided128(ref o, offset, stride, value);
            else
                Lanes.StoreSingleStridedPartial128(ref o, offset, stride, value, count);
        });
        LaneMemory.CheckStores(expected, -7, true, (ref o, offset, _, count) =>
        {
            if (count == expected.Length)
                Lanes.StoreSingle128(ref o, offset, value);
            else
                Lanes.StoreSinglePartial128(ref o, offset, value, count);
        });
    }

    private bool CanGuard([CallerMemberName] string test = "")
    {
        if (!GuardedBlock<byte>.Supported)
            output.WriteLine($"{test} skipped: needs mmap and mprotect of Linux");
        return GuardedBlock<byte>.Supported;
    }
}
