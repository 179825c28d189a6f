using LossGen.Compiler.Binding;
using LossGen.Compiler.Model;
using LossGen.Oracle;
using Xunit;

namespace LossGen.Kernels.Tests.Numerics;

/// <summary>Where the arithmetic as written fails in float, compiled code is within 1e-6: value and gradient.</summary>
public class StableFormTests
{
    private const double Bound = 1e-6, Failure = 1e-3;

    private static readonly Lazy<CompiledCorpus> Compiled = new(() => CompiledCorpus.Of(Distinct().Select(form => (form.Case, ElementType.Single))));

    public static TheoryData<int> Forms => [.. Enumerable.Range(0, StableForms.All.Length)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Naive_arithmetic_fails_and_compiled_code_does_not(int row)
    {
        StableForm form = StableForms.All[row];
        CompiledCase compiled = Compiled.Value.Cases.First(c => c.Loss.Formula == form.Case.Formula && c.Loss.Shapes[0] == form.Case.Shapes[0]);
        Assert.True(compiled.Errors.Length == 0, compiled.Errors);
        Inputs inputs = CaseInputs.Create(compiled.Loss, ElementType.Single, compiled.Loss.Shapes[0])
            .With("x", [.. form.X.Select(v => (double)v)]).With("y", [.. form.X.Select(v => (double)v)]);
        double[] values = Interpreter.EvaluateResults(compiled.Bound!, inputs).Results, gradient = Gradient(compiled, inputs, values.Length);
        double[] want = form.IsDerivative ? gradient : values, upstream = Upstream(values.Length);
        double[] naive = [.. form.Naive(form.X).Select((v, i) => form.IsDerivative && !form.IsReduced ? v * upstream[i] : v)];
        Assert.Equal(want.Length, naive.Length);
        Assert.True(
            naive.Zip(want).Any(p => !double.IsFinite(p.First) || Math.Abs(p.First - p.Second) > Failure * Math.Abs(p.Second)),
            $"{form.Written}: float arithmetic gives {string.Join(" ", naive)} for {string.Join(" ", want)}, which is no failure");

        using CaseCall call = new(compiled, inputs);
        AssertClose(form.Written, call.Value().Values, values, scale: 0);
        CallResult got = call.Gradient(upstream);
        AssertClose(form.Written + " beside the gradient", got.Values, values, scale: 0);
        AssertClose($"derivative of {form.Written}", got.Gradients[0], gradient, gradient.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max());
    }

    private static IEnumerable<StableForm> Distinct() => StableForms.All.DistinctBy(form => form.Case.Formula + form.Case.Shapes[0]);

    private static double[] Gradient(CompiledCase compiled, Inputs inputs, int results)
    {
        DifferentiatedParameter x = compiled.Bound!.Differentiated[0];
        Evaluation evaluation = new(compiled.Bound, inputs, new Directions(x, 0, inputs.Reals["x"].Length));
        evaluation.Run([compiled.Bound.Result]);
        return evaluation.ResultTangents(Upstream(results));
    }

    // Not all alike: the sum of a softmax has no derivative.
    private static double[] Upstream(int results) => [.. Enumerable.Range(1, results).Select(k => k == 1 ? 1.0 : 1 + (k / 4.0))];

    private static void AssertClose(string what, double[] got, double[] want, double scale)
    {
        for (int i = 0; i < want.Length; i++)
        {
            Assert.True(
                got[i].Equals(want[i]) || Math.Abs(got[i] - want[i]) <= Bound * Math.Max(Math.Abs(want[i]), scale), $"{what} is {got[i]:R} at {i}, not {want[i]:R}");
        }
    }
}
