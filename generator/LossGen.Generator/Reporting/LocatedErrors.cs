using System.Collections.Immutable;
using LossGen.Compiler.Model;

namespace LossGen.Generator.Reporting;

/// <summary>The errors of one loss, without places.</summary>
internal sealed record LossErrors(string HintName, EquatableArray<LossProblem> Problems);

/// <summary>An error and its place.</summary>
internal sealed record LocatedProblem(LossProblem Problem, SourceRange Range);

/// <summary>The errors of one loss with their places; empty for a loss without errors, however often it moves.</summary>
internal sealed record LocatedErrors(EquatableArray<LocatedProblem> Problems)
{
    public static LocatedErrors Of(LossLocations locations, ImmutableArray<LossErrors> all)
    {
        LossErrors? errors = all.FirstOrDefault(loss => loss.HintName == locations.HintName);
        ImmutableArray<LocatedProblem> located = errors is null
            ? ImmutableArray<LocatedProblem>.Empty
            : [.. errors.Problems.Select(problem => new LocatedProblem(problem, locations.Locate(problem)))];
        return new(located);
    }
}
