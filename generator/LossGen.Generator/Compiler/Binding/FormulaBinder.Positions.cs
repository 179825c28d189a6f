using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <content>Positions along an axis: of the first extreme, or of everything in ascending order. No gradient flows through them.</content>
internal sealed partial class FormulaBinder
{
    private Node? BindPosition(CallSyntax call)
    {
        Node? operand = Bind(call.Arguments[0]);
        if (OneAxis(call) is not { } along || operand is null) return null;
        AxisArgumentSyntax argument = call.Axes[0];
        if (along.IsReversed)
        {
            _problems.Report(DiagnosticTable.ReversedAxisNotAllowed, argument.Span, argument.Name, call.Name);
            return null;
        }

        if (!CheckInOperand(call.Name, argument.Name, argument.NameSpan, new AxisEntry([along.Axis]), operand)) return null;
        if (call.Name == "argsort") return BindOrder(call, along.Axis, operand);
        return ApartFromRecurrences(call, AxisSet.Of(along.Axis), ToReal(operand)) is { } apart
            ? FirstExtreme(call.Name == "argmax", _graph.AxesOf(apart.Axes).Single(), apart.Operand) : null;
    }

    /// <summary>The least position at which the extreme stands; where a NaN is, it is the extreme.</summary>
    private Node FirstExtreme(bool isMax, Axis axis, Node value)
    {
        ReducedTerms terms = _terms.Over(AxisSet.Of(axis), value);
        Node extreme = terms.Reduce(_graph, isMax ? ReductionKind.Max : ReductionKind.Min, value);
        Node isNumber = _graph.Compare(Ops.LessOrEqual, _graph.Apply(Ops.Abs, value), _graph.Constant(double.PositiveInfinity));
        Node reaches = _graph.Or(_graph.Compare(Ops.Equal, value, extreme), _graph.Not(isNumber));
        Node candidates = _graph.Select(reaches, _graph.ToReal(_graph.Position(axis)), _graph.Constant(double.PositiveInfinity));
        return _graph.Make(Ops.ToPosition, [terms.Reduce(_graph, ReductionKind.Min, candidates)], new RowPosition(axis, IsCertain: false));
    }

    private Node? BindOrder(CallSyntax call, Axis axis, Node operand)
    {
        string? feature = operand.Open.Length > 0 ? "Sorting inside of a recurrence is"
            : _terms.DomainOf(operand).Any(c => c.Form.Axes.Contains(axis)) ? "Sorting what is not defined at every position is" : null;
        if (feature is null) return _graph.ArgSort(axis, ToReal(operand));
        ReportUnsupported(call.Arguments[0].Span, feature, "sort a value that every position of the axis has");
        return null;
    }
}
