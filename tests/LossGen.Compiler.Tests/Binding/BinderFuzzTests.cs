using System.Text.RegularExpressions;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Model;
using Xunit;

namespace LossGen.Compiler.Tests.Binding;

/// <summary>Damaged formulas and declarations: the binder says what is wrong or binds them, and never throws.</summary>
public partial class BinderFuzzTests
{
    private const string Parameters =
        "z float[n, c]; y byte[n, c]; label int[n]; b bool[n]; w float[d]; q float[c, e = c]; tau float = 0.5; k int; d int; dice out";

    private static readonly string[] Formulas =
    {
        "p = sigmoid(z); dice = 1 - (2 * sum(p * y) + 1) / (sum(p) + sum(y) + 1); bce = mean(softplus(z) - y * z); dice + tau * bce",
        "dice = mean(z); -mean(log_softmax[c](z)[c: label]) + (any(b) && !all(z > 0) ? tau : 1)",
        "f(x, a) = max(x, a) - mean[n](x); dice = sum(w) / size(d); sum(f(z, y) ^ 2) + sum(where(b, z, k * n + 1)) + logaddexp(tau, 1, dice)",
        "s = softmax[c](z); dice = sum[n](s[c: size(c) - 1]); sum(q[e: 0] * clamp(z, -1, 1)) + mean(mod(label, 3) == c ? z : div(k, 2) * z)",
        "dice = L.Bce(z, y); L.Ce(z, label) + 0.5 * L.Ce[n: n, c: c](z * tau, label) + norm(z) + max[n, c](z) + count(y != 0)",
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void DamagedFormulasNeverThrow(int seed)
    {
        var random = new Random(seed);
        string[] words = Formulas.SelectMany(Words).Distinct().ToArray();
        int bound = 0;
        for (int i = 0; i < 4_000; i++)
        {
            List<string> formula = Words(Formulas[random.Next(Formulas.Length)]);
            for (int damage = random.Next(4); damage >= 0; damage--) Damage(formula, words, random);
            BindingResult result = Bind(Parameters, string.Concat(formula));
            if (result.Loss is { } loss)
            {
                bound++;
                Assert.All(loss.Roots, root => Assert.True(root.Type == Compiler.Ir.ValueType.Real));
                Assert.All(loss.Parts, part => Assert.True(part.Value.Axes.IsEmpty));
                Assert.Equal(loss.ResultSpan is null ? Compiler.Ir.AxisSet.Empty : Compiler.Ir.AxisSet.Of(loss.ResultSpan.Axes), loss.Result.Axes);
            }
        }

        // Otherwise nothing behind the first message would be tried.
        Assert.InRange(bound, 100, 3_900);
    }

    [Theory]
    [InlineData(5)]
    public void DamagedDeclarationsNeverThrow(int seed)
    {
        var random = new Random(seed);
        string[] axes = { "n", "c", "n, c", "c, n", "n = 4", "n = c", "c = n", "c = e", "n,", "=", "n, n", "size", "k", "e = c, c", "c = 4, e = c", "" };
        for (int i = 0; i < 4_000; i++)
        {
            string parameters = string.Join("; ", new[] { "z float", "y byte", "label int", "b bool", "w float", "q double", "each result" }
                .Take(6 + (i % 2)).Select(p => $"{p}[{axes[random.Next(axes.Length)]}]")) + "; tau float; k int; n int; dice out";
            Bind(parameters, Formulas[random.Next(Formulas.Length)]);
        }
    }

    private static BindingResult Bind(string parameters, string formula)
    {
        LossCall[] calls = { Declaration.Call("L.Bce", 0), Declaration.Call("L.Ce", 1) };
        LossSpec spec = Declaration.Loss(
            Declaration.Signature("Loss", parameters, formula, calls),
            Declaration.Signature("L.Bce", "z float[]; y byte[]", "mean(softplus(z) - y * z)"),
            Declaration.Signature("L.Ce", "z float[n, c]; label int[n]; c int", "-mean(log_softmax[c](z)[c: label])"));
        BindingResult result = Declaration.Bind(spec);
        Assert.Equal(result.Loss is null, result.Problems.Any(p => p.Row.Level == DiagnosticLevel.Error));
        foreach (LossProblem problem in result.Problems)
        {
            // Both cut and fill in, which throws when a span or the number of arguments is wrong.
            Declaration.Place(problem, spec.Signature);
            Assert.DoesNotContain("{", Declaration.Message(problem), StringComparison.Ordinal);
        }

        return result;
    }

    private static void Damage(List<string> formula, string[] words, Random random)
    {
        int at = random.Next(formula.Count);
        switch (random.Next(4))
        {
            case 0 when formula.Count > 1:
                formula.RemoveAt(at);
                break;
            case 1:
                formula.Insert(at, words[random.Next(words.Length)]);
                break;
            case 2:
                int other = random.Next(formula.Count);
                (formula[at], formula[other]) = (formula[other], formula[at]);
                break;
            default:
                formula[at] = words[random.Next(words.Length)];
                break;
        }
    }

    private static List<string> Words(string formula) => Word().Matches(formula).Select(m => m.Value).ToList();

    [GeneratedRegex(@"[\w.]+|\s+|&&|\|\||[<>=!]=|.")]
    private static partial Regex Word();
}
