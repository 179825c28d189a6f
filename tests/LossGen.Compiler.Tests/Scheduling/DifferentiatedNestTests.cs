using System.Globalization;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;
using Xunit;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>The nests of value and derived gradient.</summary>
public class DifferentiatedNestTests
{
    public static TheoryData<string> Losses => [.. NamedLosses.All.Keys];

    [Fact]
    public void CrossEntropy_KeepsTheExponentialsInTheGradientBuffer() =>
        Assert.Equal("n{ c{peak1}; c{kept1 -> zGradient; sum1}; c{zGradient}; sum2 }; loss", NamedLosses.Get("ce").Compact());

    [Fact]
    public void CrossEntropyValue_KeepsNothing() =>
        Assert.Equal("n{ c{peak1}; c{sum1}; sum2 }; loss", NamedLosses.Get("ce value").Compact());

    [Fact]
    public void FocalLoss_IsOneNest() =>
        Assert.Equal("n{ c{peak1}; c{kept1 -> zGradient; sum1}; c{zGradient}; sum2 }; loss", NamedLosses.Get("focal").Compact());

    [Fact]
    public void WeightedCrossEntropy_SumsWeightsInACheapPass() => Assert.Equal(
        "n{sum1}; n{ c{peak1}; c{kept1 -> zGradient; sum2}; c{zGradient}; sum3 }; loss", NamedLosses.Get("weighted ce").Compact());

    [Fact]
    public void DiceAndCrossEntropy_ReadsOneExponentialTwice()
    {
        LoopTree tree = NamedLosses.Get("dice+bce").Schedule();
        Assert.Equal(2, tree.Items.OfType<Loop>().Count());
        Statement kept = Assert.Single(tree.Statements, s => s.Kind == StatementKind.Materialize);
        Assert.Equal("zGradient", kept.Alias?.Name);
    }

    [Fact]
    public void Triplet_IsOneNest() =>
        Assert.Equal("n{ d{sum1}; d{aGradient; pGradient; qGradient}; sum2 }; loss", NamedLosses.Get("triplet").Compact());

    [Fact]
    public void Segmentation_KeepsRowsAlongTheContiguousAxis() => Assert.Equal(
        "n{ h{ w strips{ c{ w{peak1[w]; sum1[w]} }; c{ w{kept1 -> zGradient; sum2[n, h, w]} }; w{kept2[n, h, w]; sum3}; c{ w{sum4[c]; sum5[c]} } } } }; "
        + "c{kept3[c]; kept4[c]}; n{ h{ w strips{ c{ w{kept5[c, w]; sum6[w]} }; w{kept6[w]}; c{ w{zGradient} } } } }; c{sum7}; loss",
        NamedLosses.Get("segmentation").Compact());

    [Fact]
    public void RowsThatRowsRead_AreAddedToOneAfterTheOther() => Assert.Contains(
        "n'{ c{scatter1[n, c]} }",
        ScheduledLoss.Of("x float[n, c]; row int[n]; c int", "mean(max[c](x)[n: row]^2) + mean(exp(x)[n: row])").Compact(), StringComparison.Ordinal);

    [Fact]
    public void LabelSmoothing_IsOneNest() => Assert.Equal(
        "n{ c{peak1}; c{kept1 -> zGradient; sum1}; c{sum2; zGradient}; sum3 }; loss", NamedLosses.Get("smooth ce").Compact());

    [Fact]
    public void Elastic_IsOnePassForEachTensor() =>
        Assert.Equal("i{sum1; xGradient}; j{sum2; sum3; wGradient}; loss", NamedLosses.Get("elastic").Compact());

    [Fact]
    public void ASecondValueOfARow_LivesInScratch()
    {
        LoopTree tree = NamedLosses.Get("kl").Schedule();
        Assert.Equal(["zGradient", null], tree.Statements.Where(s => s.Kind == StatementKind.Materialize).Select(s => s.Alias?.Name));
        Assert.Single(tree.Items.OfType<Loop>());
    }

    [Fact]
    public void ColumnStatistics_UseRowsOfAccumulators() => Assert.Equal(
        "n{ d{sum1[d]} }; n{ d{sum2[d]} }; d{kept1[d]; kept2[d]}; n{ d{sum3[d]} }; d{kept3[d]}; n{ d{zGradient} }; d{sum4}; loss", NamedLosses.Get("variance").Compact());

    [Theory]
    [InlineData("p float[n]; q float[m]", "mean(abs(exp(p) - tanh(q)))", "m{kept1[m]}; n{ m{sum1} }; loss")] // a function once for each position
    [InlineData("p float[n, k = 3]; q float[m, k]", "mean(max(p[k: 0], q[k: 2]))", "m{kept1[m]}; n{ m{sum1} }; loss")] // read across once
    [InlineData("p float[n]; q float[m]", "mean(abs(p - 3 * q))", "n{ m{sum1} }; loss")]
    public void WhatEachPositionOfAnOuterLoopReadsAgain_IsARowOfItsOwn(string signature, string formula, string nest) =>
        Assert.Equal(nest, ScheduledLoss.Of(signature, formula, withGradient: false).Compact());

    [Fact]
    public void BatchHard_GivesTheOtherGradientANestOfItsOwn() => Assert.Equal(
        "m{ d{kept1[d, m]} }; n{ d{ m{sum1[m]; sum2[m]} }; m{distance[m]; max1; min1}; sum3; m{sum4; sum5}; m{kept2[n, m]; kept3[n, m]} }; n{ m{ d{sum6[d]} }; d{aGradient} }; m{ n{ d{sum7[d]} }; d{bGradient} }; loss",
        NamedLosses.Get("batch hard").Compact());

    [Theory]
    [InlineData("clip")]
    [InlineData("contrastive")]
    public void Contractions_AreComputedOnceAndEndInOneNestForEachGradient(string name)
    {
        LoopTree tree = NamedLosses.Get(name).Schedule();
        Statement logits = Assert.Single(tree.Statements, s => s.Kind == StatementKind.Reduce && s.Path.Length == 3 && s.Dependencies.All(d => d.Value.Is(Ops.Operand)));
        Assert.Equal("n d m", string.Join(" ", logits.Path.Select(l => l.Axis.Name)));
        Statement gradient = tree.Statements.Single(s => s.Output?.Name == "bGradient");
        Assert.Equal("m n d", string.Join(" ", gradient.Dependencies.Single(d => d.Free == gradient.Free).Path.Select(l => l.Axis.Name)));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void KeptValuesBetweenNests_AreRowsOrStandBesideAContractionOrInARecurrence(string name)
    {
        ScheduledLoss loss = NamedLosses.Get(name);
        IReadOnlyList<Axis> order = LoopOrder.Of(loss.Graph.Axes);
        foreach (Statement kept in loss.Schedule().Statements.Where(s => s.Kind == StatementKind.Materialize))
        {
            bool isWorkspace = kept.Alias is null && kept.StorageDepth == 0 && !kept.StorageAxes.IsEmpty;
            Assert.True(!isWorkspace || kept.Value.Is(Ops.Operand) || !kept.Value.Open.IsEmpty || kept.Dependencies.Any(d => d.Kind == StatementKind.Reduce && d.Free == kept.Free)
                || kept.Consumers.Any(c => Contraction.Of(c.Value, order) is not null) || (kept.StorageAxes.Count(a => !a.IsShort) == 1 && kept.Consumers.Any(c => !kept.Free.Contains(c.Path[0].Axis))));
        }
    }

    [Theory]
    [InlineData("ce", "c")]
    [InlineData("segmentation", "w,c,w,c")]
    [InlineData("triplet", "d")]
    [InlineData("weighted ce", "n,c")]
    [InlineData("dice+bce", "i,i")]
    [InlineData("boxes", "k")] // turned, where there are rows enough
    [InlineData("clip", "m,m,m,m,m,d,d")]
    public void Lanes_RunAlongContiguousMemory(string name, string expected)
    {
        LoopTree tree = NamedLosses.Get(name).Schedule();
        Assert.Equal(expected, string.Join(",", tree.Items.OfType<Loop>().Select(root => tree.VectorAxes[root].Name)));
    }

    [Theory]
    [InlineData("z float[n, c{0}]; y int[n]{1}", "mean[n](-log_softmax[c](z)[c: y])", "c")]
    [InlineData("a float[n, d{0}]; b float[m, d{0}]{1}", "mean(logsumexp[m](sum[d](a * b)))", "d")]
    [InlineData("a float[n, w{0}]{1}", "mean(abs(a[w: w + 1] - a))", "w")]
    public void SizesFixedInAxes_ChangeNoLoops(string parameters, string formula, string axis) => Assert.Equal(
        ScheduledLoss.Of(string.Format(CultureInfo.InvariantCulture, parameters, "", $"; {axis} int"), formula).Compact(),
        ScheduledLoss.Of(string.Format(CultureInfo.InvariantCulture, parameters, " = 128", ""), formula).Compact());

    // The derivative of a mean of inner sums needs no loop over all terms of its own.
    [Fact]
    public void SumsOfSums_AreTakenOfThose() =>
        Assert.DoesNotContain(ScheduledLoss.Of("x float[n, d]; d int", "mean(sum[d](exp(x))^2) + sum(exp(x))", withGradient: false).Nodes(), n => n.IsReduction(ReductionKind.Sum) && n.Reduction.Ranges.Length > 1);

    [Fact]
    public void Lines_ShowFormulasAndStorage() => Assert.Equal(
        """
        for n
          for c (lanes)
            peak1 = peak[c](z)
          for c (lanes)
            sum1 = sum[c](exp(z - ((peak1 == -inf) ? 0 : peak1)))
          sum2 = sum[n]((z[n, label] - ((peak1 == -inf) ? 0 : peak1)) - ((((peak1 == -inf) ? 0 : peak1) == inf) ? 0 : log(sum1)))
        loss = -(sum2 * (1 / size(n)))

        """,
        NamedLosses.Get("ce value").Lines());
}
