using System.Runtime.Intrinsics;
using Xunit;

namespace LossGen.Runtime.Tests;

/// <summary>Vectors that go around the caches, or through them, to every alignment and beside memory that must not be touched.</summary>
[EveryWidth]
public sealed unsafe class VectorOutput128Tests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Vectors_stand_one_behind_the_other(int vectors)
    {
        for (int start = 0; start < 2 * Vector128<float>.Count; start++)
        {
            Check<InCaches>(vectors, start);
            Check<AroundCaches>(vectors, start);
            CheckDoubles<InCaches>(vectors, start);
            CheckDoubles<AroundCaches>(vectors, start);
        }
    }

    // Begins in the middle, as after a vector that the whole loop left to the tail.
    private static void Check<TPath>(int vectors, int start)
        where TPath : struct, IMemoryPath
    {
        int count = Vector128<float>.Count, end = start + (vectors * count);
        float[] memory = GC.AllocateArray<float>(end + count, pinned: true);
        Array.Fill(memory, -7);
        ref float origin = ref memory[0];
        VectorOutput128<TPath> output = VectorOutput128<TPath>.From(ref origin, start);
        for (int at = start; at < end; at += count)
            output.Store(ref origin, at, Vector128.ConvertToSingle(Vector128<int>.Indices + Vector128.Create(at)));
        output.End(ref origin, end);
        for (int i = 0; i < memory.Length; i++)
            Assert.Equal(i >= start && i < end ? i : -7, memory[i]);
    }

    private static void CheckDoubles<TPath>(int vectors, int start)
        where TPath : struct, IMemoryPath
    {
        int count = Vector128<double>.Count, end = start + (vectors * count);
        double[] memory = GC.AllocateArray<double>(end + count, pinned: true);
        Array.Fill(memory, -7);
        ref double origin = ref memory[0];
        VectorOutput128<TPath> output = VectorOutput128<TPath>.From(ref origin, start);
        for (int at = start; at < end; at += count)
            output.Store(ref origin, at, Vector128.ConvertToDouble(Vector128<long>.Indices + Vector128.Create((long)at)));
        output.End(ref origin, end);
        for (int i = 0; i < memory.Length; i++)
            Assert.Equal(i >= start && i < end ? i : -7, memory[i]);
    }
}
