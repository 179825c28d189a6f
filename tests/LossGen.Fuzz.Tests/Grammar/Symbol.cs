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

    public bool IsReal => Type is "real" or "float" or "double";
}

/// <summary>A name for a value: <c>t1 = …;</c>.</summary>
internal sealed class Binding(string name, Term value) : Symbol(name, value.Kind, value.Axes)
{
    public Term Value { get; } = value;
}

/// <summary>A parameter of a function, as if it had the axes that every argument has.</summary>
internal sealed class FunctionParameter(string name, Kind kind, ImmutableSortedSet<string> axes) : Symbol(name, kind, axes);

/// <summary>A function of the formula: <c>f1(u, v) = …;</c>. A term that calls it has this symbol beside its arguments.</summary>
internal sealed class Function(string name, ImmutableArray<FunctionParameter> parameters, Term body) : Symbol(name, body.Kind, body.Axes)
{
    public ImmutableArray<FunctionParameter> Parameters { get; } = parameters;

    public Term Body { get; } = body;

    /// <summary>The axes that the body may name: every argument has them.</summary>
    public ImmutableSortedSet<string> Required => Parameters.Aggregate(NoAxes, (axes, p) => axes.Union(p.Axes));
}
