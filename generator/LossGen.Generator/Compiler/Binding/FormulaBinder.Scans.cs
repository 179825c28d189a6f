using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <content>Recurrences: scans with one state or several, and the cumulative functions, which are scans of a known step.</content>
internal sealed partial class FormulaBinder
{
    /// <summary>The recurrences whose next value is being bound.</summary>
    private readonly List<Recurrence> _inside = new();

    /// <summary>What a scan is written of, once its form is right.</summary>
    private sealed record ScanParts(Axis Axis, bool IsReversed, ImmutableArray<ExpressionSyntax> Firsts, LambdaSyntax Step, ImmutableArray<ExpressionSyntax> Nexts);

    private void BindStates(StatesSyntax states)
    {
        ImmutableArray<Node>? values = states.Value is CallSyntax { Name: ReservedWords.Scan } call ? BindScan(call, states.Names.Length) : null;
        for (int k = 0; k < states.Names.Length; k++)
        {
            Node? value = values?[k];
            if (value is not null) JudgePositions(0, value, value.Axes);
            if (states.Names[k].Name == StatesSyntax.Discard) continue;
            if (Introduce(states.Names[k].Name, states.Names[k].Span, new ValueEntry("a binding", value)) && value is not null) ValueNames.Add(value, states.Names[k].Name);
        }

        ForgetPositions();
    }

    private ImmutableArray<Node>? BindScan(CallSyntax call, int states)
    {
        if (PartsOf(call, states) is not { } parts) return null;
        Node?[] bound = parts.Firsts.Select(Bind).ToArray();
        if (bound.Any(f => f is null)) return null;
        ImmutableArray<Node> firsts = bound.Select(f => ToReal(f!)).ToImmutableArray();

        // A state also varies along the axis of a recurrence around it, when its next value does: it is computed anew at each position there.
        // Which those are shows when it is bound: then it is bound again.
        AxisSet along = AxisSet.Empty;
        List<Recurrence> around = firsts.SelectMany(f => f.Open).Distinct().ToList();
        while (true)
        {
            Recurrence recurrence = _graph.NewRecurrence(parts.Axis, parts.IsReversed, firsts.Select(f => _graph.AxesOf((f.Axes | along) - AxisSet.Of(parts.Axis))), around);
            if (BindNexts(parts, recurrence) is not { } nexts) return null;
            AxisSet outer = AxisSet.Of(_inside.Select(r => r.Axis)) - along;
            AxisSet grown = nexts.Select((next, k) => next.Axes - new RecurrentState(recurrence, k).AllAxes).Aggregate((a, b) => a | b) & outer;
            List<Recurrence> used = nexts.SelectMany(n => n.Open).Where(r => !ReferenceEquals(r, recurrence)).Except(around).ToList();
            if (grown.IsEmpty && used.Count == 0) return Finish(call, parts, recurrence, firsts, nexts);
            along |= grown;
            around.AddRange(used);
        }
    }

    private ImmutableArray<Node>? BindNexts(ScanParts parts, Recurrence recurrence)
    {
        ImmutableDictionary<string, ScopeEntry> outer = _names;
        _inside.Add(recurrence);
        for (int k = 0; k < parts.Nexts.Length; k++)
        {
            var state = new RecurrentState(recurrence, k);
            Node previous = _graph.Previous(state);
            _names = _names.SetItem(parts.Step.Parameters[k].Name, new ValueEntry("a parameter", previous));
        }

        Node?[] nexts = parts.Nexts.Select(Bind).ToArray();
        _inside.RemoveAt(_inside.Count - 1);
        _names = outer;
        return nexts.Any(n => n is null) ? null : nexts.Select(n => ToReal(n!)).ToImmutableArray();
    }

    private ImmutableArray<Node>? Finish(CallSyntax call, ScanParts parts, Recurrence recurrence, ImmutableArray<Node> firsts, ImmutableArray<Node> nexts)
    {
        for (int k = 0; k < nexts.Length; k++)
        {
            Axis? grown = _graph.AxesOf(nexts[k].Axes - new RecurrentState(recurrence, k).AllAxes).FirstOrDefault();
            if (grown is not null)
            {
                _problems.Report(DiagnosticTable.ScanAxisGrows, parts.Nexts[k].Span, parts.Step.Parameters[k].Name, grown.Name);
                return null;
            }
        }

        if (nexts.Concat(firsts).SelectMany(n => n.Open).Any(r => !ReferenceEquals(r, recurrence) && ReferenceEquals(r.Axis, recurrence.Axis)))
        {
            ReportScanInItself(call, recurrence.Axis);
            return null;
        }

        if (!CheckReads(parts, recurrence, nexts)) return null;
        ImmutableArray<Node> scans = _graph.Scan(recurrence, nexts.Select((next, k) => _graph.Step(recurrence, firsts[k], next)).ToImmutableArray());
        for (int k = 0; k < scans.Length; k++)
            _context.ShowAxes(scans[k], AxisSet.Of(recurrence.Axis) | _context.VisibleAxes(firsts[k]) | _context.VisibleAxes(nexts[k]));
        return scans;
    }

    /// <summary>
    /// Whether a next value is defined at every position but the first, and at every position of its state: a recurrence cannot leave
    /// positions out, as each step would lose more of them.
    /// </summary>
    private bool CheckReads(ScanParts parts, Recurrence recurrence, ImmutableArray<Node> nexts)
    {
        bool isSound = true;
        var domain = new ReadDomain(_graph);
        for (int k = 0; k < nexts.Length; k++)
        {
            Node step = _graph.Step(recurrence, _graph.Zero, nexts[k]);
            AxisSet bound = AxisSet.Of(recurrence.Axis) | MovedAxes(recurrence, nexts);
            foreach (ReadCondition condition in domain.Of(step).Where(c => c.Form.Axes.Overlaps(bound)))
            {
                (TextSpan span, string axis, string index) = ReadOf(condition.Form, parts.Nexts[k].Span) ?? (parts.Nexts[k].Span, recurrence.Axis.Name, condition.Form.ToString());
                _problems.Report(DiagnosticTable.IndexCanLeaveAxis, span, TextOf(span), axis, index, "not always");
                isSound = false;
            }
        }

        return isSound;
    }

    private static AxisSet MovedAxes(Recurrence recurrence, ImmutableArray<Node> nexts) => AxisSet.Of(Reachability.Of(nexts)
        .Where(n => n.Is(Ops.Previous) && ReferenceEquals(n.State.Recurrence, recurrence))
        .SelectMany(n => n.State.Axes.Where((axis, i) => !(n[i + 1].Is(Ops.Affine) && ReferenceEquals(n[i + 1].Affine.PlainAxis, axis)))));

    /// <summary>Where the formula has the index that a condition is about; of an index that was moved by another one, what it became.</summary>
    private (TextSpan Span, string Axis, string Index)? ReadOf(AffineForm form, TextSpan next)
    {
        foreach ((Axis axis, Node index, TextSpan span) in _indexUses)
        {
            if (!index.Is(Ops.Affine)) continue;
            if (form.Equals(index.Affine) || form.Equals(axis.Size - AffineForm.One - index.Affine)) return (span, axis.Name, index.Affine.ToString());
        }

        foreach (Axis axis in _indexUses.Select(u => u.Axis).Where(a => !a.IsConstantSize))
        {
            AffineForm moved = axis.Size - AffineForm.One - form;
            if (moved.Terms.All(t => t.Symbol.Kind != SymbolKind.Size)) return (next, axis.Name, moved.ToString());
        }

        return null;
    }

    private ScanParts? PartsOf(CallSyntax call, int states)
    {
        if (OneAxis(call) is not { } along) return null;
        if (call.Arguments.Length != 2 || call.Arguments[1] is not LambdaSyntax step)
        {
            if (!call.Arguments.Any(a => a is ErrorSyntax)) _problems.Report(DiagnosticTable.ScanForm, call.NameSpan, along.Axis.Name);
            return null;
        }

        ImmutableArray<ExpressionSyntax> firsts = ItemsOf(call.Arguments[0]), nexts = ItemsOf(step.Body);
        if (firsts.Concat(nexts).Any(e => e is ErrorSyntax) || step.Parameters.Any(p => p.Name.Length == 0)) return null;
        if (firsts.Length != states || nexts.Length != states || step.Parameters.Length != states)
        {
            _problems.Report(
                DiagnosticTable.ScanStatesMismatch, call.NameSpan, Number(firsts.Length), Number(step.Parameters.Length), Number(nexts.Length), Number(states));
            return null;
        }

        foreach (DeclaredNameSyntax twice in step.Parameters.Where((p, k) => step.Parameters.Take(k).Any(other => other.Name == p.Name)))
        {
            _problems.Report(DiagnosticTable.NameAlreadyUsed, twice.Span, twice.Name, "a parameter");
            return null;
        }

        return new ScanParts(along.Axis, along.IsReversed, firsts, step, nexts);
    }

    private static ImmutableArray<ExpressionSyntax> ItemsOf(ExpressionSyntax expression) =>
        expression is TupleSyntax tuple ? tuple.Items : ImmutableArray.Create(expression);

    /// <summary>The one axis in a call's bracket; null when there is not one, or another error.</summary>
    private (Axis Axis, bool IsReversed)? OneAxis(CallSyntax call)
    {
        if (call.Axes.IsEmpty)
        {
            _problems.Report(DiagnosticTable.AxisRequired, call.NameSpan, call.Name, _graph.Axes.LastOrDefault(a => !a.IsLocal)?.Name ?? "t");
            return null;
        }

        AxisArgumentSyntax argument = call.Axes[0];
        if (call.Axes.Length > 1 || argument.CallerName is not null)
        {
            _problems.Report(DiagnosticTable.OneAxisExpected, TextSpan.Covering(argument.Span, call.Axes[call.Axes.Length - 1].Span), call.Name, BracketOf(call));
            return null;
        }

        if (AxisNamed(argument.Name, argument.NameSpan) is not { } axis) return null;
        if (axis.Axes.Length == 1) return (axis.Axes[0], argument.Reversed);
        ReportUnsupported(argument.NameSpan, "Recurrences along the axes of an argument are", "declare the parameter's axes with [Axes]");
        return null;
    }

    private Node? BindCumulative(CallSyntax call)
    {
        Node? operand = Bind(call.Arguments[0]);
        if (OneAxis(call) is not { } along || operand is null) return null;
        AxisArgumentSyntax argument = call.Axes[0];
        if (!CheckInOperand(call.Name, argument.Name, argument.NameSpan, new AxisEntry(ImmutableArray.Create(along.Axis)), operand)) return null;
        if (operand.Open.Any(r => ReferenceEquals(r.Axis, along.Axis)))
        {
            ReportScanInItself(call, along.Axis);
            return null;
        }

        Node value = ToReal(operand);
        Recurrence recurrence = _graph.NewRecurrence(along.Axis, along.IsReversed, new[] { _graph.AxesOf(value.Axes - AxisSet.Of(along.Axis)) }, value.Open);
        Node before = _graph.Previous(new RecurrentState(recurrence, 0));
        Node scan = _graph.Scan(recurrence, ImmutableArray.Create(_graph.Step(recurrence, value, Accumulated(call.Name, before, value))))[0];
        _context.ShowAxes(scan, _context.VisibleAxes(operand));
        return scan;
    }

    private Node Accumulated(string function, Node before, Node value)
    {
        if (function == "cumsum") return _graph.Add(before, value);
        if (function == "cumlogsumexp") return _graph.Apply(Ops.LogAddExp, before, value);

        // Of equal values the later one is the maximum, and has the gradient; a NaN stays.
        return _graph.Select(_graph.Compare(Ops.GreaterOrEqual, value, before), value, _graph.Apply(Ops.Max, before, value));
    }

    /// <summary>
    /// An operand and the axes to reduce it over, where what a formula calls the value before has no axis of its recurrence: a reduction over
    /// that axis binds one of the same size. Null where a recurrence inside of the step would have to run anew for each of its positions.
    /// </summary>
    private (AxisSet Axes, Node Operand)? ApartFromRecurrences(CallSyntax call, AxisSet axes, Node operand)
    {
        var apart = new Dictionary<Axis, Node>();
        if (!CheckInnerRecurrences(call.Span, axes, operand)) return null;
        foreach (Axis axis in operand.Open.Select(r => r.Axis).Where(axes.Contains).Distinct())
        {
            apart[axis] = _graph.Position(_graph.NewAxis(axis.Name + "'", axis.Size, isLocal: true));
            axes = (axes - AxisSet.Of(axis)) | apart[axis].Axes;
        }

        return (axes, Substitution.Apply(_graph, operand, apart, movesPrevious: false));
    }

    /// <summary>Whether no recurrence inside of the step of another one would have to be at other positions along that one's axis.</summary>
    private bool CheckInnerRecurrences(TextSpan span, AxisSet axes, Node operand)
    {
        bool IsInside(Node scan, Recurrence around) => !ReferenceEquals(around, scan.State.Recurrence) && axes.Contains(around.Axis) && scan.Axes.Contains(around.Axis);
        if (operand.Open.IsEmpty || !Reachability.Of([operand]).Any(n => n.Is(Ops.Scan) && n.Open.Any(around => IsInside(n, around)))) return true;
        ReportUnsupported(span, "A recurrence inside of a recurrence, at other positions along the axis of that one, is", "use it at its own positions");
        return false;
    }

    private void ReportScanInItself(CallSyntax call, Axis axis) =>
        _problems.Report(DiagnosticTable.ScanInItself, call.NameSpan, call.Name, axis.Name);

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
