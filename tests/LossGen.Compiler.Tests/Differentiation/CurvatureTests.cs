using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Differentiation;
using LossGen.Compiler.Model;
using LossGen.Compiler.Rewriting;
using LossGen.Compiler.Tests.Binding;
using LossGen.Oracle;
using Xunit;

namespace LossGen.Compiler.Tests.Differentiation;

/// <summary>Second derivatives by each element, against differences of first derivatives that the compiler has no part in.</summary>
public class CurvatureTests
{
    private static readonly Dictionary<string, int> Sizes = new() { ["i"] = 7, ["n"] = 5, ["c"] = 3, ["k"] = 4, ["m"] = 4 };

    [Theory]
    [InlineData("x float[]; y float[]", "mean((x - y)^2)")]
    [InlineData("z float[]; y byte[]", "mean(softplus(z) - y * z)")]
    [InlineData("z float[]; y byte[]", "p = sigmoid(z); -mean(y * log(p) + (1 - y) * log(1 - p))")]
    [InlineData("z float[]; y byte[]", "p = sigmoid(z); pt = y != 0 ? p : 1 - p; -mean(0.25 * (1 - pt)^2.5 * log(pt))")]
    [InlineData("x! float[]; v! float[]; y float[]", "mean(0.5 * (log(v) + (x - y)^2 / v))")]
    [InlineData("x float[]; y float[]", "r = x - y; mean(abs(r) <= 0.7 ? 0.5 * r^2 : 0.7 * (abs(r) - 0.35)) + mean(log(cosh(r)))")]
    [InlineData("z float[]; y byte[]; w float[]", "sum(w * (exp(z) - y * z)) / sum(w)")]
    [InlineData("p float[]; y byte[]", "-mean(xlogy(y, p) + xlogy(1 - y, 1 - p)) + mean(p^1.3 + lgamma(p) + log_i0(p))")]
    [InlineData("p float[]", "mean(p * digamma(p))")]
    [InlineData("x float[]; y float[]; each result[]", "logaddexp(x, y, 0.5) + atan(x) * sqrt(x^2 + 1)")]
    [InlineData("x! float[n]; y! float[m]; each result[m, n]", "exp(0.5 * (x - y)) * x")]
    [InlineData("x! float[n]; y float[n, c]; c int", "sum(logsumexp[c](x * y))")]
    [InlineData("w! float[c]; label int[n]; z! float[n]", "sum(exp(w[c: label] * z))")]
    [InlineData("p! float[n, k = 4]; t float[n, k]", "mean((p[k: 0] - t[k: 1])^2 + p[k: 2]^3)")]
    [InlineData("x! float[]; tau! float", "log(sum(exp(detach(x) / tau))) + mean(tau * x^3)")]
    [InlineData("x float[n, c]; c int", "sum(norm[c](x)^2) + mean(max[c](x))")]
    [InlineData("x float[]; y float[]", "sum(x > y ? x^3 : x^2) / count(x > 0 || y > 0) + sum(x) * 2")]
    public void Diagonals(string parameters, string formula)
    {
        BindingResult result = Declaration.Bind(parameters, formula);
        Assert.True(result.Loss is not null, Declaration.Print(result));
        BoundLoss written = result.Loss!, loss = Rewriter.Rewrite(AxisCollapsing.Apply(written));
        LossGradients gradients = Differentiator.Differentiate(loss, ElementType.Double);
        Assert.All(loss.Differentiated, p => Assert.True(Curvature.IsDiagonal(p, gradients)));
        Inputs inputs = RandomInputs.For(written, Sizes, seed: 3);
        double[] upstream = Interpreter.EvaluateResults(written, inputs).Results.Select((_, i) => 0.75 + (0.25 * i)).ToArray();
        Inputs all = gradients.UpstreamSpan is null ? inputs.WithScalar("upstream", upstream[0]) : inputs.With("upstream", upstream);
        foreach ((ParameterGradient curvature, DifferentiatedParameter parameter) in Curvature.Of(loss, gradients).Zip(written.Differentiated))
        {
            double[] got = curvature.Parameter.Tensor is not null
                ? Interpreter.Evaluate(loss, all, curvature.Value, curvature.Axes) : Interpreter.Evaluate(loss, all, curvature.Value).Reals!;
            double[] point = parameter.Tensor is null ? [inputs.Scalars[parameter.Name]] : inputs.Reals[parameter.Name];
            Assert.Equal(point.Length, got.Length);
            for (int i = 0; i < point.Length; i++)
            {
                int element = i;
                double Slope(double x)
                {
                    double[] moved = (double[])point.Clone();
                    moved[element] = x;
                    Inputs there = parameter.Tensor is null ? inputs.WithScalar(parameter.Name, x) : inputs.With(parameter.Name, moved);
                    return DualInterpreter.Gradient(written, there, parameter, upstream)[element];
                }

                double expected = CentralDifferences.Derivative(Slope, point[i], firstStep: 0.01).Slope;
                Assert.True(Math.Abs(expected - got[i]) <= 1e-6 * Math.Max(1, Math.Abs(expected)), $"{parameter.Name}[{i}]: {got[i]:R}, not {expected:R}");
            }
        }
    }

    [Theory]
    [InlineData("z float[n, c]; label int[n]", "-mean(log_softmax[c](z)[c: label])", "log_softmax[c](z)[c: label]")]
    [InlineData("x float[]; y float[]", "r = (x - y)^2; sqrt(mean(r))", "mean(r)")]
    [InlineData("z float[]; y byte[]", "p = sigmoid(z); 1 - 2 * sum(p * y) / (sum(p) + sum(y))", "sum(p * y)")]
    [InlineData("x float[n, c]; c int", "mean(norm[c](x))", "norm[c](x)")]
    [InlineData("p float[n, k = 4]", "sum(p[k: 0] * p[k: 1])", "p[k: 0] * p[k: 1]")]
    [InlineData("x float[]", "mean((x - mean(x))^2)", "mean(x)")]
    [InlineData("x float[]", "prod(x)", "prod(x)")]
    [InlineData("x float[w]", "sum((x[w: w + 1] - x)^2)", "(x[w: w + 1] - x)^2")]
    public void Marks_what_joins_elements(string parameters, string formula, string expected)
    {
        LossSignature signature = Declaration.Signature("Loss", parameters, formula);
        LossProblem problem = Assert.Single(
            FrontEnd.Run(Declaration.Loss(signature) with { HasCurvature = true }, CancellationToken.None).Problems, p => p.Row.Id == "LOSS0305");
        Assert.Equal(expected, Declaration.Place(problem, signature));
        Assert.Contains($"'{expected}'", Declaration.Message(problem), StringComparison.Ordinal);
        Assert.DoesNotContain(FrontEnd.Run(Declaration.Loss(signature), CancellationToken.None).Problems, p => p.Row.Id == "LOSS0305");
    }

    [Theory]
    [InlineData("x float[]; s! float", "mean(cumlogsumexp[i](s * x))")]
    [InlineData("x float[]", "sum(scan[i](x, h => tanh(h + h)))")]
    public void Some_second_derivatives_do_not_exist_yet(string parameters, string formula)
    {
        LossSpec spec = Declaration.Loss(Declaration.Signature("Loss", parameters, formula)) with { HasCurvature = true };
        Assert.Equal("LOSS0223", Assert.Single(FrontEnd.Run(spec, CancellationToken.None).Problems).Row.Id);
    }
}
