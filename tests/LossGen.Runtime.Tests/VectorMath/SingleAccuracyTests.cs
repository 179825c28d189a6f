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
        // No more threads than cores: the pool adds some when work takes long, and these would only wait for each other.
        Parallel.For(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, part =>
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
            Span<float> arguments = stackalloc float[Vector512<float>.Count], results = stackalloc float[Vector512<float>.Count];
            x.CopyTo(arguments);
            function.Lanes512(x).CopyTo(results);
            for (int lane = 0; lane < results.Length; lane++)
            {
                if (!function.Covers(arguments[lane]) || IsNoWorse(results[lane], function.Reference(arguments[lane])))
                    continue;
                double ulps = function.ErrorAt(arguments[lane], results[lane]);
                if (ulps > Ulps)
                    (Ulps, X, Actual) = (ulps, arguments[lane], results[lane]);
            }
        }

        /// <summary>Whether an error is at most the worst so far, which holds for nearly all floats and takes one product to see.</summary>
        private bool IsNoWorse(float actual, double expected)
        {
            double power = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(expected) & 0x7ff0_0000_0000_0000);
            return power is > 0 and < double.PositiveInfinity && Math.Abs(actual - expected) <= Ulps * Math.Max(power, 1.17549435e-38) * 1.1920929e-7;
        }
    }
}
