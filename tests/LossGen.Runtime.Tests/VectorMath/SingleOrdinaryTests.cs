using System.Runtime.Intrinsics;
using Xunit;
using Xunit.Abstractions;

namespace LossGen.Runtime.Tests;

/// <summary>The short forms of float functions give the bits of the whole ones wherever their tests ask for nothing else, and the tests ask for little.</summary>
public class SingleOrdinaryTests(ITestOutputHelper output)
{
    private const int Signs = 0xFFFF;

    [Fact]
    public void Exp() => Compare(VectorMath.ExpOrdinary, VectorMath.IsFarExponent, VectorMath.Exp, x => MathF.Abs(x) <= 87);

    [Fact]
    public void Expm1() => Compare(VectorMath.Expm1Ordinary, VectorMath.IsFarExponent, VectorMath.Expm1, x => MathF.Abs(x) <= 87);

    [Fact]
    public void ExpBesideExpm1()
    {
        float[] sample = SingleSample.Values;
        double worst = 0;
        for (int i = 0; i < sample.Length; i += Vector512<float>.Count)
        {
            Vector512<float> x = Vector512.Create(sample, i), y = VectorMath.ExpOrdinaryBesideExpm1(x);
            for (int lane = 0; lane < Vector512<float>.Count; lane++)
            {
                if (MathF.Abs(x[lane]) <= 87) worst = Math.Max(worst, SingleUlps.Between(y[lane], Math.Exp(x[lane])));
            }
        }

        output.WriteLine($"{worst:F2} ulp");
        Assert.InRange(worst, 0, 1.25);
    }

    [Fact]
    public void Log() => Compare(VectorMath.LogOrdinary, VectorMath.IsNoPositiveNormal, VectorMath.Log, x => float.IsNormal(x) && x > 0);

    [Fact]
    public void Pow() => Compare(
        VectorMath.PowOrdinary, VectorMath.PowOrdinary, VectorMath.Pow,
        (x, y) => float.IsNormal(x) && x > 0 && Math.Abs(y * Math.Log2(x)) < 124);

    [Fact]
    public void XLogY() => Compare(
        VectorMath.XLogYOrdinary, VectorMath.IsUnusualXLogY, VectorMath.XLogY,
        (x, y) => x == 0 ? float.IsFinite(y) : float.IsNormal(y) && y > 0);

    [Fact]
    public void LogRatio() => Compare(
        VectorMath.LogRatioOrdinary, VectorMath.IsUnusualRatio, VectorMath.LogRatio,
        (a, b) => a > 0 && b > 0 && float.IsNormal(a / b));

    [Theory]
    [InlineData(0.5f)]
    [InlineData(-3f)]
    [InlineData(0f)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void XLogRatio(float factor)
    {
        Vector512<float> x = Vector512.Create(factor);
        Compare(
            (a, b) => VectorMath.XLogRatioOrdinary(x, a, b), (a, b) => VectorMath.IsUnusualXLogRatio(x, a, b), (a, b) => VectorMath.XLogRatio(x, a, b),
            (a, b) => b > 0 && (factor == 0 ? float.IsFinite(a) && float.IsFinite(b) : a > 0 && float.IsNormal(a / b)));
    }

    [Fact]
    public void PowFrom()
    {
        Vector512<float> y = Vector512.Create(1.5f);
        Compare(
            (x, less) => VectorMath.PowFromOrdinary(x, less, y), (x, less) => VectorMath.IsUnusualPowFrom(x, less, y), (x, less) => VectorMath.PowFrom(x, less, y),
            (_, less) => float.IsNormal(less) && less > 0);
    }

    [Theory]
    [InlineData(0f, 0f, 0f, 0f)]
    [InlineData(0f, 0f, 1f, 0f)]
    [InlineData(0f, 1f, 0f, 0f)]
    [InlineData(0f, -1f, float.PositiveInfinity, 0f)]
    [InlineData(0f, float.NaN, 1f, float.NaN)]
    [InlineData(0f, 1f, float.NaN, float.NaN)]
    [InlineData(1f, -1f, -1f, float.NaN)]
    [InlineData(1f, 0f, 1f, float.NegativeInfinity)]
    [InlineData(1f, 1f, 0f, float.PositiveInfinity)]
    [InlineData(1f, float.PositiveInfinity, float.PositiveInfinity, float.NaN)]
    [InlineData(2f, 1e-30f, 1e30f, -276.31021f)]
    [InlineData(1f, 1e-45f, 1e-45f, 0f)]
    public void XLogRatioOfSpecialNumbers(float x, float a, float b, float expected)
    {
        AssertClose(expected, VectorMath.XLogRatio(x, a, b), 1e-6);
        AssertClose(expected, VectorMath.XLogRatio((double)x, a, b), 1e-6);
    }

    [Theory]
    [InlineData(0f, 0f, 1.5f)]
    [InlineData(0f, float.PositiveInfinity, 0.5f)]
    [InlineData(-2f, 4f, 3f)]
    [InlineData(2f, float.NaN, 1.5f)]
    [InlineData(float.PositiveInfinity, 0f, 0.5f)]
    [InlineData(1e30f, 0f, -1f)]
    public void PowFromOfSpecialNumbers(float x, float less, float y)
    {
        AssertClose(Math.Pow(x, y), VectorMath.PowFrom(x, less, y), 2e-7);
        AssertClose(Math.Pow(x, y), VectorMath.PowFrom((double)x, less, y), 1e-15);
    }

    private static void AssertClose(double expected, double actual, double relative) => Assert.True(
        actual.Equals(expected) || actual == expected || Math.Abs(actual - expected) <= relative * Math.Abs(expected), $"{actual:R} for {expected:R}");

    private void Compare(
        Func<Vector512<float>, Vector512<float>> ordinary, Func<Vector512<float>, Vector512<float>> unusual, Func<Vector512<float>, Vector512<float>> whole,
        Func<float, bool> mustBeOrdinary)
    {
        Tally tally = new();
        float[] sample = SingleSample.Values;
        for (int i = 0; i < sample.Length; i += Vector512<float>.Count)
        {
            Vector512<float> x = Vector512.Create(sample, i);
            tally.Take(x, x, ordinary(x), unusual(x), whole(x), (a, _) => mustBeOrdinary(a));
        }

        output.WriteLine(tally.ToString());
    }

    private void Compare(
        Func<Vector512<float>, Vector512<float>, Vector512<float>> ordinary, Func<Vector512<float>, Vector512<float>, Vector512<float>> unusual,
        Func<Vector512<float>, Vector512<float>, Vector512<float>> whole, Func<float, float, bool> mustBeOrdinary)
    {
        Tally tally = new();
        foreach ((Vector512<float> x, Vector512<float> y) in SingleFunctionOfTwo.Sample) tally.Take(x, y, ordinary(x, y), unusual(x, y), whole(x, y), mustBeOrdinary);
        output.WriteLine(tally.ToString());
    }

    private sealed class Tally
    {
        private int _ordinary, _all;

        public void Take(
            Vector512<float> x, Vector512<float> y, Vector512<float> ordinary, Vector512<float> unusual, Vector512<float> whole, Func<float, float, bool> mustBeOrdinary)
        {
            ulong bits = Vector512.ExtractMostSignificantBits(unusual) & Signs;
            for (int lane = 0; lane < Vector512<float>.Count; lane++)
            {
                bool isUnusual = (bits >> lane & 1) != 0;
                _all++;
                if (!isUnusual) _ordinary++;
                Assert.False(isUnusual && mustBeOrdinary(x[lane], y[lane]), $"({x[lane]:R}, {y[lane]:R}) counts as unusual");
                bool same = BitConverter.SingleToInt32Bits(ordinary[lane]) == BitConverter.SingleToInt32Bits(whole[lane]) || (float.IsNaN(ordinary[lane]) && float.IsNaN(whole[lane]));
                Assert.True(isUnusual || same, $"({x[lane]:R}, {y[lane]:R}) gives {ordinary[lane]:R} for {whole[lane]:R}");
            }
        }

        public override string ToString() => $"{_ordinary} of {_all} lanes are ordinary";
    }
}
