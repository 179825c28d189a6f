using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <content>Calls: which of functions, built-ins and losses a name means, and the element-wise built-ins.</content>
internal sealed partial class FormulaBinder
{
    private Node? BindCall(CallSyntax call)
    {
        if (call.Name != ReservedWords.Scan && call.Arguments.FirstOrDefault(a => a is LambdaSyntax) is { } lambda)
        {
            _problems.Report(DiagnosticTable.LambdaNotExpected, lambda.Span, call.Name);
            return null;
        }

        if (_refused.Contains(call.Name))
        {
            BindArguments(call);
            return null;
        }

        if (_names.TryGetValue(call.Name, out ScopeEntry? entry) && entry is FunctionEntry function) return BindFunctionCall(call, function);
        if (BuiltInFunctions.Find(call.Name) is { } builtIn) return BindBuiltIn(call, builtIn);
        if (LossCallOf(call.Name) is { } loss) return BindLossCall(call, loss);
        ReportUnknownFunction(call);
        // Its arguments may hold mistakes of their own.
        BindArguments(call);
        return null;
    }

    private Node? BindBuiltIn(CallSyntax call, BuiltInFunction function)
    {
        if (call.Arguments.Length < function.Least || call.Arguments.Length > function.Most)
        {
            ReportArgumentCount(call, Wording.Arguments(function.Least, function.Most), function.Signature);
            return null;
        }

        switch (function.Form)
        {
            case BuiltInForm.Size:
                return BindSize(call);
            case BuiltInForm.Reduction:
                return BindReduction(call);
            case BuiltInForm.Extreme when call.Arguments.Length == 1:
                return BindReduction(call);
            case BuiltInForm.Extreme when call.Axes.Length > 0:
                ReportArgumentCount(call, Wording.Arguments(1), $"{call.Name}{BracketOf(call)}(e)");
                return null;
            case BuiltInForm.AlongAxis:
                return BindAlongAxis(call);
            case BuiltInForm.Scan:
                return BindScan(call, states: 1)?[0];
            case BuiltInForm.Cumulative:
                return BindCumulative(call);
            case BuiltInForm.Position:
                return BindPosition(call);
        }

        if (!CheckNoBracket(call)) return null;
        if (function.Form == BuiltInForm.Conditional)
        {
            return BindConditional(call.Arguments[0], call.Arguments[1], call.Arguments[2], $"as the first argument of '{call.Name}'");
        }

        if (BindArguments(call) is not { } arguments) return null;
        if (function.Form == BuiltInForm.Extreme) return Extreme(call.Name == "max", arguments[0], arguments[1]);
        if (function.Form == BuiltInForm.Integer)
        {
            string place = $"as an argument of '{call.Name}'";
            if (arguments.Where((a, i) => ToInteger(a, call.Arguments[i], place) is null).ToList().Count > 0) return null;
        }

        return function.Build!(this, _graph, arguments);
    }

    /// <summary>All arguments, or null when one of them is in error.</summary>
    private Node[]? BindArguments(CallSyntax call)
    {
        Node[] arguments = call.Arguments.Select(Bind).OfType<Node>().ToArray();
        return arguments.Length == call.Arguments.Length ? arguments : null;
    }

    private Node? BindSize(CallSyntax call)
    {
        if (!CheckNoBracket(call)) return null;
        ExpressionSyntax argument = call.Arguments[0];
        if (argument is ErrorSyntax) return null;
        if (argument is not NameSyntax name)
        {
            ReportUnknownAxis(TextOf(argument.Span), argument.Span);
            return null;
        }

        if (AxisNamed(name.Name, name.Span) is not { } axis) return null;
        _sizeUses.Add(name.Name);
        return axis.Axes
            .Select(a => _graph.Affine(a.Size))
            .Aggregate((Node?)null, (product, size) => product is null ? size : Multiply(product, size)) ?? _graph.Integer(1);
    }

    private bool CheckNoBracket(CallSyntax call)
    {
        if (call.Axes.IsEmpty) return true;
        _problems.Report(DiagnosticTable.NotAnAxisFunction, TextSpan.Covering(call.Axes[0].Span, call.Axes[call.Axes.Length - 1].Span), call.Name, BracketOf(call));
        return false;
    }

    private string BracketOf(CallSyntax call) => $"[{string.Join(", ", call.Axes.Select(a => TextOf(a.Span)))}]";

    private void ReportArgumentCount(CallSyntax call, string expected, string signature) => _problems.Report(
        DiagnosticTable.WrongArgumentCount, call.NameSpan, call.Name, Wording.Arguments(call.Arguments.Length), expected, signature);

    private void ReportUnknownFunction(CallSyntax call)
    {
        if (call.Name.Length == 0 || HasUnreadStatements || _refused.Contains(call.Name) || !_unknown.Add(call.Name + "(")) return;
        string advice;
        if (_names.TryGetValue(call.Name, out ScopeEntry? entry))
        {
            entry.IsUsed = true;
            advice = $"; it is {entry.Kind}, so write \"{call.Name} * (…)\" for a product";
        }
        else
        {
            IEnumerable<string> known = BuiltInFunctions.Names
                .Concat(_names.Where(p => p.Value is FunctionEntry).Select(p => p.Key))
                .Concat(_signature.Calls.Select(c => c.Name));
            advice = ComesLater(call.Name, call.NameSpan) ?? (ForeignNames.Advice(call.Name) is { } foreign ? $"; write {foreign}"
                : Spelling.Nearest(call.Name, known) is { } near ? $" (did you mean '{near}'?)" : "; define it before: f(x) = …");
        }

        _problems.Report(DiagnosticTable.UnknownFunction, call.NameSpan, call.Name, advice);
    }
}
