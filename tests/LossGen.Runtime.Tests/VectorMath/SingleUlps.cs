namespace LossGen.Runtime.Tests;

/// <summary>Distances of a float from a reference in double, in units of the last place of a float there.</summary>
public static class SingleUlps
{
    public static double Between(float actual, double expected)
    {
        if (double.IsNaN(expected) || float.IsNaN(actual))
            return double.IsNaN(expected) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        float nearest = (float)expected;
        if (nearest == 0 && actual == 0)
            return expected == 0 && float.IsNegative(actual) != double.IsNegative(expected) ? double.PositiveInfinity : 0;
        if (float.IsInfinity(actual) || float.IsInfinity(nearest))
            return actual == nearest || IsAtOverflow(actual, expected) ? 0 : double.PositiveInfinity;
        int exponent = expected == 0 ? -126 : Math.Max(Math.ILogB(expected), -126);
        return Math.Abs(actual - expected) * Math.ScaleB(1, 23 - exponent);
    }

    // One of the two is the largest float and the other infinite: that is a rounding, not a wrong result.
    private static bool IsAtOverflow(float actual, double expected) =>
        Math.Sign(actual) == Math.Sign(expected) && Math.Abs(actual) >= float.MaxValue && Math.Abs(expected) is >= 3.402823e38 and < 3.402824e38;
}
