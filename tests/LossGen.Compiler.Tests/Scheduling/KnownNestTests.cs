using LossGen.Compiler.Scheduling;
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

    [Fact]
    public void DiceAndCrossEntropyOfPictures_NeedTwoPassesOverMemory() => Assert.Equal(
        "n{ h{ w strips{ c{ w{peak1[w]; sum1[w]} }; c{ w{kept1 -> zGradient; sum2[n, h, w]} }; w{kept2[n, h, w]; sum3}; c{ w{sum4[c]; sum5[c]} } } } }; "
        + "c{kept3[c]; kept4[c]}; n{ h{ w strips{ c{ w{kept5[c, w]; sum6[w]} }; w{kept6[w]}; c{ w{zGradient} } } } }; c{sum7}; loss",
        NamedLosses.Get("segmentation").Compact());

    [Fact]
    public void TripletOfAFormula_IsOneNest() => Assert.Equal("n{ d{sum1}; d{aGradient; pGradient; qGradient}; sum2 }; loss", NamedLosses.Get("triplet").Compact());

    [Fact]
    public void TwoViews_HaveNoCopiesOfTheirGradients()
    {
        LoopTree tree = NamedLosses.Get("two views").Schedule();
        Assert.DoesNotContain(tree.Statements, s => s.Path.Length > 0 && s.Reduced.Contains(s.Path[0].Axis) && s.AccumulatorAxes.Length > 0);

        // What is multiplied by rows of features is computed in lanes, once.
        Assert.Equal(4, tree.Statements.Count(s => s.Kind == StatementKind.Materialize && s.StorageAxes.Length == 2 && s.StorageAxes.All(a => LoopOrder.Origin(a).Name == "n")));
    }

    [Fact]
    public void TemporalClassification_TakesTheSoftmaxInsideOfItsRecurrence() => Assert.Equal(
        "n{ l{symbol[l]; kept1[l]}; t{ c{peak1}; c{kept2 -> zGradient; sum1[t]}; l{kept3[t, l]; kept4[t, l]; kept5[t, l]; kept6[t, l]; alpha[t, l]} }; "
        + "sum2; t descending{ l{scan1[l]; kept7[l]; kept8[l]; kept9[l]; scatter1[c]; sum3}; l{scan2[t, l]}; c{zGradient} } }; loss",
        NamedLosses.Get("ctc").Compact());

    [Fact]
    public void TemporalClassificationInTwoParts_DoesSoToo() =>
        Assert.Matches(@"^n\{ l\{symbol\[l\]; kept1\[l\]\}; t\{ c\{peak1\}; c\{kept2 -> zGradient; sum1\[t\]\}; l\{[^}]*nats\[t, l\]; rest\[t, l\]\} \}; sum2; t descending\{ l\{[^}]*scatter1\[c\]; sum3\}; l\{[^}]*\}; c\{zGradient\}[^}]*\} \}; loss$", NamedLosses.Get("ctc in two parts").Compact());

    [Fact]
    public void ForwardAlgorithm_KeepsWhatItsStepsReduce() => Assert.Equal(
        "n{ t{ r{ s{peak1[n, t, s]} }; r{ s{sum1[n, t, s]} }; s{alpha[n, t, s]} }; s{peak2}; s{sum2}; s{kept1[s]}; "
        + "t descending{ s{scan1[n, t, s]}; r{ s{sum3}; kept2[r] }; s{scan2[t, s]; eGradient} }; sum4 }; r{ n{ t{ s{sum5[s]} } }; s{stepGradient} }; loss",
        NamedLosses.Get("forward algorithm").Compact());

    [Theory]
    [InlineData("recurrence", "n{ t{e[t]}; t descending{sum1; scan1; scan2[t]; xGradient} }; loss")]
    [InlineData("recurrence value", "n{ t{e[t]; sum1} }; loss")]
    [InlineData("returns", "n{ t descending{scan1[t]; sum1; vGradient} }; loss")]
    [InlineData("last state", "n{ t{a[t]}; t descending{scan1; scan2[t]; xGradient}; sum1 }; loss")]
    [InlineData("opposite recurrences", "n{ t{a[t]}; t descending{b[t]; scan1[t]; scan2[t]}; t{c[t]; sum1; scan3[t]; scan4[t]}; t descending{scan5; scan6[t]; xGradient} }; loss")]
    public void Recurrences_AreOneLoopForEachDirection(string name, string nest) => Assert.Equal(nest, NamedLosses.Get(name).Compact());

    [Fact]
    public void WhatAStepReduces_IsKeptForTheGradient() => Assert.Equal(
        "n{ t{ s{peak1}; s{kept1 -> xGradient; sum1[t]; max1[t]}; s{a[t, s]} }; t descending{ s{scan1[s]; sum2; sum3}; s{sum4; scan2[t, s]; xGradient} } }; loss",
        NamedLosses.Get("softmax inside").Compact());
}
