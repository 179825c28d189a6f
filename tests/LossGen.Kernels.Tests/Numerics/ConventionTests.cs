using LossGen.Compiler.Model;
using LossGen.Oracle;
using Xunit;

namespace LossGen.Kernels.Tests.Numerics;

/// <summary>What the language fixes where mathematics leaves a choice: derivatives at kinks and poles, reductions of nothing, rows without a valid term.</summary>
public class ConventionTests
{
    private const double Inf = double.PositiveInfinity, NaN = double.NaN;

    /// <summary>The formula of each row, its x and y, and the values and derivatives, row by row as docs/language.md states them.</summary>
    private static readonly (string Formula, double[] X, double[] Y, double[] Values, double[]? ByX, double[]? ByY)[] Rows =
    [
        ("sum[c](abs(x))", [0, -2], [], [2], [0, -1], null),
        ("sum[c](sqrt(x))", [0, 4], [], [2], [0, 0.25], null),
        ("norm[c](x)", [0, 0], [], [0], [0, 0], null),
        ("sqrt(sum[c](x^2))", [0, 0], [], [0], [0, 0], null),
        ("sum[c](x^0.5)", [0, 4], [], [2], [0, 0.25], null),
        ("sum[c](x^0.3)", [0, 1], [], [1], [0, 0.3], null),
        ("sum[c](relu(x))", [0, 2], [], [2], [0, 1], null),
        ("sum[c](max(0, x))", [0, 2], [], [2], [0, 1], null),
        ("sum[c](max(x, 1))", [1, 2], [], [3], [0, 1], null),
        ("sum[c](min(x, 1))", [1, 0], [], [1], [0, 1], null),
        ("sum[c](max(x, y))", [1, 2], [1, 3], [4], [0.5, 0], [0.5, 1]),
        ("sum[c](min(x, y))", [1, 2], [1, 3], [3], [0.5, 1], [0.5, 0]),
        ("max[c](x)", [3, 1, 3, 3], [], [3], [1 / 3.0, 0, 1 / 3.0, 1 / 3.0], null),
        ("min[c](x)", [1, 1, 3, 2], [], [1], [0.5, 0.5, 0, 0], null),
        ("sum[c](clamp(x, -1, 2))", [-1, 2, 0, 3, -4], [], [3 - 1 - 1 + 1], [1, 1, 1, 0, 0], null),
        ("sum[c](xlogy(x, y))", [0, 0, 2], [0, 5, 1], [0], [-Inf, Math.Log(5), 0], [0, 0, 2]),
        ("sum[c](x^0)", [0, 3], [], [2], [0, 0], null),
        ("sum[c](x^y)", [0, 2], [2, 3], [8], [0, 12], [0, 8 * Math.Log(2)]),
        ("sum[c](x + sign(x) + floor(x) + ceil(x) + round(x) + (x > 0 ? 1 : 0))", [0.5, 2], [], [13.5], [1, 1], null),
        ("sum[c](detach(x) * x)", [3, -2], [], [13], [3, -2], null),

        // NaN wins, also where another operand is greater; its derivative is nobody's.
        ("sum[c](max(x, 1))", [NaN, 2], [], [NaN], null, null),
        ("sum[c](relu(x) + clamp(x, 0, 1))", [NaN, 0.5], [], [NaN], null, null),
        ("max[c](x)", [NaN, 2], [], [NaN], null, null),

        // Masked terms leave no trace, in a row where nothing else is left either.
        ("sum[c](y > 0 ? log(x) * x : 0)", [NaN, -1, 0], [0, 0, 0], [0], [0, 0, 0], null),
        ("max[c](y > 0 ? x : -inf)", [NaN, 3], [0, 1], [3], [0, 1], null),
        ("logsumexp[c](y > 0 ? x : -inf)", [NaN, 3], [0, 0], [-Inf], [0, 0], null),
        ("k = count[c](y > 0); k > 0 ? sum[c](y > 0 ? x^2 : 0) / k : 0", [NaN, 3], [0, 0], [0], [0, 0], null),
        ("s = logsumexp[c](y > 0 ? x : -inf); s > -inf ? s : 0", [2, 3], [0, 0], [0], [0, 0], null),
        ("prod[c](y > 0 ? x : 1)", [NaN, 3], [0, 1], [3], [0, 1], null),
        ("sum[c](softmax[c](y > 0 ? x : -inf) * y)", [1, 1, NaN], [1, 1, 0], [1], [0, 0, 0], null),
    ];

    private static readonly (string Formula, double Value)[] OfNothing =
    [
        ("sum(x)", 0), ("prod(x)", 1), ("max(x)", -Inf), ("min(x)", Inf), ("logsumexp(x)", -Inf), ("norm(x)", 0), ("mean(x)", NaN), ("count(x > 0)", 0),
        ("any(x > 0)", 0), ("all(x > 0)", 1), ("sum(softmax[i](x))", 0), ("sum(x[i: argsort[i](x)])", 0),
    ];

    private static readonly Lazy<CompiledCorpus> Compiled = new(() => CompiledCorpus.Of(
        Rows.Select((row, k) => new LossCase($"row {k}", $"x! real[n, c]{(row.Y.Length > 0 ? "; y" + (row.ByY is null ? "" : "!") + " real[n, c]" : "")}; to each real[n]; c int", row.Formula, [$"n=1,c={row.X.Length}"]))
            .Concat(OfNothing.Select((row, k) => new LossCase($"of nothing {k}", "x! real[]", $"sum(x^2) + ({row.Formula})", ["i=0"])))));

    public static TheoryData<int, bool> RowNumbers => Numbers(Rows.Length);

    public static TheoryData<int, bool> NumbersOfNothing => Numbers(OfNothing.Length);

    [Theory]
    [MemberData(nameof(RowNumbers))]
    public void Values_and_derivatives_are_those_that_the_language_states(int number, bool isDouble)
    {
        var row = Rows[number];
        CompiledCase compiled = Compiled.Value[$"row {number}", isDouble ? ElementType.Double : ElementType.Single];
        Assert.True(compiled.Errors.Length == 0, compiled.Errors);
        Inputs inputs = CaseInputs.Create(compiled.Loss, compiled.Real, compiled.Loss.Shapes[0]).With("x", row.X);
        if (row.Y.Length > 0) inputs = inputs.With("y", row.Y);
        using CaseCall call = new(compiled, inputs);
        AssertClose(row.Formula, row.Values, call.Value().Values);
        CallResult got = call.Gradient();
        AssertClose(row.Formula + " beside the gradient", row.Values, got.Values);
        if (row.ByX is { } byX) AssertClose($"derivative of {row.Formula} by x", byX, got.Gradients[0]);
        if (row.ByY is { } byY) AssertClose($"derivative of {row.Formula} by y", byY, got.Gradients[1]);
    }

    [Theory]
    [MemberData(nameof(NumbersOfNothing))]
    public void Reductions_of_nothing_have_their_neutral_value(int number, bool isDouble)
    {
        CompiledCase compiled = Compiled.Value[$"of nothing {number}", isDouble ? ElementType.Double : ElementType.Single];
        Assert.True(compiled.Errors.Length == 0, compiled.Errors);
        using CaseCall call = new(compiled, CaseInputs.Create(compiled.Loss, compiled.Real, "i=0"));
        AssertClose(OfNothing[number].Formula, [OfNothing[number].Value], call.Value().Values);
        CallResult got = call.Gradient(1);
        AssertClose(OfNothing[number].Formula + " beside the gradient", [OfNothing[number].Value], got.Values);
        Assert.Empty(got.Gradients[0]);
    }

    [Fact]
    public void A_recurrence_along_an_empty_axis_has_no_first_value()
    {
        using var corpus = CompiledCorpus.Of([(new LossCase("empty", "x! real[n, t]; t int", "sum(scan[t](x, prev => prev * x)) + sum(cumsum[t](x))", ["n=2,t=0", "n=0,t=3"]), ElementType.Single)]);
        CompiledCase compiled = corpus.Cases[0];
        using CaseCall noStep = new(compiled, CaseInputs.Create(compiled.Loss, compiled.Real, "n=2,t=0")), noRow = new(compiled, CaseInputs.Create(compiled.Loss, compiled.Real, "n=0,t=3"));
        Assert.StartsWith("The axis t is empty, but a scan along it needs at least one position.", Assert.Throws<ArgumentException>(() => noStep.Value()).Message, StringComparison.Ordinal);
        Assert.Equal([0.0], noRow.Gradient(1).Values);
    }

    private static TheoryData<int, bool> Numbers(int count)
    {
        TheoryData<int, bool> numbers = [];
        for (int i = 0; i < count; i++)
        {
            numbers.Add(i, false);
            numbers.Add(i, true);
        }

        return numbers;
    }

    private static void AssertClose(string what, double[] want, double[] got)
    {
        Assert.Equal(want.Length, got.Length);
        for (int i = 0; i < want.Length; i++)
            Assert.True(got[i].Equals(want[i]) || Math.Abs(got[i] - want[i]) <= 1e-6 * Math.Max(1, Math.Abs(want[i])), $"{what} is {string.Join(", ", got)}, not {string.Join(", ", want)}");
    }
}
