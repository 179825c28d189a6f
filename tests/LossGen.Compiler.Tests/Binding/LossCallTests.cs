using LossGen.Compiler.Binding;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Model;
using Xunit;

namespace LossGen.Compiler.Tests.Binding;

/// <summary>Calls of losses: what they expand to, which overload they mean, and what is wrong with them.</summary>
public class LossCallTests
{
    private const string Parameters =
        "z float[b, k]; y byte[b, k]; label int[b]; q float[b]; tau float; j int; v float[b, k2 = 4]; sq float[e = f, f]; msk bool[b]";

    private static readonly (string Name, string Parameters, string Formula)[] Losses =
    {
        ("L.Dice", "p float[]; y byte[]; out out; smooth float = 1", "i2 = sum(p * y); 1 - (2 * i2 + smooth) / (sum(p) + sum(y) + smooth)"),
        ("L.Bce", "z float[]; y byte[]", "mean(softplus(z) - y * z)"),
        ("L.Ce", "z float[n, c]; label int[n]; n int; c int", "-mean(log_softmax[c](z)[c: label])"),
        ("L.Mix", "z float[]; y byte[]; w float = 0.5", "p = sigmoid(z); w * L.Dice(p, y) + (1 - w) * L.Bce(z, y)"),
        ("Over", "z float[]; y byte[]", "mean(z * y)"),
        ("Over", "z double[]; y byte[]", "mean(z * y)"),
        ("Kind", "z float[]; y byte[]", "mean(z * y)"),
        ("Kind", "z float[]; y float[]", "mean(z * (1 - y))"),
        ("Amb", "z float[]; y float[]", "mean(z * y)"),
        ("Amb", "z float[]; w float[]", "mean(z + w)"),
        ("Rec", "z float[]", "mean(z) + Rec(z)"),
        ("RecA", "z float[]", "RecB(z)"),
        ("RecB", "z float[]", "RecA(z)"),
        ("Bad", "z float[]", "mean(zz)"),
        ("BadSyntax", "z float[]", "mean(z"),
        ("Deep", "z float[]", "Bad(z)"),
        ("Sized", "z float[n, k = 4]", "mean(z)"),
        ("Square", "z float[m = n, n]", "mean(z)"),
        ("Pos", "z float[]", "mean(z * i)"),
        ("SumI", "z float[]; y float[]", "sum[i](z) / size(i) + sum[i](y)"),
        ("Axed", "z float[n]; t float", "mean(z) * t"),
        ("OutsideI", "z float[]", "Axed2[n: i](z)"),
        ("Axed2", "z float[n]", "mean[n](z)"),
        ("Res", "z float[]", "z"),
        ("Truth", "m bool[]; k int", "count(m) + k"),
        ("Each", "z float[]; y byte[]; each result[]", "softplus(z) - y * z"),
        ("Rows", "z float[n, c]; label int[n]; each result[n]", "-log_softmax[c](z)[c: label]"),
        ("Steps", "x float[n]; each result[n, m]", "x * m"),
        ("WrongRows", "z float[n, c]; each result[n]", "z"),
    };

    [Theory]
    [InlineData("L.Dice(sigmoid(z), y)", "1 - (((2 * sum[b, k](sigmoid(z) * y)) + 1) / ((sum[b, k](sigmoid(z)) + sum[b, k](y)) + 1))")]
    [InlineData("L.Dice(z, y, 2)", "1 - (((2 * sum[b, k](z * y)) + 2) / ((sum[b, k](z) + sum[b, k](y)) + 2))")]
    [InlineData("L.Ce[n: b, c: k](z, label)", "-(sum[b](z[b, label] - logsumexp[k](z)) / size(b))")]
    [InlineData("0.5 * L.Mix(z, y) + L.Mix(z * 2, y, tau)", "(0.5 * ((0.5 * (1 - (((2 * sum[b, k](sigmoid(z) * y)) + 1) / ((sum[b, k](sigmoid(z)) + sum[b, k](y)) + 1)))) + ((1 - 0.5) * (sum[b, k](softplus(z) - (y * z)) / (size(b) * size(k)))))) + ((tau * (1 - (((2 * sum[b, k](sigmoid(z * 2) * y)) + 1) / ((sum[b, k](sigmoid(z * 2)) + sum[b, k](y)) + 1)))) + ((1 - tau) * (sum[b, k](softplus(z * 2) - (y * (z * 2))) / (size(b) * size(k)))))")]
    [InlineData("Over(z, y)", "sum[b, k](z * y) / (size(b) * size(k))")]
    [InlineData("Kind(z, y)", "sum[b, k](z * y) / (size(b) * size(k))")]
    [InlineData("Kind(z, y / 2)", "sum[b, k](z * (1 - (y / 2))) / (size(b) * size(k))")]
    [InlineData("Kind(z, 2)", "sum[b, k](z * 2) / (size(b) * size(k))")]
    [InlineData("sum(z) + Sized[n: b, k: k2](v)", "sum[b, k](z) + (sum[b, k2](v) / (size(b) * 4))")]
    [InlineData("sum(z) + Square[m: e, n: f](sq)", "sum[b, k](z) + (sum[e, f](sq) / (size(f) * size(f)))")]
    [InlineData("sum(z) + Pos(q)", "sum[b, k](z) + (sum[b](q * b) / size(b))")]
    [InlineData("SumI(z, q)", "(sum[b, k](z) / (size(b) * size(k))) + sum[b](q)")]
    [InlineData("sum(z) + SumI(3, q)", "sum[b, k](z) + ((3 / size(b)) + sum[b](q))")]
    [InlineData("sum(z) + Axed[n: b](q, tau)", "sum[b, k](z) + ((sum[b](q) / size(b)) * tau)")]
    [InlineData("OutsideI(z)", "sum[b, k](z) / (size(b) * size(k))")]
    [InlineData("sum(z) + OutsideI(q)", "sum[b, k](z) + (sum[b](q) / size(b))")]
    [InlineData("sum(z) + Truth(msk, 2)", "sum[b, k](z) + (sum[b](msk ? 1 : 0) + 2)")]
    [InlineData("sum(z) + Truth(q > 0, j)", "sum[b, k](z) + (sum[b]((q > 0) ? 1 : 0) + j)")]
    [InlineData("mean(Each(z, y))", "sum[b, k](softplus(z) - (y * z)) / (size(b) * size(k))")]
    [InlineData("sum(z) + sum(Each(q, 1))", "sum[b, k](z) + sum[b](softplus(q) - (1 * q))")]
    [InlineData("sum(q * Rows[n: b, c: k](z, label))", "sum[b](q * -(z[b, label] - logsumexp[k](z)))")]
    [InlineData("sum(Steps[n: b, m: k](q) * z)", "sum[b, k]((q * k) * z)")]
    public void Expands(string formula, string expected) => Assert.Equal(expected, Declaration.Print(Bind("Loss", Parameters, formula).Result));

    [Theory]
    [InlineData("L.Dice(z, y, q)", "LOSS0220 q")]
    [InlineData("L.Dice(z)", "LOSS0208 L.Dice")]
    [InlineData("L.Dice(z, y, 1, 2)", "LOSS0208 L.Dice")]
    [InlineData("L.Dice(z, tau * y)", "LOSS0211 tau * y")]
    [InlineData("L.Ce(z, label)", "LOSS0220 z")]
    [InlineData("L.Ce[n: b](z, label)", "LOSS0220 z")]
    [InlineData("L.Ce[n: b, c: b](z, label)", "LOSS0230 b")]
    [InlineData("L.Ce[n: b, x: k](z, label)", "LOSS0204 x")]
    [InlineData("L.Ce[n: b, c: kk](z, label)", "LOSS0204 kk")]
    [InlineData("L.Ce[n: b, -c](z, label)", "LOSS0231 -c")]
    [InlineData("L.Ce[n: b, c: k](z[b: 0], label)", "LOSS0220 z[b: 0]")]
    [InlineData("Kind(z, msk)", "LOSS0207 Kind")]
    [InlineData("Amb(z, y)", "LOSS0207 Amb")]
    [InlineData("Rec(z)", "LOSS0209 Rec(z)")]
    [InlineData("RecA(z)", "LOSS0209 RecA(z)")]
    [InlineData("Bad(z)", "LOSS0219 Bad")]
    [InlineData("Deep(z)", "LOSS0219 Deep")]
    [InlineData("BadSyntax(z)", "LOSS0219 BadSyntax")]
    [InlineData("Sized[n: b](z)", "LOSS0220 Sized")]
    [InlineData("Square[m: b, n: k](z)", "LOSS0220 Square")]
    [InlineData("Pos(z)", "LOSS0223 Pos")]
    [InlineData("Axed[n: b](q, q)", "LOSS0220 q")]
    [InlineData("Axed[n: b](q, label)", "LOSS0220 label")]
    [InlineData("Res(z)", "LOSS0219 Res")]
    [InlineData("WrongRows[n: b, c: k](z)", "LOSS0219 WrongRows")]
    [InlineData("sum(z * Each(z, y)) + Each(z, y)", "LOSS0214 sum(z * Each(z, y)) + Each(z, y)")]
    [InlineData("sum(z) + sum(Steps[n: b](q))", "LOSS0220 Steps")]
    [InlineData("Truth(msk, 2.5)", "LOSS0211 2.5")]
    [InlineData("Truth(y, 2)", "LOSS0212 y")]
    [InlineData("Nope(z)", "LOSS0202 Nope")]
    [InlineData("Bcee(z, y)", "LOSS0202 Bcee")]
    [InlineData("g(x) = Bad(x); g(z) + g(q)", "LOSS0219 Bad")]
    public void MarksTheCall(string formula, string expected)
    {
        (LossSignature signature, BindingResult result) = Bind("Loss", Parameters, formula);

        Assert.Null(result.Loss);
        Assert.Equal(
            expected,
            string.Join(" | ", result.Problems.Where(p => p.Row.Level == DiagnosticLevel.Error).Select(p => $"{p.Row.Id} {Declaration.Place(p, signature)}")));
    }

    [Fact]
    public void NamesTheWholeCircle()
    {
        BindingResult result = Bind("RecA", "z float[]", "RecB(z)").Result;

        Assert.Contains("(RecA -> RecB -> RecA)", Declaration.Print(Assert.Single(result.Problems)), StringComparison.Ordinal);
    }

    [Fact]
    public void NamesTheLossThatIsWrong() =>
        Assert.StartsWith("LOSS0219: 'Bad' ", Declaration.Print(Bind("Loss", Parameters, "Deep(z)").Result), StringComparison.Ordinal);

    [Fact]
    public void SuggestsTheMapping() =>
        Assert.Contains("\"L.Ce[n: b, c: k](…)\"", Declaration.Print(Bind("Loss", Parameters, "L.Ce(z, label)").Result), StringComparison.Ordinal);

    [Fact]
    public void TellsOverloadsApart() =>
        Assert.Contains("Amb(float[] z, float[] y), Amb(float[] z, float[] w)", Declaration.Print(Bind("Loss", Parameters, "Amb(z, y)").Result), StringComparison.Ordinal);

    private static (LossSignature Signature, BindingResult Result) Bind(string name, string parameters, string formula)
    {
        LossCall[] calls = Losses
            .Select((loss, index) => (loss.Name, Index: index))
            .GroupBy(loss => loss.Name)
            .Select(group => Declaration.Call(group.Key, group.Select(loss => loss.Index).ToArray()))
            .ToArray();
        LossSignature[] callees = Losses.Select(loss => Declaration.Signature(loss.Name, loss.Parameters, loss.Formula, calls)).ToArray();
        LossSignature signature = Declaration.Signature(name, parameters, formula, calls);
        return (signature, Declaration.Bind(Declaration.Loss(signature, callees)));
    }
}
