using Xunit;

namespace LossGen.Runtime.Tests;

/// <summary>Increasing functions stay increasing, beyond rounding, across the seams of their reductions.</summary>
public class DoubleMonotonicityTests
{
    [Theory]
    [InlineData("Exp", -0.34657359027997264)]
    [InlineData("Exp", 0.34657359027997264)]
    [InlineData("Exp", 700.0)]
    [InlineData("Expm1", 0.34657359027997264)]
    [InlineData("Expm1", -0.34657359027997264)]
    [InlineData("Expm1", -3.8123094930796990)]
    [InlineData("Log", 0.7071067811865476)]
    [InlineData("Log", 1.4142135623730951)]
    [InlineData("Log", 1.0)]
    [InlineData("Log1p", -0.2928932188134524)]
    [InlineData("Log1p", 0.41421356237309503)]
    [InlineData("Log1pUnit", 0.5)]
    [InlineData("Sigmoid", -0.34657359027997264)]
    [InlineData("Sigmoid", 0.0)]
    [InlineData("Softplus", 0.0)]
    [InlineData("Softplus", -0.34657359027997264)]
    [InlineData("LogSigmoid", 0.34657359027997264)]
    [InlineData("Atan", 0.41421356237309503)]
    [InlineData("Atan", 2.414213562373095)]
    [InlineData("Sinh", 1.0)]
    [InlineData("Tanh", 0.17328679513998632)]
    [InlineData("Erf", 1.0)]
    [InlineData("LogGamma", 2.5)]
    [InlineData("LogGamma", 12.0)]
    [InlineData("Digamma", 1.0)]
    [InlineData("Digamma", 2.0)]
    [InlineData("Digamma", 12.0)]
    [InlineData("LogI0", 8.0)]
    [InlineData("BesselRatio", 8.0)]
    public void StaysIncreasingAcrossSeam(string name, double seam)
    {
        DoubleFunction function = DoubleFunction.Named(name);
        // Steps far above rounding must be seen; single steps may go back by the error bound only.
        double step = Math.Max(Math.Abs(seam), 1e-3) * 1e-13;
        double slack = function.Ulps * 2 * (Math.BitIncrement(Math.Abs(function.At(seam))) - Math.Abs(function.At(seam)));
        double previous = function.At(seam - (200 * step));
        double first = previous;
        for (int i = -199; i <= 200; i++)
        {
            double value = function.At(seam + (i * step));
            Assert.True(value >= previous - slack, $"{name} falls from {previous:R} to {value:R} at {seam + (i * step):R}");
            previous = value;
        }

        Assert.True(previous > first, $"{name} does not rise around {seam:R}");
    }
}
