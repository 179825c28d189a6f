using Xunit;
using Xunit.Abstractions;

namespace LossGen.Runtime.Tests;

/// <summary>Errors against tables of higher precision stay within the published bounds.</summary>
public class DoubleAccuracyTests(ITestOutputHelper output)
{
    public static TheoryData<string> Functions => new(DoubleFunction.All.Where(f => f.Ulps > 0).Select(f => f.Name));

    public static TheoryData<string> FunctionsOfTwo => new(DoubleFunctionOfTwo.All.Where(f => f.Ulps > 0).Select(f => f.Name));

    [Theory]
    [MemberData(nameof(Functions))]
    public void ErrorStaysWithinBound(string name)
    {
        DoubleFunction function = DoubleFunction.Named(name);
        Check(name, function.Ulps, function.Absolute, row => function.At(row.X), function.UnderflowsBelow);
    }

    [Theory]
    [MemberData(nameof(FunctionsOfTwo))]
    public void ErrorOfFunctionsOfTwoStaysWithinBound(string name)
    {
        DoubleFunctionOfTwo function = DoubleFunctionOfTwo.Named(name);
        Check(name, function.Ulps, function.Absolute, row => function.At(row.X, row.Y));
    }

    private void Check(string name, double ulps, double absolute, Func<DoubleReference, double> evaluate, double underflow = 0)
    {
        DoubleReference[] rows = [.. DoubleReference.Of(name)];
        Assert.True(rows.Length >= 200, $"{name} has {rows.Length} reference rows.");
        double worst = 0;
        List<string> failures = [];
        foreach (DoubleReference row in rows)
        {
            double actual = evaluate(row);
            if (row.Value < underflow && actual >= 0 && actual <= underflow) continue;
            double error = row.UlpsFrom(actual);
            if (error <= ulps || row.DistanceFrom(actual) > absolute)
                worst = Math.Max(worst, error);
            if (!(error <= ulps) && !(row.DistanceFrom(actual) <= absolute))
                failures.Add($"{name}({row.X:R}, {row.Y:R}) = {actual:R}, expected {row.Value:R}: {error:F2} ulp, {row.DistanceFrom(actual):E1}");
        }

        output.WriteLine($"{name}: {worst:F2} ulp over {rows.Length} points");
        Assert.True(failures.Count == 0, $"worst {worst:F2} ulp\n" + string.Join('\n', failures.Take(12)));
    }
}
