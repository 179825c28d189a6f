using System.Runtime.Intrinsics;
using Xunit;

namespace LossGen.Runtime.Tests;

/// <summary>A float gives the same bits in a lane of any width and as a scalar.</summary>
public class SingleWidthTests
{
    public static TheoryData<string> Functions => new(SingleFunction.All.Select(f => f.Name));

    public static TheoryData<string> FunctionsOfTwo => new(SingleFunctionOfTwo.All.Select(f => f.Name));

    [Theory]
    [MemberData(nameof(Functions))]
    public void WidthsAgree(string name)
    {
        SingleFunction function = SingleFunction.Named(name);
        float[] sample = SingleSample.Values;
        for (int i = 0; i < sample.Length; i += Vector512<float>.Count)
        {
            Vector512<float> x = Vector512.Create(sample, i);
            Vector512<float> wide = function.Lanes512(x);
            Vector512<float> halves = Vector512.Create(function.Lanes256(x.GetLower()), function.Lanes256(x.GetUpper()));
            Vector512<float> quarters = Vector512.Create(
                Vector256.Create(function.Lanes128(x.GetLower().GetLower()), function.Lanes128(x.GetLower().GetUpper())),
                Vector256.Create(function.Lanes128(x.GetUpper().GetLower()), function.Lanes128(x.GetUpper().GetUpper())));
            Compare(name, x, x, wide, halves);
            Compare(name, x, x, wide, quarters);
            Compare(name, x, x, wide, wide.WithElement(i / 16 % 16, function.Scalar(x[i / 16 % 16])));
        }
    }

    [Theory]
    [MemberData(nameof(FunctionsOfTwo))]
    public void WidthsOfFunctionsOfTwoAgree(string name)
    {
        SingleFunctionOfTwo function = SingleFunctionOfTwo.Named(name);
        foreach ((Vector512<float> x, Vector512<float> y) in SingleFunctionOfTwo.Sample)
        {
            Vector512<float> wide = function.Lanes512(x, y);
            Vector512<float> halves = Vector512.Create(
                function.Lanes256(x.GetLower(), y.GetLower()), function.Lanes256(x.GetUpper(), y.GetUpper()));
            Vector512<float> quarters = Vector512.Create(
                Vector256.Create(
                    function.Lanes128(x.GetLower().GetLower(), y.GetLower().GetLower()),
                    function.Lanes128(x.GetLower().GetUpper(), y.GetLower().GetUpper())),
                Vector256.Create(
                    function.Lanes128(x.GetUpper().GetLower(), y.GetUpper().GetLower()),
                    function.Lanes128(x.GetUpper().GetUpper(), y.GetUpper().GetUpper())));
            Compare(name, x, y, wide, halves);
            Compare(name, x, y, wide, quarters);
            Compare(name, x, y, wide, wide.WithElement(5, function.Scalar(x[5], y[5])));
        }
    }

    private static void Compare(string name, Vector512<float> x, Vector512<float> y, Vector512<float> a, Vector512<float> b)
    {
        if (a.AsInt32() == b.AsInt32())
            return;
        for (int i = 0; i < Vector512<float>.Count; i++)
        {
            bool same = BitConverter.SingleToInt32Bits(a[i]) == BitConverter.SingleToInt32Bits(b[i]) || (float.IsNaN(a[i]) && float.IsNaN(b[i]));
            Assert.True(same, $"{name}({x[i]:R}, {y[i]:R}) is {a[i]:R} in 512 bits and {b[i]:R} else");
        }
    }
}
