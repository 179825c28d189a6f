using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Model;

namespace LossGen.Generator.Reading;

/// <summary>Collects what is wrong with a method; each subject is reported once, for its first mistake.</summary>
internal sealed class ProblemList
{
    private readonly ImmutableArray<LossProblem>.Builder _problems = ImmutableArray.CreateBuilder<LossProblem>();

    public bool IsEmpty => _problems.Count == 0;

    public EquatableArray<LossProblem> ToEquatable() => _problems.ToImmutable();

    public void AtMethod(DiagnosticRow row, params string[] arguments) => Add(row, ProblemTarget.Method, null, arguments);

    public void AtParameter(DiagnosticRow row, string parameter, params string[] arguments)
    {
        if (!_problems.Any(problem => problem.Parameter == parameter)) Add(row, ProblemTarget.Parameter, parameter, arguments);
    }

    private void Add(DiagnosticRow row, ProblemTarget target, string? parameter, string[] arguments) =>
        _problems.Add(new(row, target, default, parameter, ImmutableArray.Create(arguments)));
}
