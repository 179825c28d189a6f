using Xunit;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>The launches that an expert would write by hand: every root loop is one.</summary>
public class DeviceScheduleTests
{
    [Theory]
    [InlineData("dice+bce", "i{sum1; sum2; sum3; sum4}; loss; i{zGradient}")]
    [InlineData("triplet", "n{ d{sum1}; d{aGradient; pGradient; qGradient}; sum2 }; loss")]
    public void WhatIsElementwise_IsWrittenWhereItsSumsAre(string name, string nests) => Check(name, nests);

    [Theory]
    [InlineData("ce", "n{ c{peak1}; c{sum1}; c{zGradient}; sum2 }; loss")]
    [InlineData("kl", "n{ c{peak1}; c{sum1; peak2}; c{sum2; sum3}; c{sum4; zGradient} }; loss")]
    [InlineData("weighted ce", "n{ c{peak1[n]}; c{sum1[n]}; sum2; sum3 }; loss; n{ c{zGradient} }")]
    public void Rows_ComputeExponentialsAgain(string name, string nests) => Check(name, nests);

    [Theory]
    [InlineData("segmentation", "n{ h{ w{ c{peak1[n, h, w]}; c{sum1[n, h, w]}; kept1[n, h, w]; sum2 } } }; c{ n{ h{ w{sum3; sum4} } }; sum5; kept2[c]; kept3[c] }; loss; n{ h{ w{ c{sum6}; c{zGradient} } } }")]
    public void Pixels_AreItems(string name, string nests) => Check(name, nests);

    [Theory]
    [InlineData("correlation", "d{ e{ n{sum1}; sum2; kept1[d, e] } }; loss; n{ d{ e{sum3}; aGradient } }; n{ e{ d{sum4}; bGradient } }")]
    [InlineData("batch hard", "n{ m{ d{sum1[n, m]; sum2[n, m]} } }; n{ m{max1; min1}; m{sum3; sum4}; m{kept1[n, m]}; sum5 }; loss; n{ d{ m{sum6}; aGradient } }; d{ m{ n{sum7}; bGradient } }")]
    [InlineData("clip", "n{ m{ d{sum1[n, m]}; sum2 } }; n{ m{peak1[n]}; m{sum3}; sum4; kept1[n] }; m{ n{peak2}; n{sum5}; n{kept2[n, m]; sum6}; sum7 }; loss; scaleGradient; n{ d{ m{sum8}; aGradient } }; m{ d{ n{sum9}; bGradient } }")]
    public void Contractions_StandAlone_WithTheirFactorsStored(string name, string nests) => Check(name, nests);

    [Theory]
    [InlineData("ctc", "n{ t{ c{peak1[n, t]}; c{sum1[n, t]} } }; n{ t{ l{alpha[t, l]} }; t descending{ l{scan1[n, t, l]; kept1[l]; kept2[l]}; l{scan2[t, l]} }; sum2 }; loss; n{ t{ l{scatter1[c]; sum3}; c{zGradient} } }")]
    [InlineData("softmax inside", "n{ t{ s{peak1[n, t]}; s{sum1[n, t]; max1[n, t]}; s{a[n, t, s]; sum2} } }; loss; n{ t{ s{sum3[n, t]} } }; n{ t descending{ s{scan1[s]; sum4}; s{scan2[t, s]; xGradient} } }")]
    [InlineData("cox", "t descending{scan1[t]}; t{sum1; sum2}; loss; t{scan2[t]; scan3[t]}; t{zGradient}")]
    public void Recurrences_HaveOnlyWhatTheyCarry(string name, string nests) => Check(name, nests);

    [Theory]
    [InlineData("variance", "n{ d{sum1[d]} }; n{ d{sum2[d]} }; d{sum3}; loss; n{ d{sum4[d]} }; n{ d{zGradient} }")]
    public void SumsOfColumns_AccumulateRowsOfMemory(string name, string nests) => Check(name, nests);

    /// <summary>No inner product of each row with its own label's, whose gradient would be a scatter.</summary>
    [Theory]
    [InlineData("infonce", "n{ m{ d{sum1[n, m]} } }; n{ m{peak1}; m{sum2}; m{kept1[n, m]}; sum3 }; loss; n{ d{ m{sum4}; aGradient } }; d{ m{ n{sum5}; bGradient } }")]
    public void WhatIsThereForAllPairs_IsRead(string name, string nests) => Check(name, nests);

    private static void Check(string name, string nests) => Assert.Equal(nests, NamedLosses.Get(name).CompactForDevices());
}
