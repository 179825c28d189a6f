using System.Collections.Immutable;
using System.Globalization;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Tests.Syntax;

/// <summary>Writes a syntax tree as an S-expression on one line.</summary>
internal static class SyntaxDump
{
    public static string Of(FormulaSyntax formula) =>
        string.Join(" ", [.. formula.Statements.Select(Of), Of(formula.Result)]);

    public static string Of(StatementSyntax statement) => statement switch
    {
        BindingSyntax binding => $"(= {binding.Name} {Of(binding.Value)})",
        StatesSyntax states => $"(states {Names(states.Names)} {Of(states.Value)})",
        FunctionSyntax function => $"(def {function.Name} {Names(function.Parameters)} {Of(function.Body)})",
        LocalAxisSyntax axis => $"(axis {axis.Name} {Of(axis.Size)})",
        _ => "(error-statement)",
    };

    public static string Of(ExpressionSyntax expression) => expression switch
    {
        NumberSyntax { IsInteger: true } number => number.Value.ToString(CultureInfo.InvariantCulture) + "i",
        NumberSyntax number => number.Value.ToString(CultureInfo.InvariantCulture),
        BooleanSyntax truth => truth.Value ? "true" : "false",
        NamedConstantSyntax constant => constant.Name,
        NameSyntax name => name.Name,
        TupleSyntax tuple => $"(tuple {List(tuple.Items)})",
        UnarySyntax unary => $"({(unary.Operator == UnaryOperator.Negate ? "neg" : "not")} {Of(unary.Operand)})",
        BinarySyntax binary => $"({binary.Operator.Text()} {Of(binary.Left)} {Of(binary.Right)})",
        ConditionalSyntax conditional => $"(? {Of(conditional.Condition)} {Of(conditional.WhenTrue)} {Of(conditional.WhenFalse)})",
        IndexSyntax index => $"(at {Of(index.Target)} {string.Join(" ", index.Arguments.Select(a => $"{a.Axis}:{Of(a.Index)}"))})",
        CallSyntax { Axes.IsEmpty: true } call => $"(call {call.Name}{Arguments(call)})",
        CallSyntax call => $"(call {call.Name} [{string.Join(" ", call.Axes.Select(Of))}]{Arguments(call)})",
        LambdaSyntax lambda => $"(=> {Names(lambda.Parameters)} {Of(lambda.Body)})",
        _ => "(error)",
    };

    private static string Of(AxisArgumentSyntax axis) =>
        (axis.Reversed ? "-" : "") + axis.Name + (axis.CallerName is null ? "" : ":" + axis.CallerName);

    private static string Arguments(CallSyntax call) => string.Concat(call.Arguments.Select(a => " " + Of(a)));

    private static string List(ImmutableArray<ExpressionSyntax> items) => string.Join(" ", items.Select(Of));

    private static string Names(ImmutableArray<DeclaredNameSyntax> names) => "(" + string.Join(" ", names.Select(n => n.Name)) + ")";
}
