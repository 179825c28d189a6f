using LossGen.Fuzz.Tests.Grammar;

namespace LossGen.Fuzz.Tests.Formulas;

/// <summary>What a formula may have that no production says. The bounded run must bring up each of them, as it must each production.</summary>
/// <param name="Name">Its name in the report of coverage.</param>
/// <param name="Holds">Whether a formula has it.</param>
internal sealed record Trait(string Name, Func<Formula, bool> Holds)
{
    public static readonly Trait[] All =
    [
        new("a result for each position", f => f.Results is not null),
        new("results across the order of a tensor", f => f.Results is { } r && f.Parameters.Any(p => p.Order is { Length: > 1 } order && !order.SequenceEqual(r.Order) && order.Order().SequenceEqual(r.Order.Order()))),
        new("results in half precision", f => f.Results?.Type == "Half"),
        new("a gradient in half precision", f => f.Parameters.Any(p => p.Type == "Half" && f.Marks.Contains(p.Text))),
        new("curvature", f => f.HasCurvature),
        new("curvature of each result", f => f.HasCurvature && f.Results is not null),
        new("a tensor span", f => f.Parameters.Any(p => p.IsStrided)),
        new("a gradient in a tensor span", f => f.Parameters.Any(p => p.IsStrided && f.Marks.Contains(p.Text))),
        new("all pairs along an axis", f => f.UsedLocals.Any(a => a.Text.StartsWith("size", StringComparison.Ordinal))),
        new("a local axis of fixed size", f => f.UsedLocals.Any(a => a.Of is null)),
        new("a local axis of computed size", f => f.UsedLocals.Any(a => a.Of is not null && !a.Text.StartsWith("size", StringComparison.Ordinal))),
        new("a step that reduces its state", f => f.Terms.Any(t => t.Production.Axes.Leaves && t.Arguments.Any(a => a.Symbol is State))),
        new("a recurrence inside of a step", f => f.Terms.Any(t => t.Symbol is State && t.Arguments.Length == 2 && t.Arguments[1].Arguments.Any(a => a.Symbol is State && a.Arguments.Length == 2))),
    ];
}
