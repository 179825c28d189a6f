using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <content>Functions of the formula: checked where they are defined, expanded where they are called.</content>
internal sealed partial class FormulaBinder
{
    /// <summary>Looks up the names in a function's body, so that a function that is never called is checked too.</summary>
    private bool CheckFunction(FunctionSyntax function)
    {
        bool isSound = true;
        var parameters = new HashSet<string>(StringComparer.Ordinal);
        foreach (DeclaredNameSyntax parameter in function.Parameters)
        {
            if (parameter.Name.Length == 0 || parameters.Add(parameter.Name)) continue;
            _problems.Report(DiagnosticTable.NameAlreadyUsed, parameter.Span, parameter.Name, "a parameter");
            isSound = false;
        }

        var pending = new Stack<ExpressionSyntax>();
        pending.Push(function.Body);
        while (pending.Count > 0)
        {
            ExpressionSyntax expression = pending.Pop();
            isSound &= CheckNames(expression, function, parameters);
            foreach (ExpressionSyntax part in Parts(expression)) pending.Push(part);
        }

        return isSound;
    }

    private bool CheckNames(ExpressionSyntax expression, FunctionSyntax function, HashSet<string> parameters)
    {
        switch (expression)
        {
            case ErrorSyntax:
                return false;
            case CallSyntax call when call.Name == function.Name:
                _problems.Report(DiagnosticTable.RecursiveFunction, call.NameSpan, function.Name);
                return false;
            case CallSyntax call when !parameters.Contains(call.Name) && !IsCallable(call.Name):
                ReportUnknownFunction(call);
                return false;
            case NameSyntax name when name.Name == function.Name && !parameters.Contains(name.Name):
                ReportFunctionAsValue(name);
                return false;
            case NameSyntax name when !parameters.Contains(name.Name) && !_names.ContainsKey(name.Name):
                ReportUnknownName(name);
                return false;
            default:
                return true;
        }
    }

    private bool IsCallable(string name) =>
        BuiltInFunctions.Contains(name) || _refused.Contains(name) || (_names.TryGetValue(name, out ScopeEntry? entry) && entry is FunctionEntry) || LossCallOf(name) is not null;

    private Node? BindFunctionCall(CallSyntax call, FunctionEntry function)
    {
        ImmutableArray<DeclaredNameSyntax> parameters = function.Syntax.Parameters;
        function.IsUsed = true;
        if (!CheckNoBracket(call)) return null;
        if (call.Arguments.Length != parameters.Length)
        {
            string signature = $"{call.Name}({string.Join(", ", parameters.Select(p => p.Name))})";
            ReportArgumentCount(call, Wording.Arguments(parameters.Length), signature);
            return null;
        }

        if (BindArguments(call) is not { } arguments || function.IsErroneous) return null;
        ImmutableDictionary<string, ScopeEntry> names = function.Names;
        for (int i = 0; i < arguments.Length; i++)
        {
            names = names.SetItem(parameters[i].Name, new ValueEntry("a parameter", arguments[i]));
        }

        ImmutableDictionary<string, ScopeEntry> outer = _names;
        _names = names;
        try
        {
            return Blaming(call, () => Bind(function.Syntax.Body));
        }
        finally
        {
            _names = outer;
        }
    }

    /// <summary>Expands a call. While it runs, a formula that grows too large is the fault of the outermost call.</summary>
    private Node? Blaming(CallSyntax call, Func<Node?> expand)
    {
        if (_context.IsExpanding) return expand();
        (string Name, TextSpan Span) outer = _context.Current;
        _context.Current = (call.Name, call.Span);
        _context.IsExpanding = true;
        Node? value = expand();
        _context.IsExpanding = false;
        _context.Current = outer;
        return value;
    }

    private static IEnumerable<ExpressionSyntax> Parts(ExpressionSyntax expression) => expression switch
    {
        UnarySyntax unary => new[] { unary.Operand },
        BinarySyntax binary => new[] { binary.Left, binary.Right },
        ConditionalSyntax conditional => new[] { conditional.Condition, conditional.WhenTrue, conditional.WhenFalse },
        IndexSyntax index => index.Arguments.Select(a => a.Index).Prepend(index.Target),
        // The argument of size is the name of an axis, which binding the call looks up; a lambda has names of its own.
        CallSyntax call when call.Name != ReservedWords.Size => call.Arguments.Where(a => a is not LambdaSyntax),
        TupleSyntax tuple => tuple.Items,
        _ => Enumerable.Empty<ExpressionSyntax>(),
    };
}
