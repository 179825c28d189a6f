using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;
using Xunit;

namespace LossGen.Compiler.Tests.Binding;

/// <summary>What binding hands on beside the result: axes and sizes, parameters, parts, names.</summary>
public class BoundLossTests
{
    [Fact]
    public void AxesAreSharedByNameInDeclarationOrder()
    {
        BoundLoss loss = Bind("z float[n, c]; y byte[c, n]; s float[]", "sum(z * y) + sum(s)");

        Assert.Equal(new[] { "n", "c", "i" }, loss.Graph.Axes.Select(a => a.Name));
        Assert.Same(loss.Tensors[0].Axes[0], loss.Tensors[1].Axes[1]);
    }

    [Theory]
    [InlineData("x float[n, k = 4]", "size(n) 4")]
    [InlineData("x float[k = c, c]", "size(c) size(c)")]
    [InlineData("x float[k = c, c]; k int", "size(k) size(k)")]
    [InlineData("x float[k = c, c]; c int", "size(c) size(c)")]
    [InlineData("x float[a = b, b = c, c = 3]", "3 3 3")]
    [InlineData("x float[k]; y float[k = 2]", "2")]
    [InlineData("x float[a = c, b = c, c]; b int", "size(b) size(b) size(b)")]
    public void SizesFollowTheDeclaration(string parameters, string sizes) =>
        Assert.Equal(sizes, string.Join(" ", Bind(parameters, "sum(x)").Graph.Axes.Select(a => a.Size)));

    [Fact]
    public void ParametersKeepTheirPlaces()
    {
        BoundLoss loss = Bind("tau float; x float[n]; dice out; n int; t! float; y! float[n]", "dice = tau; sum(x * y) * t + dice");

        Assert.Equal(new[] { "x 1", "y 5" }, loss.Tensors.Select(t => $"{t.Name} {t.Index}"));
        Assert.Equal(new[] { "tau 0", "n 3", "t 4" }, loss.Scalars.Select(s => $"{s.Name} {s.Index}"));
        Assert.Equal(new[] { "t", "y" }, loss.Differentiated.Select(d => d.Name));
        Assert.Equal("dice", Assert.Single(loss.Parts).Name);
    }

    [Fact]
    public void IntegerResultsAndPartsBecomeReal()
    {
        BoundLoss loss = Bind("x float[n]; k int; two out; positive out", "two = 2; positive = k > 0; sum(x) * 0 + k");

        Assert.Equal(new[] { "2", "((k > 0) ? 1 : 0)" }, loss.Parts.Select(p => NodePrinter.Print(p.Value)));
        Assert.Equal(Compiler.Ir.ValueType.Real, loss.Result.Type);
    }

    [Fact]
    public void TheFirstNameOfAComputedValueStays()
    {
        BoundLoss loss = Bind("x float[n]; k int", "first = exp(x); second = exp(x); alias = x; three = k + 3; sum(first * second * alias) + three");

        Assert.Equal("first", Assert.Single(loss.Names).Value);
    }

    [Theory]
    [InlineData("f0(x) = x + x; {f}sum(f39(z))", "f{i}(x) = f{j}(x) + f{j}(x); ", 40, "LOSS0229 f39(z)")]
    [InlineData("a0 = z; {f}sum(a1599)", "a{i} = a{j} + sin(a{j}); ", 1600, "LOSS0229 a750 = a749 + sin(a749)")]
    public void GrowthIsOneMessageAtItsCause(string formula, string step, int count, string expected)
    {
        string steps = string.Concat(Enumerable.Range(1, count - 1).Select(i => step.Replace("{i}", $"{i}").Replace("{j}", $"{i - 1}")));
        var signature = Declaration.Signature("Loss", "z float[n]", formula.Replace("{f}", steps));
        BindingResult result = Declaration.Bind(Declaration.Loss(signature));

        Assert.Equal(expected, string.Join(" | ", result.Problems.Select(p => $"{p.Row.Id} {Declaration.Place(p, signature)}")));
    }

    [Fact]
    public void ASmallStackIsAMessage()
    {
        // Each function is shallow; expanded into each other they are not.
        string functions = string.Concat(Enumerable.Range(1, 1_999).Select(i => $"f{i}(x) = f{i - 1}(x); "));
        BindingResult? result = null;
        var thread = new Thread(() => result = Declaration.Bind("z float[n]", $"f0(x) = x; {functions}sum(f1999(z))"), 256 * 1024);
        thread.Start();
        thread.Join();

        Assert.Equal("LOSS0106", Assert.Single(result!.Problems).Row.Id);
    }

    [Fact]
    public void CancellationIsObeyed()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(
            () => Binder.Bind(Declaration.Loss(Declaration.Signature("Loss", "x float[]", "mean(x)")), source.Token));
    }

    private static BoundLoss Bind(string parameters, string formula)
    {
        BindingResult result = Declaration.Bind(parameters, formula);
        return result.Loss ?? throw new InvalidOperationException(Declaration.Print(result));
    }
}
