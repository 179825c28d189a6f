using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Xunit;
using static LossGen.Runtime.Tests.LaneArrays;

namespace LossGen.Runtime.Tests;

/// <summary>Arrays of any length read at indices, those that registers hold and longer ones.</summary>
[EveryWidth]
public sealed partial class ShortTableTests
{
    [Fact]
    public void Every_lane128_of_the_mask_is_read()
    {
        var random = new Random(1);
        for (int length = 0; length < 80; length++)
        {
            float[] array = [.. Enumerable.Range(1, length).Select(i => i + 0.5f)];
            ShortTable128 table = ShortTable128.Of(in MemoryMarshal.GetArrayDataReference(array), length);
            for (int round = 0; round < 20; round++)
            {
                bool[] mask = [.. Enumerable.Range(0, Vector128<float>.Count).Select(_ => length > 0 && random.Next(4) > 0)];
                long[] index = [.. mask.Select(inside => inside ? random.Next(length) : (long)(random.Next(2) == 0 ? int.MinValue : int.MaxValue))];
                Vector128<float> read = table.Gather(in MemoryMarshal.GetArrayDataReference(array), Ints128(index), SingleMask128(mask));
                for (int i = 0; i < mask.Length; i++) Assert.Equal(mask[i] ? array[index[i]] : 0, read[i]);
            }
        }
    }
}
