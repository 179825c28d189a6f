using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <content>Reductions and what works along axes.</content>
internal sealed partial class FormulaBinder
{
    /// <summary>Axes with a size parameter whose name stood as a value, until something of that axis is seen to go with it.</summary>
    private readonly List<(Axis Axis, string Name, TextSpan Span)> _positionUses = new();

    /// <summary>Axes whose size the statement asks for by <c>size</c>: it means positions where it says the name.</summary>
    private readonly HashSet<string> _sizeUses = new(StringComparer.Ordinal);

    private Node? BindReduction(CallSyntax call)
    {
        int firstUse = _positionUses.Count;
        Node? operand = Bind(call.Arguments[0]);
        bool takesTruth = call.Name is "count" or "any" or "all";
        if (operand is not null && takesTruth) operand = ToTruth(operand, call.Arguments[0], $"as the argument of '{call.Name}'");
        if (BracketAxes(call, operand) is not { } axes || operand is null) return null;
        if (call.Axes.IsEmpty) axes = _context.VisibleAxes(operand);
        JudgePositions(firstUse, operand, axes);
        return ApartFromRecurrences(call, axes, operand) is { } apart ? Reduce(call.Name, apart.Axes, apart.Operand) : null;
    }

    private Node Reduce(string name, AxisSet axes, Node operand)
    {
        if (name is "any" or "all" && axes.IsEmpty) return operand;
        Node real = ToReal(operand);
        if (axes.IsEmpty) return name == "norm" ? _graph.Apply(Ops.Abs, real) : real;
        ReducedTerms terms = _terms.Over(axes, real);
        return name switch
        {
            "sum" or "count" => terms.Reduce(_graph, ReductionKind.Sum, real),
            "mean" => _graph.Divide(terms.Reduce(_graph, ReductionKind.Sum, real), terms.Count(_graph)),
            "prod" => terms.Reduce(_graph, ReductionKind.Product, real),
            "max" => terms.Reduce(_graph, ReductionKind.Max, real),
            "min" => terms.Reduce(_graph, ReductionKind.Min, real),
            "logsumexp" => terms.Reduce(_graph, ReductionKind.LogSumExp, real),
            "norm" => terms.Reduce(_graph, ReductionKind.Norm, real),
            "any" => _graph.Compare(Ops.Greater, terms.Reduce(_graph, ReductionKind.Max, real), _graph.Half),
            _ => _graph.Compare(Ops.Greater, terms.Reduce(_graph, ReductionKind.Min, real), _graph.Half),
        };
    }

    private Node? BindAlongAxis(CallSyntax call)
    {
        Node? operand = Bind(call.Arguments[0]);
        if (call.Axes.IsEmpty)
        {
            if (operand is null) return null;
            Axis? innermost = _graph.AxesOf(_context.VisibleAxes(operand)).LastOrDefault();
            _problems.Report(DiagnosticTable.AxisRequired, call.NameSpan, call.Name, innermost?.Name ?? "c");
            return null;
        }

        if (BracketAxes(call, operand) is not { } axes || operand is null) return null;
        Node real = ToReal(operand);
        if (ApartFromRecurrences(call, axes, real) is not var (reduced, terms)) return null;
        Node log = axes.IsEmpty ? _graph.Subtract(real, real) : _graph.Subtract(real, _terms.Over(reduced, terms).Reduce(_graph, ReductionKind.LogSumExp, terms));
        return call.Name == "softmax" ? _graph.Apply(Ops.Exp, log) : log;
    }

    /// <summary>The axes in a call's bracket, which must be its operand's; null when one is in error.</summary>
    private AxisSet? BracketAxes(CallSyntax call, Node? operand)
    {
        AxisSet axes = AxisSet.Empty;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        bool isSound = true;
        foreach (AxisArgumentSyntax argument in call.Axes)
        {
            if (argument.CallerName is not null)
            {
                _problems.Report(
                    DiagnosticTable.UnexpectedToken, argument.Span, $"'{TextOf(argument.Span)}'", "the name of an axis",
                    "only the call of a loss says which axis is which");
                isSound = false;
            }
            else if (argument.Reversed)
            {
                _problems.Report(DiagnosticTable.ReversedAxisNotAllowed, argument.Span, argument.Name, call.Name);
                isSound = false;
            }
            else if (!seen.Add(argument.Name))
            {
                _problems.Report(DiagnosticTable.AxisUsedTwice, argument.NameSpan, argument.Name, BracketOf(call));
                isSound = false;
            }
            else if (AxisNamed(argument.Name, argument.NameSpan) is not { } axis || (operand is not null && !CheckInOperand(call.Name, argument.Name, argument.NameSpan, axis, operand)))
            {
                isSound = false;
            }
            else if (operand is not null)
            {
                axes |= axis.Set & operand.Axes;
            }
        }

        return isSound ? axes : null;
    }

    private bool CheckInOperand(string function, string name, TextSpan span, AxisEntry axis, Node operand)
    {
        if (axis.StandsForAny || axis.Set.Overlaps(_context.VisibleAxes(operand))) return true;
        _problems.Report(DiagnosticTable.AxisNotInOperand, span, function, name, DescribeAxes(operand));
        return false;
    }

    private AxisEntry? AxisNamed(string name, TextSpan span)
    {
        if (_names.TryGetValue(name, out ScopeEntry? entry) && entry is AxisEntry axis)
        {
            axis.IsUsed = true;
            return axis.IsErroneous ? null : axis;
        }

        ReportUnknownAxis(name, span);
        return null;
    }

    private void ReportUnknownAxis(string name, TextSpan span)
    {
        // A missing name was reported where it is missing.
        if (name.Length == 0 || HasUnreadStatements || !_unknown.Add("[" + name)) return;
        List<string> known = AxisNames();
        string? near = Spelling.Nearest(name, known);
        string list = known.Count == 0 ? "none" : string.Join(", ", known);
        _problems.Report(DiagnosticTable.UnknownAxis, span, name, _signature.Name, list, ComesLater(name, span) ?? (near is null ? $"; declare another one before: \"axis {name} = …;\"" : $" (did you mean '{near}'?)"));
    }

    /// <summary>The axes in scope, those of the tensors first, then those that the formula has declared so far.</summary>
    private List<string> AxisNames() => _names
        .Where(p => p.Value is AxisEntry { IsErroneous: false })
        .OrderBy(p => ((AxisEntry)p.Value).Axes.Select(a => a.Index).DefaultIfEmpty(-1).First()).ThenBy(p => p.Key, StringComparer.Ordinal)
        .Select(p => p.Key).ToList();

    /// <summary>Binds the value of a statement, where every position must have met something of its axis.</summary>
    private Node? BindWhole(ExpressionSyntax expression)
    {
        Node? value = Bind(expression);
        if (value is not null) JudgePositions(0, value, value.Axes);
        ForgetPositions();
        return value;
    }

    private void ForgetPositions()
    {
        _positionUses.Clear();
        _sizeUses.Clear();
    }

    /// <summary>Warns about positions along axes that leave the expression here, when nothing else in it has that axis.</summary>
    private void JudgePositions(int firstUse, Node value, AxisSet leaving)
    {
        for (int i = _positionUses.Count - 1; i >= firstUse; i--)
        {
            (Axis axis, string name, TextSpan span) = _positionUses[i];
            if (!leaving.Contains(axis)) continue;
            _positionUses.RemoveAt(i);
            if (!IsReadAlong(value, axis) && !_sizeUses.Contains(name)) _problems.Report(DiagnosticTable.AxisAsPosition, span, name);
        }
    }

    private static bool IsReadAlong(Node value, Axis axis)
    {
        var seen = new HashSet<Node>();
        var pending = new Stack<Node>();
        pending.Push(value);
        while (pending.Count > 0)
        {
            Node node = pending.Pop();
            if (!node.Axes.Contains(axis) || !seen.Add(node)) continue;
            if (node.Is(Ops.Load)) return true;
            foreach (Node argument in node.Arguments) pending.Push(argument);
        }

        return false;
    }
}
