using System.Runtime.Intrinsics;
using Xunit;

namespace LossGen.Runtime.Tests;

/// <summary>A lane's result depends neither on the width nor on its neighbours, bit for bit.</summary>
public class DoubleWidthTests
{
    private static readonly double[] Specials =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, double.Epsilon, -double.Epsilon,
        double.MaxValue, double.MinValue, 1, -1, 0.5, -2.5, 3e6, -1e22,
    ];

    public static TheoryData<string> Functions => new(DoubleFunction.All.Select(f => f.Name));

    public static TheoryData<string> FunctionsOfTwo => new(DoubleFunctionOfTwo.All.Select(f => f.Name));

    [Theory]
    [MemberData(nameof(Functions))]
    public void WidthsAgree(string name)
    {
        DoubleFunction function = DoubleFunction.Named(name);
        double[] points = Mixed(DoubleReference.Of(name).Select(row => row.X).Concat(DoubleReference.Of("Exp").Select(row => row.X)));
        for (int i = 0; i < points.Length; i += 8)
        {
            Vector512<double> x = Vector512.Create(points.AsSpan(i, 8));
            Vector512<double> wide = function.Lanes512(x);
            for (int lane = 0; lane < 8; lane++)
            {
                double alone = function.Scalar(points[i + lane]);
                AssertSame(alone, wide.GetElement(lane), name, points[i + lane]);
                AssertSame(alone, function.Lanes256(lane < 4 ? x.GetLower() : x.GetUpper()).GetElement(lane % 4), name, points[i + lane]);
                Vector128<double> pair = Vector128.Create(points.AsSpan(i + (lane & ~1), 2));
                AssertSame(alone, function.Lanes128(pair).GetElement(lane % 2), name, points[i + lane]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(FunctionsOfTwo))]
    public void WidthsOfFunctionsOfTwoAgree(string name)
    {
        DoubleFunctionOfTwo function = DoubleFunctionOfTwo.Named(name);
        double[] first = Mixed(DoubleReference.Of(name).Concat(DoubleReference.Of("Pow")).Select(row => row.X));
        double[] second = Mixed(DoubleReference.Of(name).Concat(DoubleReference.Of("Pow")).Select(row => row.Y));
        // Special values meet each other, and ordinary ones, at several distances.
        second = [.. second[3..], .. second[..3]];
        for (int i = 0; i < first.Length; i += 8)
        {
            Vector512<double> x = Vector512.Create(first.AsSpan(i, 8));
            Vector512<double> y = Vector512.Create(second.AsSpan(i, 8));
            Vector512<double> wide = function.Lanes512(x, y);
            for (int lane = 0; lane < 8; lane++)
            {
                double alone = function.Scalar(first[i + lane], second[i + lane]);
                AssertSame(alone, wide.GetElement(lane), name, first[i + lane]);
                Vector256<double> half = lane < 4 ? function.Lanes256(x.GetLower(), y.GetLower()) : function.Lanes256(x.GetUpper(), y.GetUpper());
                AssertSame(alone, half.GetElement(lane % 4), name, first[i + lane]);
                Vector128<double> xPair = Vector128.Create(first.AsSpan(i + (lane & ~1), 2));
                Vector128<double> yPair = Vector128.Create(second.AsSpan(i + (lane & ~1), 2));
                AssertSame(alone, function.Lanes128(xPair, yPair).GetElement(lane % 2), name, first[i + lane]);
            }
        }
    }

    // A special value after every seventh point, cut to a multiple of 8.
    private static double[] Mixed(IEnumerable<double> points)
    {
        double[] mixed = [.. points.Chunk(7).SelectMany((chunk, i) => chunk.Append(Specials[i % Specials.Length]))];
        Assert.True(mixed.Length >= 8 * Specials.Length);
        return mixed[..(mixed.Length / 8 * 8)];
    }

    private static void AssertSame(double expected, double actual, string name, double x)
    {
        // The sign and payload of a NaN are not promised.
        bool same = double.IsNaN(expected)
            ? double.IsNaN(actual)
            : BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual);
        Assert.True(same, $"{name} at {x:R}: {actual:R} instead of {expected:R}");
    }
}
