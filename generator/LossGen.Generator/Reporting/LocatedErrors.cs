using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;
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
        if (errors is null) return new(ImmutableArray<LocatedProblem>.Empty);
        return new(errors.Problems
            .Where(problem => problem.Row != DiagnosticTable.RuntimeMismatch || errors == FirstMismatch(all))
            .Select(problem => new LocatedProblem(problem, locations.Locate(problem)))
            .ToImmutableArray());
    }

    // A fault of the whole project is said once, at one of its losses.
    private static LossErrors? FirstMismatch(ImmutableArray<LossErrors> all) => all
        .Where(loss => loss.Problems.Any(problem => problem.Row == DiagnosticTable.RuntimeMismatch))
        .OrderBy(loss => loss.HintName, StringComparer.Ordinal)
        .FirstOrDefault();
}
