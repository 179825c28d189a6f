using System.Runtime.Intrinsics;
using Xunit;
using Xunit.Abstractions;

namespace LossGen.Runtime.Tests;

/// <summary>Float functions stay within the published bounds, on a dense sample, and on request on every float there is.</summary>
public class SingleAccuracyTests(ITestOutputHelper output)
{
    public static TheoryData<string> Functions => new(SingleFunction.All.Select(f => f.Name));

    [Theory]
    [MemberData(nameof(Functions))]
    public void ErrorStaysWithinBound(string name)
    {
        SingleFunction function = SingleFunction.Named(name);
        WorstError worst = new();
        float[] sample = SingleSample.Values;
        for (int i = 0; i < sample.Length; i += Vector512<float>.Count)
            worst.Take(function, Vector512.Create(sample, i));
        Check(function, worst);
    }

    /// <summary>All 2^32 floats: minutes for each function.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void ErrorStaysWithinBoundForEveryFloat(string name)
    {
        if (Environment.GetEnvironmentVariable("LOSSGEN_EXHAUSTIVE") != "1")
        {
            output.WriteLine("skipped: set LOSSGEN_EXHAUSTIVE=1 to run over all 2^32 floats");
            return;
        }

        SingleFunction function = SingleFunction.Named(name);
        WorstError[] parts = [.. Enumerable.Range(0, 1024).Select(_ => new WorstError())];
        Parallel.For(0, parts.Length, part =>
        {
            uint first = (uint)part << 22;
            for (uint i = 0; i < 1u << 22; i += (uint)Vector512<float>.Count)
                parts[part].Take(function, (Vector512.Create(first + i) + Vector512<uint>.Indices).AsSingle());
        });
        Check(function, parts.MaxBy(part => part.Ulps)!);
    }

    private void Check(SingleFunction function, WorstError worst)
    {
        string report = $"{function.Name}: {worst.Ulps:F3} ulp at {worst.X:R}, which gives {worst.Actual:R} for {function.Reference(worst.X):R}";
        output.WriteLine(report);
        Assert.True(worst.Ulps <= function.Ulps, report);
    }

    private sealed class WorstError
    {
        public double Ulps { get; private set; }

        public float X { get; private set; }

        public float Actual { get; private set; }

        public void Take(SingleFunction function, Vector512<float> x)
        {
            Vector512<float> y = function.Lanes512(x);
            for (int lane = 0; lane < Vector512<float>.Count; lane++)
            {
                if (!function.Covers(x[lane]))
                    continue;
                double ulps = function.ErrorAt(x[lane], y[lane]);
                if (ulps > Ulps)
                    (Ulps, X, Actual) = (ulps, x[lane], y[lane]);
            }
        }
    }
}
