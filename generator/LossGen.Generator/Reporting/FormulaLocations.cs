using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LossGen.Generator.Reporting;

/// <summary>
/// Maps the characters of a constant text to the literals it is made of: one literal, literals joined by <c>+</c>, and constants that
/// are declared in the same project.
/// </summary>
internal static class FormulaLocations
{
    // Constants that refer to each other in a circle are errors, but the transform sees them all the same.
    private const int MaxDepth = 32;

    public static ValueMap Map(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        SourceRange whole = SourceRange.Of(expression);
        ImmutableArray<ValueSegment>.Builder segments = ImmutableArray.CreateBuilder<ValueSegment>();
        int length = 0;
        Append(expression, model, segments, ref length, 0, cancellationToken);
        if (IsText(expression)) return new(whole, segments.ToImmutable());
        string? value = Constant(expression, model, cancellationToken);
        return value is null || value.Length != length ? new(whole, ImmutableArray<ValueSegment>.Empty) : new(whole, segments.ToImmutable());
    }

    private static void Append(
        ExpressionSyntax expression,
        SemanticModel model,
        ImmutableArray<ValueSegment>.Builder segments,
        ref int length,
        int depth,
        CancellationToken cancellationToken)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                Append(parenthesized.Expression, model, segments, ref length, depth + 1, cancellationToken);
                return;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when depth < MaxDepth:
                Append(sum.Left, model, segments, ref length, depth + 1, cancellationToken);
                Append(sum.Right, model, segments, ref length, depth + 1, cancellationToken);
                return;
            case LiteralExpressionSyntax literal when LiteralSegments.Read(literal.Token, length) is { } read:
                segments.AddRange(read);
                length += literal.Token.ValueText.Length;
                return;
            case IdentifierNameSyntax or MemberAccessExpressionSyntax
                when depth < MaxDepth && Initializer(expression, model, cancellationToken) is { } initializer:
                SemanticModel itsModel = initializer.SyntaxTree == model.SyntaxTree
                    ? model
                    : model.Compilation.GetSemanticModel(initializer.SyntaxTree);
                Append(initializer, itsModel, segments, ref length, depth + 1, cancellationToken);
                return;
        }

        string value = Constant(expression, model, cancellationToken) ?? "";
        if (value.Length == 0) return;
        segments.Add(new(length, value.Length, SourceRange.Of(expression), Piece: length, IsVerbatim: false));
        length += value.Length;
    }

    // What literals say needs no semantic model, which would bind the attribute after every edit.
    private static bool IsText(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => IsText(parenthesized.Expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression, Left: LiteralExpressionSyntax } sum => IsText(sum.Left) && IsText(sum.Right),
        LiteralExpressionSyntax literal => LiteralSegments.Read(literal.Token, 0) is not null,
        _ => false,
    };

    private static string? Constant(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetConstantValue(expression, cancellationToken).Value as string;

    // Constants of referenced assemblies have no syntax; the place that names them has to do.
    private static ExpressionSyntax? Initializer(ExpressionSyntax name, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetSymbolInfo(name, cancellationToken).Symbol is IFieldSymbol { IsConst: true } field
        && field.DeclaringSyntaxReferences.Length == 1
        && field.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer: { } initializer }
            ? initializer.Value
            : null;
}
