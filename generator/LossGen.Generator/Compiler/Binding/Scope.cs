using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <summary>What a name means in a formula.</summary>
/// <param name="kind">How messages call it: "a parameter".</param>
internal abstract class ScopeEntry(string kind)
{
    public string Kind { get; } = kind;

    /// <summary>Whether the formula speaks of it.</summary>
    public bool IsUsed { get; set; }
}

/// <summary>A parameter, a binding, or a function's own parameter; without value when that was in error and has been reported.</summary>
internal sealed class ValueEntry(string kind, Node? value) : ScopeEntry(kind)
{
    public Node? Value { get; } = value;
}

/// <summary>A function of the formula, with the names that it sees.</summary>
internal sealed class FunctionEntry(FunctionSyntax syntax, ImmutableDictionary<string, ScopeEntry> names, bool isErroneous) : ScopeEntry("a function")
{
    public FunctionSyntax Syntax { get; } = syntax;

    public ImmutableDictionary<string, ScopeEntry> Names { get; } = names;

    /// <summary>Whether its definition is in error and has been reported.</summary>
    public bool IsErroneous { get; } = isErroneous;
}

/// <summary>
/// An axis. In an expanded loss one name may stand for any number of the caller's axes;
/// without axes when it was in error and has been reported.
/// </summary>
internal sealed class AxisEntry(ImmutableArray<Axis> axes, bool standsForAny = false, bool hasSizeParameter = false) : ScopeEntry("an axis")
{
    public ImmutableArray<Axis> Axes { get; } = axes;

    public AxisSet Set { get; } = AxisSet.Of(axes);

    /// <summary>Whether it is the <c>i</c> of spans without <c>[Axes]</c> in an expanded loss.</summary>
    public bool StandsForAny { get; } = standsForAny;

    /// <summary>Whether an int parameter of this name gives its size.</summary>
    public bool HasSizeParameter { get; } = hasSizeParameter;

    public bool IsErroneous => Axes.IsEmpty && !StandsForAny;
}

/// <summary>The span that receives the result.</summary>
internal sealed class ResultEntry() : ScopeEntry("the result span");

/// <summary>An <c>out</c> parameter whose binding has not come yet.</summary>
internal sealed class PartEntry() : ScopeEntry("an out parameter");
