using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;

namespace LossGen.Compiler.Syntax;

/// <summary>
/// An expression as it was written. No tree is deeper than <see cref="FormulaParser.DepthLimit"/>, so passes may recurse.
/// </summary>
/// <param name="Span">All of its characters; parentheses around it do not belong to it.</param>
internal abstract record ExpressionSyntax(TextSpan Span)
{
    /// <summary>The number of levels of the tree from here down.</summary>
    public virtual int Height => 1;

    private protected static int HeightOver(ImmutableArray<ExpressionSyntax> children)
    {
        int highest = 0;
        foreach (ExpressionSyntax child in children) highest = Math.Max(highest, child.Height);
        return highest + 1;
    }
}

/// <summary>Stands where an expression is missing or wrong. It was reported, so later stages stay silent about it.</summary>
internal sealed record ErrorSyntax(TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A number.</summary>
/// <param name="Span">Its characters.</param>
/// <param name="Value">The nearest double.</param>
/// <param name="IsInteger">Whether it was written without point and exponent and is exact as a 64-bit integer and as a double.</param>
internal sealed record NumberSyntax(TextSpan Span, double Value, bool IsInteger) : ExpressionSyntax(Span);

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed record BooleanSyntax(TextSpan Span, bool Value) : ExpressionSyntax(Span);

/// <summary><c>pi</c> or <c>inf</c>.</summary>
internal sealed record NamedConstantSyntax(TextSpan Span, string Name, double Value) : ExpressionSyntax(Span);

/// <summary>A bare name: a parameter, a binding, or an axis as a position.</summary>
internal sealed record NameSyntax(TextSpan Span, string Name) : ExpressionSyntax(Span);

/// <summary><c>(a, b)</c>: the several states of a scan; at least two items.</summary>
internal sealed record TupleSyntax(TextSpan Span, ImmutableArray<ExpressionSyntax> Items) : ExpressionSyntax(Span)
{
    public override int Height { get; } = HeightOver(Items);
}

/// <summary><c>-a</c> or <c>!a</c>.</summary>
internal sealed record UnarySyntax(TextSpan Span, UnaryOperator Operator, ExpressionSyntax Operand) : ExpressionSyntax(Span)
{
    public override int Height { get; } = Operand.Height + 1;
}

/// <summary><c>a + b</c> and every other infix operator.</summary>
internal sealed record BinarySyntax(
    TextSpan Span, BinaryOperator Operator, TextSpan OperatorSpan, ExpressionSyntax Left, ExpressionSyntax Right) : ExpressionSyntax(Span)
{
    public override int Height { get; } = Math.Max(Left.Height, Right.Height) + 1;
}

/// <summary><c>condition ? whenTrue : whenFalse</c>.</summary>
internal sealed record ConditionalSyntax(
    TextSpan Span, ExpressionSyntax Condition, ExpressionSyntax WhenTrue, ExpressionSyntax WhenFalse) : ExpressionSyntax(Span)
{
    public override int Height { get; } = Math.Max(Condition.Height, Math.Max(WhenTrue.Height, WhenFalse.Height)) + 1;
}

/// <summary><c>target[axis: index, …]</c>.</summary>
internal sealed record IndexSyntax(
    TextSpan Span, ExpressionSyntax Target, ImmutableArray<IndexArgumentSyntax> Arguments) : ExpressionSyntax(Span)
{
    public override int Height { get; } = Math.Max(Target.Height, HighestIndex(Arguments)) + 1;

    private static int HighestIndex(ImmutableArray<IndexArgumentSyntax> arguments)
    {
        int highest = 0;
        foreach (IndexArgumentSyntax argument in arguments) highest = Math.Max(highest, argument.Index.Height);
        return highest;
    }
}

/// <summary>One <c>axis: index</c> of an <see cref="IndexSyntax"/>.</summary>
internal sealed record IndexArgumentSyntax(string Axis, TextSpan AxisSpan, ExpressionSyntax Index);

/// <summary><c>name[axes](arguments)</c>: a built-in, a function of the formula, or another loss.</summary>
/// <param name="Span">From the name to the closing parenthesis.</param>
/// <param name="Name">The name without blanks, dots included for a qualified one: <c>Losses.Dice</c>.</param>
/// <param name="NameSpan">The characters of the name.</param>
/// <param name="Axes">The bracket's content; empty without a bracket.</param>
/// <param name="Arguments">The arguments; a <see cref="LambdaSyntax"/> stands only here.</param>
internal sealed record CallSyntax(
    TextSpan Span,
    string Name,
    TextSpan NameSpan,
    ImmutableArray<AxisArgumentSyntax> Axes,
    ImmutableArray<ExpressionSyntax> Arguments) : ExpressionSyntax(Span)
{
    public override int Height { get; } = HeightOver(Arguments);
}

/// <summary>One entry of a call's bracket: <c>n</c>, <c>-n</c>, or <c>n: b</c>.</summary>
/// <param name="Span">All of its characters.</param>
/// <param name="Reversed">Whether it has the minus: from the end.</param>
/// <param name="Name">The axis; in <c>n: b</c> the callee's.</param>
/// <param name="NameSpan">The characters of the name.</param>
/// <param name="CallerName">In <c>n: b</c> the caller's axis, else null.</param>
/// <param name="CallerSpan">The characters of the caller's axis; the name's own when there is none.</param>
internal sealed record AxisArgumentSyntax(
    TextSpan Span, bool Reversed, string Name, TextSpan NameSpan, string? CallerName, TextSpan CallerSpan);

/// <summary><c>prev =&gt; next</c> or <c>(pa, pb) =&gt; (na, nb)</c>: an argument of a call.</summary>
internal sealed record LambdaSyntax(
    TextSpan Span, ImmutableArray<DeclaredNameSyntax> Parameters, ExpressionSyntax Body) : ExpressionSyntax(Span)
{
    public override int Height { get; } = Body.Height + 1;
}

/// <summary>A name where it is introduced: a parameter of a function or lambda, or a scan's state.</summary>
internal sealed record DeclaredNameSyntax(string Name, TextSpan Span);
