using LossGen.Compiler.Model;

namespace LossGen.Generator.Reporting;

/// <summary>Where a parameter and the text of its <c>[Axes]</c> stand.</summary>
internal sealed record ParameterLocations(string Name, SourceRange Declaration, ValueMap? Axes);

/// <summary>
/// Where everything that a message about one loss can point at stands. It travels in a pipeline of its own, so that moving a
/// declaration regenerates nothing.
/// </summary>
/// <param name="HintName">The loss it belongs to.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Formula">The formula's characters.</param>
/// <param name="Parameters">The parameters.</param>
internal sealed record LossLocations(
    string HintName, SourceRange Method, ValueMap Formula, EquatableArray<ParameterLocations> Parameters)
{
    /// <summary>The paths of the files in which they stand: constants may be elsewhere.</summary>
    public IEnumerable<string> Files =>
        Parameters.Select(parameter => parameter.Axes).Append(Formula).SelectMany(map => map?.Segments ?? EquatableArray<ValueSegment>.Empty)
            .Select(segment => segment.Range.Path).Append(Method.Path);

    /// <summary>The place that a message points at.</summary>
    public SourceRange Locate(LossProblem problem)
    {
        ParameterLocations? parameter = Parameters.FirstOrDefault(p => p.Name == problem.Parameter);
        return problem.Target switch
        {
            ProblemTarget.Formula => Formula.Locate(problem.Span),
            ProblemTarget.Parameter when parameter is not null => parameter.Declaration,
            ProblemTarget.Axes when parameter is not null => parameter.Axes?.Locate(problem.Span) ?? parameter.Declaration,
            _ => Method,
        };
    }
}
