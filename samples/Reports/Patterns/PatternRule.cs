namespace Reports.Patterns;

/// <summary>One row of the rule.</summary>
/// <param name="Pattern">What is found.</param>
/// <param name="Name">Its name in words.</param>
/// <param name="Condition">When it is found, in words.</param>
/// <param name="Meaning">What it says about the run, and what helps.</param>
/// <param name="Holds">The condition.</param>
/// <param name="Measured">What the condition looks at, with the figures of a run.</param>
public sealed record PatternRule(
    CurvePattern Pattern, string Name, string Condition, string Meaning, Func<CurveFacts, bool> Holds, Func<CurveFacts, string> Measured);
