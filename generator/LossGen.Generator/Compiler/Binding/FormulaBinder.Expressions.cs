using System.Globalization;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <content>Names, literals and operators.</content>
internal sealed partial class FormulaBinder
{
    private Node? Bind(ExpressionSyntax expression)
    {
        _context.Step();
        Node? value = BindExpression(expression);
        if (value is not null && _caller is null && !Places.ContainsKey(value)) Places.Add(value, expression.Span);
        return value;
    }

    private Node? BindExpression(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case NumberSyntax number:
                return number.IsInteger ? _graph.Integer((long)number.Value) : _graph.Constant(number.Value);
            case BooleanSyntax boolean:
                return _graph.Truth(boolean.Value);
            case NamedConstantSyntax constant:
                return _graph.Constant(constant.Value);
            case NameSyntax name:
                return BindName(name);
            case UnarySyntax unary:
                return BindUnary(unary);
            case BinarySyntax binary:
                return BindBinary(binary);
            case ConditionalSyntax conditional:
                return BindConditional(conditional.Condition, conditional.WhenTrue, conditional.WhenFalse, "before '?'");
            case IndexSyntax index:
                return BindIndex(index);
            case CallSyntax call:
                return BindCall(call);
            case TupleSyntax tuple:
                _problems.Report(DiagnosticTable.StrayTuple, tuple.Span, tuple.Items.Length.ToString(CultureInfo.InvariantCulture));
                return null;
            default:
                return null;
        }
    }

    private Node? BindName(NameSyntax name)
    {
        if (!_names.TryGetValue(name.Name, out ScopeEntry? entry))
        {
            ReportUnknownName(name);
            return null;
        }

        entry.IsUsed = true;
        switch (entry)
        {
            case ValueEntry value:
                return value.Value;
            case AxisEntry axis:
                return BindPosition(name, axis);
            case FunctionEntry:
                ReportFunctionAsValue(name);
                return null;
            case ResultEntry:
                _problems.Report(DiagnosticTable.NameNotAValue, name.Span, name.Name, entry.Kind, "it receives what the formula ends with");
                return null;
            default:
                _problems.Report(
                    DiagnosticTable.NameNotAValue, name.Span, name.Name, entry.Kind, $"bind it before it is used: \"{name.Name} = …;\"");
                return null;
        }
    }

    private Node? BindPosition(NameSyntax name, AxisEntry axis)
    {
        if (axis.IsErroneous) return null;
        if (axis.Axes.Length != 1)
        {
            ReportUnsupported(name.Span, "Positions along the axes of an argument are", "declare the parameter's axes with [Axes]");
            return null;
        }

        if (axis.HasSizeParameter && !_positionUses.Contains((axis.Axes[0], name.Name, name.Span))) _positionUses.Add((axis.Axes[0], name.Name, name.Span));
        return _graph.Position(axis.Axes[0]);
    }

    private Node? BindUnary(UnarySyntax unary)
    {
        Node? operand = Bind(unary.Operand);
        if (operand is null) return null;
        return unary.Operator == UnaryOperator.Negate
            ? Negate(operand)
            : ToTruth(operand, unary.Operand, "after '!'") is { } truth ? _graph.Not(truth) : null;
    }

    private Node? BindBinary(BinarySyntax binary)
    {
        Node? left = Bind(binary.Left);
        Node? right = Bind(binary.Right);
        if (left is null || right is null) return null;
        if (binary.Operator.IsLogical())
        {
            string place = $"beside '{binary.Operator.Text()}'";
            if (ToTruth(left, binary.Left, place) is not { } first || ToTruth(right, binary.Right, place) is not { } second) return null;
            return binary.Operator == BinaryOperator.And ? _graph.And(first, second) : _graph.Or(first, second);
        }

        return binary.Operator switch
        {
            BinaryOperator.Add => Add(left, right),
            BinaryOperator.Subtract => Subtract(left, right),
            BinaryOperator.Multiply => Multiply(left, right),
            BinaryOperator.Divide => _graph.Divide(ToReal(left), ToReal(right)),
            BinaryOperator.Power => _graph.Apply(Ops.Power, ToReal(left), ToReal(right)),
            _ => Compare(Comparison(binary.Operator), left, right),
        };
    }

    private Node? BindConditional(ExpressionSyntax condition, ExpressionSyntax whenTrue, ExpressionSyntax whenFalse, string place)
    {
        Node? test = Bind(condition);
        Node? first = Bind(whenTrue);
        Node? second = Bind(whenFalse);
        if (test is null || ToTruth(test, condition, place) is not { } truth || first is null || second is null) return null;
        return Select(truth, first, second);
    }

    /// <summary>A truth value as it stands; anything else is reported.</summary>
    private Node? ToTruth(Node value, ExpressionSyntax syntax, string place)
    {
        if (value.Type == Ir.ValueType.Truth) return value;
        _problems.Report(DiagnosticTable.TruthExpected, syntax.Span, TextOf(syntax.Span), Wording.Kind(value.Type), place);
        return null;
    }

    /// <summary>An integer as it stands; anything else is reported.</summary>
    private Node? ToInteger(Node value, ExpressionSyntax syntax, string place)
    {
        if (value.Type == Ir.ValueType.Integer) return value;
        _problems.Report(DiagnosticTable.IntegerIndexExpected, syntax.Span, TextOf(syntax.Span), Wording.Kind(value.Type), place);
        return null;
    }

    private void ReportUnknownName(NameSyntax name)
    {
        if (BuiltInFunctions.Contains(name.Name))
        {
            ReportFunctionAsValue(name);
            return;
        }

        // The statement that could not be read may have been the one that binds it. A name that is missing is missing once.
        if (HasUnreadStatements || !_unknown.Add(name.Name)) return;
        string? near = Spelling.Nearest(name.Name, _names.Where(p => p.Value is ValueEntry or AxisEntry).Select(p => p.Key));
        _problems.Report(
            DiagnosticTable.UnknownName, name.Span, name.Name,
            ComesLater(name.Name, name.Span) ?? (near is null ? "; declare it as a parameter or bind it before" : $" (did you mean '{near}'?)"));
    }

    private void ReportFunctionAsValue(NameSyntax name) =>
        _problems.Report(DiagnosticTable.NameNotAValue, name.Span, name.Name, "a function", $"call it: \"{name.Name}(…)\"");

    private static Op Comparison(BinaryOperator op) => op switch
    {
        BinaryOperator.Less => Ops.Less,
        BinaryOperator.LessOrEqual => Ops.LessOrEqual,
        BinaryOperator.Greater => Ops.Greater,
        BinaryOperator.GreaterOrEqual => Ops.GreaterOrEqual,
        BinaryOperator.Equal => Ops.Equal,
        _ => Ops.NotEqual,
    };
}
