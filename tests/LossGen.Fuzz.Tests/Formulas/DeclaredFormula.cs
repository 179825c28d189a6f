using System.Collections.Immutable;
using LossGen.Cases;
using LossGen.Compiler;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Model;
using LossGen.Fuzz.Tests.Grammar;

namespace LossGen.Fuzz.Tests.Formulas;

/// <summary>A formula with the declaration that it needs: marks where a gradient exists, and size parameters where sizes cannot be solved.</summary>
/// <param name="Formula">The formula.</param>
/// <param name="Case">Its declaration.</param>
internal sealed record DeclaredFormula(Formula Formula, LossCase Case)
{
    private const int Rounds = 12;

    /// <summary>Asks the compiler's front end, which says what is missing; null with its message where nothing helps.</summary>
    public static DeclaredFormula? Of(Formula formula, string name, out string problem)
    {
        ImmutableHashSet<string> marks = formula.Marks.Intersect(formula.Parameters.Where(p => p.IsReal).Select(p => p.Text));
        ImmutableArray<string> sizes = GivenSizes(formula);
        problem = "nothing to differentiate by";
        for (int round = 0; round < Rounds && !marks.IsEmpty; round++)
        {
            LossCase loss = Declare(formula, name, marks, sizes);
            LossSpec spec = CaseSpec.Of(loss, formula.Real, [.. formula.Callees.Select(c => c.Signature(formula.Real))]);
            LossProblem? error = LossCompiler.Check(spec, CancellationToken.None).FirstOrDefault(p => p.Row.Level == DiagnosticLevel.Error);
            if (error is null) return new DeclaredFormula(formula with { Marks = marks }, loss);
            if (error.Row == DiagnosticTable.GradientIdenticallyZero || error.Row == DiagnosticTable.DifferentiatedNotUsed) marks = marks.Remove(error.Arguments.First());
            else if (error.Row == DiagnosticTable.UnsolvableSize) sizes = sizes.Add(error.Arguments.Last());
            else
            {
                problem = $"{string.Format(System.Globalization.CultureInfo.InvariantCulture, error.Row.MessageFormat, [.. error.Arguments])}";
                return null;
            }
        }

        return null;
    }

    /// <summary>An axis of size 0 leaves the others without a length to find their size from: then all are given.</summary>
    private static ImmutableArray<string> GivenSizes(Formula formula)
    {
        string[] axes = [.. formula.Parameters.SelectMany(p => p.Axes).Concat(formula.Results?.Order ?? []).Distinct().Order(StringComparer.Ordinal)];
        bool isEmpty = formula.Shapes.Any(shape => axes.Any(axis => shape[axis] == 0));
        return isEmpty && axes.Length > 1 ? [.. axes.Where(axis => axis != "k" && (axis != "m" || !axes.Contains("n")))] : [];
    }

    private static LossCase Declare(Formula formula, string name, ImmutableHashSet<string> marks, ImmutableArray<string> sizes)
    {
        Parameter[] parameters = [.. formula.Parameters];
        ImmutableSortedSet<string> axes = parameters.Aggregate(Symbol.NoAxes, (all, p) => all.Union(p.Axes)).Union(formula.Results?.Order ?? []);
        string Axis(string axis) => axis == "k" ? "k = 3" : axis == "m" && axes.Contains("n") ? "m = n" : axis;
        string Axes(ImmutableArray<string> order) => order is ["i"] ? "[]" : $"[{string.Join(", ", order.Select(Axis))}]";
        IEnumerable<string> signature = parameters
            .Select(p => $"{p.Text}{(marks.Contains(p.Text) ? "!" : "")} {(p.IsStrided ? "tensor " : "")}{p.Type}{(p.Order is { } order ? Axes(order) : "")}{(p.Order is null ? " " : "")}{p.Values}")
            .Concat(formula.Results is { } each ? [$"to each {each.Type}{Axes(each.Order)}"] : [])
            .Concat(formula.Parts.Select(p => $"out {p.Text}"))
            .Concat(sizes.Select(s => $"{s} int"));

        // Positions along an axis may be all that is left of it.
        bool IsMeant(string axis) => axes.Contains(axis) || parameters.Any(p => p.Values == $": 0..{axis}");
        string[] shapes = [.. formula.Shapes.Select(s => string.Join(",", s.Where(a => IsMeant(a.Key)).Select(a => $"{a.Key}={a.Value}")))];
        string members = string.Join("\n", formula.Callees.Select(c => c.Member));
        return new LossCase(name, string.Join("; ", signature), formula.Text, shapes, members) { HasCurvature = formula.HasCurvature };
    }
}
