namespace LossGen.Fuzz.Tests.Judging;

/// <summary>What came of one compiled formula at all of its shapes.</summary>
/// <param name="Failures">What is wrong, in words.</param>
/// <param name="Judged">Numbers that were compared.</param>
/// <param name="Unjudged">Numbers that say nothing: not finite in the oracle, or moved by rounding beyond all tolerance.</param>
internal sealed record Verdict(IReadOnlyList<string> Failures, int Judged, int Unjudged)
{
    public static Verdict Failed(string failure) => new([failure], 0, 0);

    public bool IsFailed => Failures.Count > 0;
}
