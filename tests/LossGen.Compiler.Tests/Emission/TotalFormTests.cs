using LossGen.Compiler.Emission.Kernels;
using Xunit;
using static LossGen.Compiler.Tests.Emission.NestForms;

namespace LossGen.Compiler.Tests.Emission;

/// <summary>Where the terms of arrays that all chunks add to come together, and how many of them.</summary>
public class TotalFormTests
{
    [Theory]
    [InlineData("e! float[c, d]", "sum[d]((e[c: i] - e[c: j])^2)", 1)]
    [InlineData("e! float[c, d]", "sum[d]((e[c: i] - e[c: j])^2) + sum[d](e[c: i]^4)", 1)]
    [InlineData("e! float[c, d]; f! float[c, d]", "sum[d]((e[c: i] - f[c: j])^2)", 2)]
    public void What_reads_of_a_table_give_it_comes_together_in_its_gradient(string parameters, string term, int tables)
    {
        NestStep[] nests = Nests($"mean[n]({term})", parameters + "; i int[n]; j int[n]; d int", withGradient: true);
        NestStep nest = Assert.Single(nests, n => Inside(n.Body).OfType<Write>().Any(w => w.Place.Buffer.Total is not null));
        KernelBuffer[] arrays = [.. nest.Scratch.Where(a => a.Total is not null)];
        Assert.Equal(tables, arrays.Length);
        Assert.All(arrays, array => Assert.Equal(BufferKind.Tensor, array.Total!.Kind));
        Assert.Equal(arrays.Select(a => a.Total), nest.Partials.Where(p => p.IsInPlace).Select(p => p.Array));
        Assert.DoesNotContain(nests.SelectMany(n => Inside(n.Body)).OfType<Write>(), w => arrays.Any(a => ReferenceEquals(a.Total, w.Place.Buffer)));
    }

    [Theory]
    [InlineData("b! float[c]; i int[n]", "mean(b[c: i]^2)", false)] // one term after the other, in float64
    [InlineData("b! float[c, d]; i int[n]; d int", "mean(b[c: i]^2)", true)] // vectors of terms
    [InlineData("b! float[d]; x float[n, d]", "mean((x - b)^2)", true)]
    public void Chunks_are_limited_where_they_add_up_in_working_precision(string parameters, string formula, bool isLimited)
    {
        NestStep nest = Assert.Single(Nests(formula, parameters, withGradient: true), n => n.Partials.Any(p => p.Sizes.Length > 0));
        Assert.Equal(isLimited, nest.Limit > 0);
    }
}
