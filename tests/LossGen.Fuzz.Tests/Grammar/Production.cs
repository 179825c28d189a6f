using LossGen.Fuzz.Tests.Formulas;

namespace LossGen.Fuzz.Tests.Grammar;

/// <summary>
/// One row of the grammar: how a value of some kind is written with values of other kinds. In the text, <c>{0}</c>, <c>{1}</c> are arguments,
/// <c>{axes}</c> is the bracket, <c>{axis0}</c> its first axis, <c>{symbol}</c> the name of a leaf.
/// </summary>
/// <param name="name">Its name in the report of coverage.</param>
/// <param name="result">The kind of its value.</param>
/// <param name="text">How it is written.</param>
/// <param name="weight">How often it is drawn beside the others of its kind.</param>
/// <param name="arguments">The kinds of its arguments.</param>
internal sealed class Production(string name, Kind result, string text, int weight, params Kind[] arguments)
{
    public string Name { get; } = name;

    public Kind Result { get; } = result;

    public string Text { get; } = text;

    public int Weight { get; } = weight;

    public Kind[] Arguments { get; } = arguments;

    /// <summary>What it does to axes.</summary>
    public AxisRule Axes { get; init; } = AxisRule.Union;

    /// <summary>The loss that it calls.</summary>
    public Callee? Callee { get; init; }

    /// <summary>Whether an axis in the bracket must have positions, and the value be defined at all of them: a pick of a position throws without.</summary>
    public bool NeedsPositions { get; init; }

    /// <summary>Whether its value may lack positions along the axes in the bracket: a shift.</summary>
    public bool MayLackPositions { get; init; }

    /// <summary>Whether it goes along an axis from position to position.</summary>
    public bool Accumulates => Text.StartsWith("scan", StringComparison.Ordinal) || Text.StartsWith("cum", StringComparison.Ordinal);

    /// <summary>Whether it sorts, which recurrences do not do inside.</summary>
    public bool Sorts { get; init; }

    /// <summary>For what a kind and axes do not say: makes the term itself, or null where it cannot.</summary>
    public Func<TermMaker, Production, Wanted, Term?>? Make { get; init; }
}

/// <summary>What is asked of a term: a kind, the axes that it may have, and about how many productions it may take.</summary>
internal sealed record Wanted(Kind Kind, System.Collections.Immutable.ImmutableSortedSet<string> Axes, int Budget);
