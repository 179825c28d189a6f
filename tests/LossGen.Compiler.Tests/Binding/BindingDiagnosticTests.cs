using LossGen.Compiler.Binding;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Model;
using Xunit;

namespace LossGen.Compiler.Tests.Binding;

/// <summary>What is wrong with a formula or a declaration, and the exact place that the message marks. No hints about unused parameters.</summary>
public class BindingDiagnosticTests
{
    private const string Everything =
        "z float[n, c]; y byte[n, c]; label int[n]; b bool[n]; w float[d]; tau float = 0.5; k int; d int; dice out";

    [Theory]
    [InlineData("dice = 1; mean(zz) + mean(zz)", "LOSS0201 zz")]
    [InlineData("dice = 1; mean(sigmod(z))", "LOSS0202 sigmod")]
    [InlineData("dice = 1; mean(labl * z)", "LOSS0201 labl")]
    [InlineData("dice = 1; mean(sigmoid * z)", "LOSS0225 sigmoid")]
    [InlineData("dice = 1; f(x) = x * q; mean(z)", "LOSS0201 q")]
    [InlineData("dice = 1; f(x) = x * f(x); f(mean(z))", "LOSS0210 f")]
    [InlineData("dice = 1; f(x) = g(x); mean(z)", "LOSS0202 g")]
    [InlineData("dice = 1; f(x, x) = x; mean(z)", "LOSS0217 x")]
    [InlineData("dice = 1; f(x) = x; f(z, 1)", "LOSS0208 f")]
    [InlineData("dice = 1; f(x) = x; f[n](z)", "LOSS0226 n")]
    [InlineData("dice = 1; f(x) = x - mean[d](x); mean(f(z))", "LOSS0203 d")]
    [InlineData("dice = 1; relu(x, a) = max(a*x, x); mean(relu(z, 0.1))", "LOSS0218 relu")]
    [InlineData("dice = 1; z = 3; mean(z)", "LOSS0217 z")]
    [InlineData("dice = 1; n = 3; mean(z)", "LOSS0217 n")]
    [InlineData("dice = 1; a = 1; a = 2; mean(z) + a", "LOSS0217 a")]
    [InlineData("dice = 1; tau(x) = x; mean(tau(z))", "LOSS0217 tau")]
    [InlineData("dice(x) = 1; mean(z)", "LOSS0217 dice")]
    [InlineData("mean(z)", "LOSS0221 parameter dice")]
    [InlineData("dice = z; mean(z)", "LOSS0222 dice")]
    [InlineData("x = dice; dice = 1; mean(z)", "LOSS0225 dice")]
    [InlineData("dice = 1; mean(z(2))", "LOSS0202 z")]
    [InlineData("dice = 1; mean[d](z)", "LOSS0203 d")]
    [InlineData("dice = 1; mean[q](z)", "LOSS0204 q")]
    [InlineData("dice = 1; mean[n, n](z)", "LOSS0230 n")]
    [InlineData("dice = 1; mean[-n](z)", "LOSS0231 -n")]
    [InlineData("dice = 1; mean[n: c](z)", "LOSS0101 n: c")]
    [InlineData("dice = 1; exp[n](z)", "LOSS0226 n")]
    [InlineData("dice = 1; mean(z, 1)", "LOSS0208 mean")]
    [InlineData("dice = 1; max[c](z, 1)", "LOSS0208 max")]
    [InlineData("dice = 1; clamp(z, 1)", "LOSS0208 clamp")]
    [InlineData("dice = 1; sum(y ? z : 0)", "LOSS0212 y")]
    [InlineData("dice = 1; sum(z ? 1 : 0)", "LOSS0212 z")]
    [InlineData("dice = 1; sum(!y * z)", "LOSS0212 y")]
    [InlineData("dice = 1; sum(z * (y && b))", "LOSS0212 y")]
    [InlineData("dice = 1; count(y)", "LOSS0212 y")]
    [InlineData("dice = 1; mean(z[c: tau])", "LOSS0211 tau")]
    [InlineData("dice = 1; mean(z[c: b])", "LOSS0211 b")]
    [InlineData("dice = 1; mean(z[d: 1])", "LOSS0203 d")]
    [InlineData("dice = 1; mean(z[c: 1, c: 2])", "LOSS0230 c")]
    [InlineData("dice = 1; mean(z[c: -1])", "LOSS0401 -1")]
    [InlineData("dice = 1; mean(z[c: size(c)])", "LOSS0401 size(c)")]
    [InlineData("dice = 1; mean(z[c: c / 2])", "LOSS0211 c / 2")]
    [InlineData("dice = 1; mean(z[c: c + size(c)])", "LOSS0401 c + size(c)")]
    [InlineData("dice = 1; mean(z[c: -1 - c])", "LOSS0401 -1 - c")]
    [InlineData("dice = 1; axis u = 3; mean(z)[u: u + 3]", "LOSS0203 u")]
    [InlineData("dice = 1; axis u = 3; mean((z + u)[u: u + 3])", "LOSS0401 u + 3")]
    [InlineData("dice = 1; axis u = n; mean(z * u)", "LOSS0232 n")]
    [InlineData("dice = 1; axis u = label[n: 0]; mean(z * u)", "LOSS0232 label[n: 0]")]
    [InlineData("dice = 1; axis u = size(n) / 2; mean(z * u)", "LOSS0211 size(n) / 2")]
    [InlineData("dice = 1; axis c = 3; mean(z)", "LOSS0217 c")]
    [InlineData("dice = 1; mean(label[n: label])", "LOSS0301 parameter z")]
    [InlineData("dice = 1; softmax(z)", "LOSS0227 softmax")]
    [InlineData("dice = 1; mean(argmax(z) * z)", "LOSS0227 argmax")]
    [InlineData("dice = 1; mean(argsort[-c](z) * z)", "LOSS0231 -c")]
    [InlineData("dice = 1; mean(argsort[c](z[c: c + 1]) * z)", "LOSS0223 z[c: c + 1]")]
    [InlineData("dice = 1; mean(scan[n](z, p => min[n](scan[-c](z, q => p) * z)))", "LOSS0223 min[n](scan[-c](z, q => p) * z)")]
    [InlineData("dice = 1; mean(scan[n](z, p => scan[-c](z, q => p)[n: div(n, 2)] * z))", "LOSS0223 scan[-c](z, q => p)[n: div(n, 2)]")]
    [InlineData("dice = 1; mean(argmin[c](label) * z)", "LOSS0203 c")]
    [InlineData("dice = 1; mean(cumsum(z))", "LOSS0227 cumsum")]
    [InlineData("dice = 1; mean(cumsum[n, c](z))", "LOSS0243 n, c")]
    [InlineData("dice = 1; mean(cumsum[d](z))", "LOSS0203 d")]
    [InlineData("dice = 1; mean(z) + mean(scan[n](0, p => p + z))", "LOSS0242 p + z")]
    [InlineData("dice = 1; mean(z) + mean(scan[n](z, 2))", "LOSS0240 scan")]
    [InlineData("dice = 1; mean(z) + mean(scan[n](z, (p, q) => p))", "LOSS0241 scan")]
    [InlineData("dice = 1; (p, q) = scan[n]((z, 0), a => a); mean(z) + mean(p + q)", "LOSS0241 scan")]
    [InlineData("dice = 1; mean(scan[n](z, p => p[c: c - 1] + z))", "LOSS0401 c - 1")]
    [InlineData("dice = 1; mean(scan[n](z, p => p + z[n: n + 1]))", "LOSS0401 n + 1")]
    [InlineData("dice = 1; q = z[n: c]; mean(scan[c](sum[n](z), p => p + q[c: c - 1]))", "LOSS0401 p + q[c: c - 1]")]
    [InlineData("dice = 1; (p, q) = scan[n]((z, z), (a, b) => (a + b, b + z)); mean(p)", "LOSS0501 q")]
    [InlineData("dice = 1; (p, _, _) = scan[n]((z, z, z), (a, b, c1) => (a + b, b + z, c1)); mean(p)", "")]
    [InlineData("dice = 1; (p, _) = scan[n]((z, z), (a, b) => (a + b, b + z)); mean(p + _)", "LOSS0201 _")]
    [InlineData("dice = 1; mean(scan[n](z, p => scan[n](z, q => q + p)))", "LOSS0244 scan")]
    [InlineData("dice = 1; mean(scan[n](z, p => sum[n](p) + z))", "LOSS0203 n")]
    [InlineData("dice = 1; axis u = 3; sum[u](z) + u", "LOSS0203 u")]
    [InlineData("dice = 1; exp(x => x)", "LOSS0228 x => x")]
    [InlineData("dice = 1; z", "LOSS0214 z")]
    [InlineData("dice = 1; sum[c](z)", "LOSS0214 sum[c](z)")]
    [InlineData("dice = 1; sum(w) / d", "LOSS0224 d | LOSS0214 sum(w) / d")]
    [InlineData("dice = 1; sum(w * d)", "LOSS0301 parameter z")]
    [InlineData("dice = 1; m = 3; mean(z)", "LOSS0501 m")]
    [InlineData("dice = 1; mean(floor(z))", "LOSS0303 parameter z")]
    [InlineData("dice = 1; mean(detach(z))", "LOSS0303 parameter z")]
    [InlineData("dice = 1; mean(z > 0 ? 1 : 0)", "LOSS0303 parameter z")]
    [InlineData("dice = 1; mean(w)", "LOSS0301 parameter z")]
    [InlineData("dice = 1; div(tau, 2) + mean(z)", "LOSS0211 tau")]
    [InlineData("dice = 1; size(q) + mean(z)", "LOSS0204 q")]
    [InlineData("dice = 1; size(n + 1) + mean(z)", "LOSS0204 n + 1")]
    [InlineData("dice = 1; size + mean(z)", "LOSS0102 ")]
    [InlineData("dice = mean(z) mean(z)", "LOSS0101 mean")]
    [InlineData("dice = ; x = 2", "LOSS0101 ; | LOSS0104 x")]
    [InlineData("dice = 1; mean((z, 2))", "LOSS0110 (z, 2)")]
    [InlineData("dice = 1; a + mean(z); mean(z)", "LOSS0101 ;")]
    [InlineData("dice = 1; mean(q) + mean(q) + mean[r](z) + sum[r](z) + g(z) + g(z)", "LOSS0201 q | LOSS0204 r | LOSS0202 g")]
    [InlineData("dice = 1; sum(z[n: 0][n: 0])", "LOSS0203 n")]
    [InlineData("dice = 1; any(z > 0)", "LOSS0303 parameter z")]
    public void MarksTheMistake(string formula, string expected) => Check(Everything, formula, expected);

    [Theory]
    [InlineData("z float[n,]", "mean(z)", "LOSS0015 z[]")]
    [InlineData("z float[n c]", "mean(z)", "LOSS0015 z[c]")]
    [InlineData("z float[n = 0]", "mean(z)", "LOSS0015 z[0]")]
    [InlineData("z float[n = 99999999999]", "mean(z)", "LOSS0015 z[99999999999]")]
    [InlineData("z float[n = m]; y float[k]", "mean(z)", "LOSS0015 z[m]")]
    [InlineData("z float[n, n]", "mean(z)", "LOSS0016 z[n]")]
    [InlineData("z float[n, k = 4]; y float[k = 5]", "mean(z)", "LOSS0015 y[5]")]
    [InlineData("z float[n = m, m = n]", "mean(z)", "LOSS0015 z[n]")]
    [InlineData("z float[k = c, c = 4]; y float[k = 4]", "mean(z[k: 4])", "LOSS0401 4")]
    [InlineData("z float[size]", "mean(z)", "LOSS0218 z[size]")]
    [InlineData("z float[i]; i float", "mean(z)", "LOSS0217 parameter i")]
    [InlineData("size float[]", "mean(1)", "LOSS0218 parameter size")]
    [InlineData("z Half[]; y float[]", "mean(y)", "LOSS0301 parameter z")]
    [InlineData("z float[n, c]; each result[n]", "z^2", "LOSS0215 z^2")]
    [InlineData("z float[n, c]; each result[n, c]", "p = z; mean[c](p)", "LOSS0215 mean[c](p)")]
    [InlineData("z float[n, c]; each result[n]", "mean(z)", "LOSS0215 mean(z)")]
    [InlineData("z float[n, c]; each result[]", "mean[c](z)", "LOSS0215 mean[c](z)")]
    [InlineData("z float[n]; each result[n]", "each = z; each", "LOSS0217 each | LOSS0225 each")]
    [InlineData("z float[n]; each result[n]", "z * each", "LOSS0225 each")]
    [InlineData("z float[n]; n result[n]", "z", "LOSS0217 parameter n")]
    [InlineData("z float[n]; each result[n, m = k]", "z", "LOSS0015 each[k]")]
    [InlineData("z float[n, c]; each result[n, c]", "softmax[c](z)", "")]
    [InlineData("x float[w]; each result[w]", "(x[w: w + 1] - x)^2", "LOSS0216 (x[w: w + 1] - x)^2")]
    [InlineData("x float[w]; each result[w]", "axis u = 3; sum[u](x[w: w + u])", "LOSS0216 sum[u](x[w: w + u])")]
    [InlineData("x float[w]; each result[w]", "w + 1 < size(w) ? (x[w: w + 1] - x)^2 : 0", "")]
    [InlineData("x float[n, w]; each result[n]", "sum[w]((x[w: w + 1] - x)^2)", "")]
    [InlineData("a float[n]; t! float; b! float[n]", "mean(a * t)", "LOSS0301 parameter b")]
    [InlineData("sz float[n, m, k = m]; n int; m int; k int", "mean(sz) + sum(k*sz)", "LOSS0015 sz[m]")]
    [InlineData("x float[m = n, n]; m int; n int", "sum(x)", "LOSS0015 x[n]")]
    [InlineData("x float[m = 4]; m int", "sum(x)", "LOSS0015 x[4]")]
    [InlineData("x float[n]; k int", "sum(x[n: -1]) + k", "LOSS0401 -1")]
    public void MarksTheDeclaration(string parameters, string formula, string expected) => Check(parameters, formula, expected);

    [Fact]
    public void SuggestsWhatWasMeant()
    {
        Assert.Contains("did you mean 'sigmoid'?", Message("mean(sigmod(x))"), StringComparison.Ordinal);
        Assert.Contains("did you mean 'mask'?", Message("mean(msak * x)"), StringComparison.Ordinal);
        Assert.Contains("write \"mask != 0\"", Message("sum(mask ? x : 0)"), StringComparison.Ordinal);
        Assert.Contains("it is a parameter, so write \"x * (…)\"", Message("sum(x(2))"), StringComparison.Ordinal);
        Assert.Contains("but its operand has the axes n, c", Message("sum[d](x) + sum(y)"), StringComparison.Ordinal);
        Assert.Contains("reduce it: \"mean(x - 1)\" or \"sum(x - 1)\"", Message("x - 1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("axis m = size(n); axis window = 3; mean[windo](z)", "its axes are n, c, m, window (did you mean 'window'?).")]
    [InlineData("a = sum[m](z); axis m = size(n); mean(z) + a", "its axes are n, c; the statement that declares it stands below, so move it up.")]
    [InlineData("axis m = size(q); mean[x](z)", "its axes are n, c; declare another one before: \"axis x = …;\".")]
    [InlineData("a = mean(z) + k; k = 1; a", "the statement that declares it stands below")]
    [InlineData("a = f(mean(z)); f(x) = 2 * x; a", "the statement that declares it stands below")]
    [InlineData("axis m = n; sum(z * z[n: m])", "\"n\" is the position along axis n, whose length is \"size(n)\"")]
    [InlineData("sum(one_hot(z))", "; write \"c == label\"")]
    [InlineData("sum(sort(z))", "; write \"x[n: argsort[n](x)]\"")]
    public void Says_what_is_in_scope(string formula, string text) =>
        Assert.Contains(text, Declaration.Print(Declaration.Bind("z float[n, c]; c int", formula)), StringComparison.Ordinal);

    [Fact]
    public void HintsAtParametersThatNothingReads()
    {
        BindingResult result = Declaration.Bind("x float[n]; y float[n]; k float; n int", "mean(x)");

        Assert.NotNull(result.Loss);
        Assert.Equal(
            new[] { ("LOSS0502", "y"), ("LOSS0502", "k") },
            result.Problems.Select(p => (p.Row.Id, p.Parameter!)));
    }

    [Fact]
    public void UnreadParametersAreHintsOnly() =>
        Assert.All(Declaration.Bind("x float[]; y float[]", "mean(x)").Problems, p => Assert.Equal(DiagnosticLevel.Info, p.Row.Level));

    private static string Message(string formula) =>
        Declaration.Print(Declaration.Bind("x float[n, c]; mask byte[n]; y float[d]", formula));

    private static void Check(string parameters, string formula, string expected)
    {
        LossSignature signature = Declaration.Signature("Loss", parameters, formula);
        BindingResult result = Declaration.Bind(Declaration.Loss(signature));
        List<LossProblem> problems = result.Problems.Where(p => p.Row != DiagnosticTable.UnusedParameter).ToList();

        Assert.Equal(expected, string.Join(" | ", problems.Select(p => $"{p.Row.Id} {Declaration.Place(p, signature)}")));
        Assert.Equal(problems.Any(p => p.Row.Level == DiagnosticLevel.Error), result.Loss is null);
    }
}
