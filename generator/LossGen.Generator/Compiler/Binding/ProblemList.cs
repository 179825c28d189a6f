using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Binding;

/// <summary>The messages about one formula. A place has one error: the body of a function that is expanded twice is wrong once.</summary>
internal sealed class ProblemList
{
    private readonly List<LossProblem> _problems = new();
    private readonly HashSet<(ProblemTarget, TextSpan, string?)> _errorPlaces = new();

    public bool HasErrors => _errorPlaces.Count > 0;

    public IEnumerable<LossProblem> All => _problems;

    public void Report(DiagnosticRow row, TextSpan span, params string[] arguments) =>
        Report(row, ProblemTarget.Formula, span, null, arguments);

    public void ReportParameter(DiagnosticRow row, string parameter, params string[] arguments) =>
        Report(row, ProblemTarget.Parameter, default, parameter, arguments);

    public void ReportAxes(DiagnosticRow row, string parameter, TextSpan span, params string[] arguments) =>
        Report(row, ProblemTarget.Axes, span, parameter, arguments);

    public void ReportMethod(DiagnosticRow row, params string[] arguments) => Report(row, ProblemTarget.Method, default, null, arguments);

    private void Report(DiagnosticRow row, ProblemTarget target, TextSpan span, string? parameter, string[] arguments)
    {
        if (row.Level == DiagnosticLevel.Error && !_errorPlaces.Add((target, span, parameter))) return;
        var problem = new LossProblem(row, target, span, parameter, ImmutableArray.Create(arguments));
        if (!_problems.Contains(problem)) _problems.Add(problem);
    }
}
