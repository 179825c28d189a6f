using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <summary>What all formulas that are expanded into one loss share.</summary>
internal sealed class BindingContext(LossSpec spec, CancellationToken cancellation)
{
    /// <summary>Functions and losses are expanded; nodes are shared, but the time to bind a formula's text again is not.</summary>
    public const int StepLimit = 200_000;

    private readonly Dictionary<string, ParsedFormula> _parsed = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, AxisSet> _visible = new();
    private int _steps;

    public Graph Graph => Terms.Graph;

    /// <summary>Which terms reductions have.</summary>
    public ReductionTerms Terms { get; } = new(new Graph());

    public LossSpec Spec { get; } = spec;

    /// <summary>The call in the loss' own formula that is being expanded, or the statement being bound: what a message about size blames.</summary>
    public (string Name, TextSpan Span) Current { get; set; } = (spec.MethodName, default);

    /// <summary>Whether a call in the loss' own formula is being expanded.</summary>
    public bool IsExpanding { get; set; }

    /// <summary>The axes that a value has for the formula. What it calls the value before has no axis of the recurrence; its node has.</summary>
    public AxisSet VisibleAxes(Node node)
    {
        if (node.Open.IsEmpty) return node.Axes;
        if (_visible.TryGetValue(node, out AxisSet known)) return known;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        AxisSet axes = AxisSet.Empty;
        foreach (Node argument in node.Is(Ops.Previous) ? node.Arguments.RemoveAt(0) : node.Arguments) axes |= VisibleAxes(argument);
        if (node.Is(Ops.Reduce)) axes -= node.Reduction.Axes;
        if (node.Is(Ops.At)) axes = (VisibleAxes(node[0]) - node.Indexed.Set) | IndexAxes(node);
        return _visible[node] = axes;
    }

    /// <summary>Says which axes a state has for the formula.</summary>
    public void ShowAxes(Node scan, AxisSet axes) => _visible[scan] = axes & scan.Axes;

    private static AxisSet IndexAxes(Node at)
    {
        AxisSet axes = AxisSet.Empty;
        foreach (Node index in at.Arguments.Skip(1)) axes |= index.Axes;
        return axes;
    }

    public ParsedFormula Parse(string formula)
    {
        if (!_parsed.TryGetValue(formula, out ParsedFormula? parsed)) _parsed.Add(formula, parsed = FormulaParser.Parse(formula));
        return parsed;
    }

    /// <summary>Counts one expression. Throws when the formula expands too far, nests too deep, or is no longer wanted.</summary>
    public void Step()
    {
        cancellation.ThrowIfCancellationRequested();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_steps > StepLimit) throw new FormulaTooLargeException($"more than {StepLimit} expressions");
    }
}

/// <summary>Why a loss could not be expanded: a message without a place, for the call in the loss' own formula.</summary>
internal sealed record ExpansionFailure(DiagnosticRow Row, ImmutableArray<string> Arguments);
