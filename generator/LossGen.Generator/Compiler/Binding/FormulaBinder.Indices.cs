using LossGen.Compiler.Analysis;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <content>Indices: <c>e[c: index]</c> replaces axes, down to the tensors that are read. Local axes.</content>
internal sealed partial class FormulaBinder
{
    /// <summary>The indices bound so far, for messages of stages that see only what they became.</summary>
    private readonly List<(Axis Axis, Node Index, TextSpan Span)> _indexUses = new();

    private void BindLocalAxis(LocalAxisSyntax syntax)
    {
        Node? size = BindWhole(syntax.Size);
        Axis? axis = size is null ? null : LocalAxis(syntax, size);
        Introduce(syntax.Name, syntax.NameSpan, new AxisEntry(axis is null ? [] : [axis]));
    }

    private Axis? LocalAxis(LocalAxisSyntax syntax, Node size)
    {
        if (ToInteger(size, syntax.Size, $"as the size of axis '{syntax.Name}'") is null) return null;
        if (size.Is(Ops.Affine) && size.Axes.IsEmpty) return _graph.NewAxis(syntax.Name, size.Affine, isLocal: true);
        if (size.Axes.IsEmpty && ComputedSizes.IsKnownBeforehand(size))
        {
            Axis computed = _graph.NewAxis(syntax.Name, isLocal: true);
            computed.ComputeSize(size);
            return computed;
        }

        string what = size.Axes.IsEmpty ? "is read from data"
            : size.Is(Ops.Affine) && size.Affine.PlainAxis is { } axis ? $"is the position along axis {axis.Name}, whose length is \"size({axis.Name})\""
            : $"has {DescribeAxes(size)}";
        _problems.Report(DiagnosticTable.LocalAxisSize, syntax.Size.Span, syntax.Name, TextOf(syntax.Size.Span), what);
        return null;
    }

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
                _indexUses.Add((axis.Axes[0], position, argument.Index.Span));
            }
        }

        return isSound && target is not null && CheckInnerRecurrences(index.Span, AxisSet.Of(replaced.Keys), target) ? ReadAt(target, replaced) : null;
    }

    /// <summary>The target at other positions, which must lie in the axes that they replace.</summary>
    private Node ReadAt(Node target, Dictionary<Axis, Node> replaced)
    {
        Node moved = Substitution.Apply(_graph, target, replaced, movesPrevious: false);
        foreach (Axis axis in replaced.Keys.OrderBy(a => a.Index))
        {
            if (moved.Type == Ir.ValueType.Real && !IndexedReads.Cover(target, axis)) moved = _graph.Make(Ops.Checked, [moved, replaced[axis]], axis);
        }

        return moved;
    }

    private bool CheckIndex(IndexArgumentSyntax argument, AxisEntry axis, Node position, Node target)
    {
        if (axis.Axes.Length != 1)
        {
            ReportUnsupported(argument.AxisSpan, "Indices along the axes of an argument are", "declare the parameter's axes with [Axes]");
            return false;
        }

        if (!CheckInOperand("[" + argument.Axis + ": …]", argument.Axis, argument.AxisSpan, axis, target)) return false;
        return ToInteger(position, argument.Index, "as an index") is not null && CheckRange(argument, axis.Axes[0], position);
    }

    /// <summary>An index that is outside its axis whatever the sizes are.</summary>
    private bool CheckRange(IndexArgumentSyntax argument, Axis axis, Node position)
    {
        if (!position.Is(Ops.Affine)) return true;
        var ranges = _graph.AxesOf(position.Axes).Select(AxisRange.Full).ToList();
        AffineForm most = AffineForm.Zero - IndexBounds.Least(AffineForm.Zero - position.Affine, ranges), least = IndexBounds.Least(position.Affine, ranges);
        AffineForm beyond = least - axis.Size;
        bool isBelow = most.IsConstant && most.Constant < 0, isBeyond = beyond.IsConstant && beyond.Constant >= 0;
        if (!isBelow && !isBeyond) return true;
        _problems.Report(DiagnosticTable.IndexCanLeaveAxis, argument.Index.Span, TextOf(argument.Index.Span), axis.Name, (isBelow ? most : least).ToString(), "never");
        return false;
    }
}
