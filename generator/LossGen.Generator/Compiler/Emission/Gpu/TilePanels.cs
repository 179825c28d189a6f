using System.Collections.Immutable;
using System.Globalization;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>Finds the values of rows and of columns in what is summed: the largest real ones that do not depend on both.</summary>
internal sealed class TilePanels(Axis row, Axis column, Axis summed)
{
    private readonly List<TilePanel> _found = new();

    public ImmutableArray<TilePanel> ToImmutable() => _found.ToImmutableArray();

    /// <summary>The expression with them replaced; null where something else depends on an item or on the position along the sum.</summary>
    public KernelExpression? Replace(KernelExpression expression)
    {
        AxisSet axes = Axes(expression);
        if (!axes.Contains(row) && !axes.Contains(column) && !axes.Contains(summed)) return axes.IsEmpty && !Reads(expression) ? expression : null;
        bool isOfBoth = axes.Contains(row) && axes.Contains(column);
        if (!isOfBoth && axes.Contains(summed) && expression.Type == ValueType.Real) return new LocalValue(Panel(expression, isOfRows: !axes.Contains(column)).Local);
        if (expression is not Operation operation) return null;
        KernelExpression?[] operands = operation.Operands.Select(Replace).ToArray();
        return operands.Any(o => o is null) ? null : operation with { Operands = operands.Select(o => o!).ToImmutableArray() };
    }

    private TilePanel Panel(KernelExpression value, bool isOfRows)
    {
        if (_found.FirstOrDefault(p => p.IsOfRows == isOfRows && IsSame(p.Value, value)) is { } known) return known;
        int number = _found.Count(p => p.IsOfRows == isOfRows) + 1;
        string name = (isOfRows ? "@left" : "@right") + (number == 1 ? "" : number.ToString(CultureInfo.InvariantCulture));
        Read[] reads = value.Everything().OfType<Read>().Where(r => Axes(r).Contains(summed)).ToArray();
        var panel = new TilePanel(value, isOfRows, reads.Length > 0 && reads.All(r => IsUnitStride(r.Place.Offset)), new KernelLocal(name, ValueType.Real, IsLanes: false, Precision.Working));
        _found.Add(panel);
        return panel;
    }

    // The last addend of an offset is the position along the innermost axis.
    private bool IsUnitStride(KernelExpression offset) => offset switch
    {
        IntegerForm form => form.Form.CoefficientOf(Symbol.PositionOf(summed)) == 1,
        Operation operation when operation.Op.Is(Ops.IntegerAdd) => IsUnitStride(operation.Operands[1]),
        _ => false,
    };

    private static AxisSet Axes(KernelExpression expression) =>
        expression.Everything().OfType<IntegerForm>().Aggregate(AxisSet.Empty, (axes, form) => axes | form.Form.Axes);

    private static bool Reads(KernelExpression expression) => expression.Everything().Any(e => e is Read);

    private static bool IsSame(KernelExpression a, KernelExpression b)
    {
        KernelExpression[] inA = a.Everything().ToArray(), inB = b.Everything().ToArray();
        return inA.Length == inB.Length && inA.Zip(inB, IsSameNode).All(same => same);
    }

    private static bool IsSameNode(KernelExpression a, KernelExpression b) => (a, b) switch
    {
        (Operation left, Operation right) => ReferenceEquals(left.Op, right.Op),
        (Read left, Read right) => left.Place.Buffer == right.Place.Buffer && left.Place.Tests.Length == right.Place.Tests.Length,
        (Kernels.Convert left, Kernels.Convert right) => left.To == right.To,
        _ => a.Equals(b),
    };
}
