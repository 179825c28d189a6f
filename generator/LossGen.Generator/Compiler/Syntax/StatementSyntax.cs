using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;

namespace LossGen.Compiler.Syntax;

/// <summary>A statement before the result.</summary>
/// <param name="Span">All of its characters without the semicolon.</param>
internal abstract record StatementSyntax(TextSpan Span);

/// <summary><c>name = value</c>.</summary>
internal sealed record BindingSyntax(TextSpan Span, string Name, TextSpan NameSpan, ExpressionSyntax Value) : StatementSyntax(Span);

/// <summary><c>(a, b) = value</c>: the states of a scan.</summary>
internal sealed record StatesSyntax(
    TextSpan Span, ImmutableArray<DeclaredNameSyntax> Names, ExpressionSyntax Value) : StatementSyntax(Span)
{
    /// <summary>Stands for the values of a state that only the next values need.</summary>
    public const string Discard = "_";
}

/// <summary><c>name(parameters) = body</c>: expanded where it is called.</summary>
internal sealed record FunctionSyntax(
    TextSpan Span, string Name, TextSpan NameSpan, ImmutableArray<DeclaredNameSyntax> Parameters, ExpressionSyntax Body)
    : StatementSyntax(Span);

/// <summary><c>axis name = size</c>.</summary>
internal sealed record LocalAxisSyntax(TextSpan Span, string Name, TextSpan NameSpan, ExpressionSyntax Size) : StatementSyntax(Span);

/// <summary>Stands for an expression in a statement's place. It was reported.</summary>
internal sealed record ErrorStatementSyntax(TextSpan Span) : StatementSyntax(Span);
