using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <content>Indices: <c>e[c: index]</c> replaces axes, down to the tensors that are read.</content>
internal sealed partial class FormulaBinder
{
    private Node? BindIndex(IndexSyntax index)
    {
        Node? target = Bind(index.Target);
        var replaced = new Dictionary<Axis, Node>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        bool isSound = true;
        foreach (IndexArgumentSyntax argument in index.Arguments)
        {
            Node? position = Bind(argument.Index);
            AxisEntry? axis = AxisNamed(argument.Axis, argument.AxisSpan);
            if (!seen.Add(argument.Axis))
            {
                _problems.Report(DiagnosticTable.AxisUsedTwice, argument.AxisSpan, argument.Axis, $"[{string.Join(", ", index.Arguments.Select(a => a.Axis))}]");
                isSound = false;
            }

            if (target is null || axis is null || position is null || !CheckIndex(argument, axis, position, target))
            {
                isSound = false;
            }
            else if (isSound)
            {
                replaced.Add(axis.Axes[0], position);
            }
        }

        return isSound && target is not null ? Substitution.Apply(_graph, target, replaced) : null;
    }

    private bool CheckIndex(IndexArgumentSyntax argument, AxisEntry axis, Node position, Node target)
    {
        if (axis.Axes.Length != 1)
        {
            ReportUnsupported(argument.AxisSpan, "Indices along the axes of an argument are", "declare the parameter's axes with [Axes]");
            return false;
        }

        if (!CheckInOperand("[" + argument.Axis + ": …]", argument.Axis, argument.AxisSpan, axis, target)) return false;
        return ToInteger(position, argument.Index, "as an index") is not null && CheckForm(argument, axis.Axes[0], position);
    }

    /// <summary>Which indices there are: a constant pick, the axis itself, or what a tensor holds.</summary>
    private bool CheckForm(IndexArgumentSyntax argument, Axis axis, Node position)
    {
        TextSpan span = argument.Index.Span;
        if (position.Is(Ops.Load))
        {
            if (position.Arguments.All(a => a.Is(Ops.Affine) && (a.Affine.PlainAxis is not null || a.Axes.IsEmpty))) return true;
            ReportUnsupported(span, "Indices read at computed positions are", "pass the positions as an integer tensor of their own");
            return false;
        }

        if (!position.Is(Ops.Affine))
        {
            ReportUnsupported(span, "Indices computed from data are", "pass the computed positions as an integer tensor");
            return false;
        }

        AffineForm form = position.Affine;
        if (form.Axes.IsEmpty) return CheckPick(argument, axis, form);
        if (ReferenceEquals(form.PlainAxis, axis)) return true;
        string feature = form.PlainAxis is null ? $"Shifts such as {TextOf(span)} are" : $"Renamed axes such as {axis.Name}: {TextOf(span)} are";
        ReportUnsupported(span, feature, "pass the shifted or renamed values as a tensor with its own [Axes]");
        return false;
    }

    /// <summary>A pick that is outside its axis whatever the sizes are.</summary>
    private bool CheckPick(IndexArgumentSyntax argument, Axis axis, AffineForm form)
    {
        AffineForm beyond = form - axis.Size;
        if (!(form.IsConstant && form.Constant < 0) && !(beyond.IsConstant && beyond.Constant >= 0)) return true;
        _problems.Report(DiagnosticTable.IndexCanLeaveAxis, argument.Index.Span, TextOf(argument.Index.Span), axis.Name, form.ToString());
        return false;
    }
}
