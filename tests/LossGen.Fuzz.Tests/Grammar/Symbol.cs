using System.Collections.Immutable;

namespace LossGen.Fuzz.Tests.Grammar;

/// <summary>What a term without arguments stands for.</summary>
internal abstract class Symbol(string text, Kind kind, ImmutableSortedSet<string> axes)
{
    public static readonly ImmutableSortedSet<string> NoAxes = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>What stands in the formula.</summary>
    public string Text { get; } = text;

    public Kind Kind { get; } = kind;

    public ImmutableSortedSet<string> Axes { get; } = axes;
}

/// <summary>A number, a truth value, a position or a size.</summary>
internal sealed class Literal(string text, Kind kind, params string[] axes) : Symbol(text, kind, NoAxes.Union(axes));

/// <summary>A parameter of the loss.</summary>
/// <param name="name">Its name.</param>
/// <param name="kind">What its values are.</param>
/// <param name="order">The axes as declared, outermost first; null for a scalar.</param>
/// <param name="type">Element type, as cases write it.</param>
/// <param name="values">The text of its values behind the type, as cases write it.</param>
internal sealed class Parameter(string name, Kind kind, ImmutableArray<string>? order, string type, string values)
    : Symbol(name, kind, NoAxes.Union(order ?? []))
{
    public ImmutableArray<string>? Order { get; } = order;

    public string Type { get; } = type;

    public string Values { get; } = values;

    /// <summary>Whether it is a tensor span, whose elements may lie anywhere.</summary>
    public bool IsStrided { get; init; }

    public bool IsReal => Type is "real" or "float" or "double" or "Half";
}

/// <summary>A name for a value: <c>t1 = …;</c>.</summary>
internal sealed class Binding(string name, Term value) : Symbol(name, value.Kind, value.Axes)
{
    public Term Value { get; } = value;
}

/// <summary>Inside of the step of a recurrence: the value at the position before.</summary>
internal sealed class State(string name, Kind kind, ImmutableSortedSet<string> axes) : Symbol(name, kind, axes);

/// <summary>A recurrence of several states: <c>(h1, h2) = scan[t]((…, …), (p1, p2) => (…, …));</c>.</summary>
/// <param name="bracket">The axis, with a sign where it runs from the end.</param>
/// <param name="axis">The axis.</param>
/// <param name="states">The states, as the steps name them.</param>
/// <param name="first">Their first values.</param>
/// <param name="next">Their steps.</param>
internal sealed class Recurrence(string bracket, string axis, ImmutableArray<State> states, ImmutableArray<Term> first, ImmutableArray<Term> next)
{
    public string Bracket { get; } = bracket;

    public string Axis { get; } = axis;

    public ImmutableArray<State> States { get; } = states;

    public ImmutableArray<Term> First { get; } = first;

    public ImmutableArray<Term> Next { get; } = next;

    /// <summary>The name of a result; the state in front of a step has another one.</summary>
    public string NameOf(int index) => "y" + States[index].Text;

    /// <summary>The statement without its semicolon.</summary>
    public override string ToString() =>
        $"({string.Join(", ", States.Select((_, i) => NameOf(i)))}) = scan[{Bracket}](({string.Join(", ", First)}), ({string.Join(", ", States.Select(s => s.Text))}) => ({string.Join(", ", Next)}))";
}

/// <summary>One of the results of a recurrence of several states.</summary>
internal sealed class RecurrenceResult(Recurrence recurrence, int index)
    : Symbol(recurrence.NameOf(index), recurrence.States[index].Kind, recurrence.First[index].Axes.Add(recurrence.Axis))
{
    public Recurrence Recurrence { get; } = recurrence;

    public int Index { get; } = index;
}

/// <summary>A parameter of a function, as if it had the axes that every argument has.</summary>
internal sealed class FunctionParameter(string name, Kind kind, ImmutableSortedSet<string> axes) : Symbol(name, kind, axes);

/// <summary>A function of the formula: <c>f1(u, v) = …;</c>. A term that calls it has this symbol beside its arguments.</summary>
internal sealed class Function(string name, ImmutableArray<FunctionParameter> parameters, Term body) : Symbol(name, body.Kind, body.Axes)
{
    public ImmutableArray<FunctionParameter> Parameters { get; } = parameters;

    public Term Body { get; } = body;

    /// <summary>Whether some axis must have positions in it, and then in its arguments.</summary>
    public bool NeedsPositions { get; } = HasPositions(body);

    /// <summary>The axes that the body may name: every argument has them.</summary>
    public ImmutableSortedSet<string> Required => Parameters.Aggregate(NoAxes, (axes, p) => axes.Union(p.Axes));

    private static bool HasPositions(Term term) =>
        term.Production.NeedsPositions || term.Arguments.Any(HasPositions) || term.Symbol is Function { NeedsPositions: true };
}
