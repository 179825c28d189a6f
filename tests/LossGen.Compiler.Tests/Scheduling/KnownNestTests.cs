using Xunit;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>The nests that an expert would write by hand.</summary>
public class KnownNestTests
{
    [Fact]
    public void MeanSquaredError_IsOnePass() => Assert.Equal("i{sum; xGradient}; loss", KnownLosses.MeanSquaredError().Compact());

    [Fact]
    public void RootMeanSquaredError_NeedsTwo() => Assert.Equal("i{sum}; i{xGradient}; loss", KnownLosses.RootMeanSquaredError().Compact());

    [Fact]
    public void BinaryCrossEntropy_IsOnePass() => Assert.Equal("i{sum; zGradient}; loss", KnownLosses.BinaryCrossEntropy().Compact());

    [Fact]
    public void DiceAndCrossEntropy_KeepsTheSigmoidInTheGradientBuffer() =>
        Assert.Equal("i{p -> zGradient; I; P; Y; B}; i{zGradient}; loss", KnownLosses.DiceAndCrossEntropy().Compact());

    [Fact]
    public void DiceAndCrossEntropyValue_IsOnePass() => Assert.Equal("i{I; P; Y; B}; loss", KnownLosses.DiceAndCrossEntropy(withGradient: false).Compact());

    [Fact]
    public void CrossEntropy_KeepsTheExponentialsInTheGradientBuffer() =>
        Assert.Equal("n{ c{m}; c{E -> zGradient; s}; c{zGradient}; total }; loss", KnownLosses.CrossEntropy().Compact());

    [Fact]
    public void WeightedCrossEntropy_SumsWeightsFirst() =>
        Assert.Equal("n{W}; n{ c{m}; c{E -> zGradient; s}; c{zGradient}; total }; loss", KnownLosses.WeightedCrossEntropy().Compact());

    [Fact]
    public void Triplet_IsOneNest() =>
        Assert.Equal("n{ d{near; far}; d{aGradient; pGradient; qGradient}; total }; loss", KnownLosses.Triplet().Compact());

    [Fact]
    public void ElasticRegression_IsOnePassForEachTensor() =>
        Assert.Equal("i{sum; xGradient}; j{l1; l2; wGradient}; loss", KnownLosses.ElasticRegression().Compact());
}
