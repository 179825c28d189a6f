using LossGen.Compiler.Scheduling;
using Xunit;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>The nests of value and derived gradient.</summary>
public class DifferentiatedNestTests
{
    [Fact]
    public void CrossEntropy_KeepsTheExponentialsInTheGradientBuffer() =>
        Assert.Equal("n{ c{peak1}; c{kept1 -> zGradient; sum1}; c{zGradient}; sum2 }; loss", DifferentiatedLosses.CrossEntropy().Compact());

    [Fact]
    public void CrossEntropyValue_KeepsNothing() =>
        Assert.Equal("n{ c{peak1}; c{sum1}; sum2 }; loss", DifferentiatedLosses.CrossEntropy(withGradient: false).Compact());

    [Fact]
    public void FocalLoss_IsOneNest() =>
        Assert.Equal("n{ c{peak1}; c{kept1 -> zGradient; sum1}; c{zGradient}; sum2 }; loss", DifferentiatedLosses.FocalLoss().Compact());

    [Fact]
    public void WeightedCrossEntropy_SumsWeightsInACheapPass() => Assert.Equal(
        "n{sum1}; n{ c{peak1}; c{kept1 -> zGradient; sum2}; c{zGradient}; sum3 }; loss", DifferentiatedLosses.WeightedCrossEntropy().Compact());

    [Fact]
    public void DiceAndCrossEntropy_ReadsOneExponentialTwice()
    {
        LoopTree tree = DifferentiatedLosses.DiceAndCrossEntropy().Schedule();
        Assert.Equal(2, tree.Items.OfType<Loop>().Count());
        Statement kept = Assert.Single(tree.Statements, s => s.Kind == StatementKind.Materialize);
        Assert.Equal("zGradient", kept.Alias?.Name);
    }

    [Fact]
    public void Triplet_IsOneNest() =>
        Assert.Equal("n{ d{sum1; sum2}; d{aGradient; pGradient; qGradient}; sum3 }; loss", DifferentiatedLosses.Triplet().Compact());

    [Fact]
    public void Segmentation_KeepsRowsAlongTheContiguousAxis() => Assert.Equal(
        "n{ h{ c{ w{peak1[w]} }; c{ w{kept1 -> zGradient; sum1[n, h, w]} }; w{sum2}; c{ w{sum3[c]; sum4[c]; sum5[c]} } } }; "
        + "n{ h{ c{ w{kept2[c, w]; sum6[w]} }; c{ w{zGradient} } } }; c{sum7}; loss",
        DifferentiatedLosses.SegmentationDiceAndCrossEntropy().Compact());

    [Theory]
    [InlineData("ce", "c")]
    [InlineData("segmentation", "w,w,c")]
    [InlineData("triplet", "d")]
    [InlineData("weighted ce", "n,c")]
    [InlineData("dice+bce", "i,i")]
    public void Lanes_RunAlongContiguousMemory(string name, string expected)
    {
        LoopTree tree = NamedLosses.All[name]().Schedule();
        Assert.Equal(expected, string.Join(",", tree.Items.OfType<Loop>().Select(root => tree.VectorAxes[root].Name)));
    }

    [Fact]
    public void Lines_ShowFormulasAndStorage() => Assert.Equal(
        """
        for n
          for c (lanes)
            peak1 = peak[c](z)
          for c (lanes)
            sum1 = sum[c](exp(z - ((abs(peak1) < inf) ? peak1 : 0)))
          sum2 = sum[n](z[n, label] - (((abs(peak1) < inf) ? peak1 : 0) + log(sum1)))
        loss = -(sum2 / real(size(n)))

        """,
        DifferentiatedLosses.CrossEntropy(withGradient: false).Lines());
}
