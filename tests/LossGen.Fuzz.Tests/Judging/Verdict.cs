using System.Text.RegularExpressions;

namespace LossGen.Fuzz.Tests.Judging;

/// <summary>What came of one compiled formula at all of its shapes.</summary>
/// <param name="Failures">What is wrong, in words.</param>
/// <param name="Judged">Numbers that were compared.</param>
/// <param name="Unjudged">Numbers that say nothing: not finite in the oracle, or moved by rounding beyond all tolerance.</param>
internal sealed record Verdict(IReadOnlyList<string> Failures, int Judged, int Unjudged)
{
    public static Verdict Failed(string failure) => new([failure], 0, 0);

    public bool IsFailed => Failures.Count > 0;

    /// <summary>The word that tells one fault from another: an exception, a message of the compiler, or nothing where numbers differ.</summary>
    public string Fault => Failures.Count == 0 ? "" : Regex.Match(Failures[0], @"\w+Exception\b|\b(LOSS|CS)\d+").Value;
}
