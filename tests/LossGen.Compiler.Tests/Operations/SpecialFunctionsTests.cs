using System.Globalization;
using LossGen.Compiler.Ir;
using Xunit;

namespace LossGen.Compiler.Tests.Operations;

/// <summary>Evaluators against values from 60 digits (Tables/special_functions.py).</summary>
public class SpecialFunctionsTests
{
    private const double Tolerance = 1e-13;

    private static readonly ILookup<string, (double[] X, double Value)> Rows = Read();

    public static TheoryData<string> Names => new(Rows.Select(r => r.Key));

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_agree_with_higher_precision(string name)
    {
        Op op = Ops.All.Single(o => o.Name == name);
        Assert.True(Rows[name].Count() > 40);
        string[] wrong = Rows[name]
            .Select(r => (r.X, r.Value, Actual: op.Evaluate!(r.X)))
            .Where(r => !(Math.Abs(r.Actual - r.Value) <= Tolerance * Math.Abs(r.Value)))
            .Select(r => FormattableString.Invariant($"{name}({string.Join(", ", r.X)}) = {r.Actual:R}, not {r.Value:R}: {Math.Abs((r.Actual / r.Value) - 1):E1}"))
            .ToArray();
        Assert.True(wrong.Length == 0, string.Join("\n", wrong));
    }

    [Theory]
    [InlineData("erf", double.PositiveInfinity, 1)]
    [InlineData("erf", double.NegativeInfinity, -1)]
    [InlineData("erfc", double.PositiveInfinity, 0)]
    [InlineData("erfc", double.NegativeInfinity, 2)]
    [InlineData("erfc", 1e300, 0)]
    [InlineData("expm1", double.NegativeInfinity, -1)]
    [InlineData("expm1", 1e4, double.PositiveInfinity)]
    [InlineData("log1p", -1.0, double.NegativeInfinity)]
    [InlineData("log1p", -2.0, double.NaN)]
    [InlineData("log1p", double.NegativeInfinity, double.NaN)]
    [InlineData("log1p", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("log1mexp", 0.0, double.NegativeInfinity)]
    [InlineData("log1mexp", 1.0, double.NaN)]
    [InlineData("sigmoid", double.NegativeInfinity, 0)]
    [InlineData("sigmoid", double.PositiveInfinity, 1)]
    [InlineData("softplus", double.NegativeInfinity, 0)]
    [InlineData("softplus", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("log cosh", double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("lgamma", 0.0, double.PositiveInfinity)]
    [InlineData("lgamma", -3.0, double.PositiveInfinity)]
    [InlineData("lgamma", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("lgamma", double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("lgamma", 1.0, 0)]
    [InlineData("lgamma", 2.0, 0)]
    [InlineData("digamma", -3.0, double.NaN)]
    [InlineData("digamma", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("digamma", double.NegativeInfinity, double.NaN)]
    [InlineData("trigamma", double.PositiveInfinity, 0)]
    [InlineData("trigamma", -2.0, double.PositiveInfinity)]
    [InlineData("trigamma", double.NegativeInfinity, double.NaN)]
    [InlineData("tetragamma", double.PositiveInfinity, 0)]
    [InlineData("tetragamma", 0.0, double.NegativeInfinity)]
    [InlineData("tetragamma", -2.0, double.NaN)]
    [InlineData("tetragamma", double.NegativeInfinity, double.NaN)]
    [InlineData("log_i0", 0.0, 0)]
    [InlineData("log_i0", double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("log_i0", 1e308, 1e308)]
    [InlineData("bessel ratio", double.NegativeInfinity, -1)]
    public void Ends_and_poles(string name, double x, double expected)
    {
        Op op = Ops.All.Single(o => o.Name == name);
        Assert.Equal(expected, op.Evaluate!([x]));
        Assert.Equal(double.NaN, op.Evaluate!([double.NaN]));
    }

    [Theory]
    [InlineData("digamma delta", -34.72115909172149)]
    [InlineData("lgamma delta", -3.2188848345802304e+17)]
    public void A_delta_from_where_steps_of_one_are_lost_ends(string name, double expected)
    {
        double value = Ops.All.Single(o => o.Name == name).Evaluate!([9007199254740992, -9007199254740984]);
        Assert.Equal(expected, value, Math.Abs(expected) * 1e-14);
    }

    [Fact]
    public void Log_add_exp_keeps_small_terms()
    {
        Assert.Equal(Math.Exp(-40), SpecialFunctions.LogAddExp([-40, 0]), Math.Exp(-40) * 1e-13);
        Assert.Equal(1000 + Math.Log(3), SpecialFunctions.LogAddExp([1000, 1000, 1000]), 1e-12);
        Assert.Equal(double.NegativeInfinity, SpecialFunctions.LogAddExp([double.NegativeInfinity, double.NegativeInfinity]));
        Assert.Equal(double.NaN, SpecialFunctions.LogAddExp([double.NaN, double.PositiveInfinity]));
    }

    private static ILookup<string, (double[] X, double Value)> Read()
    {
        using Stream stream = typeof(SpecialFunctionsTests).Assembly.GetManifestResourceStream("special_functions.csv")!;
        using var reader = new StreamReader(stream);
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Select(line => line.Split(',')).ToLookup(
            part => part[0],
            part => (part[1].Split(' ').Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray(), double.Parse(part[2], CultureInfo.InvariantCulture)));
    }
}
