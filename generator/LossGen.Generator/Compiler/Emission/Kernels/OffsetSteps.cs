using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>How offsets grow along an axis whose position is in one factor of each of their products.</summary>
internal static class OffsetSteps
{
    /// <summary>By how much an offset grows from position to position.</summary>
    public static KernelExpression Along(this KernelExpression offset, Axis axis)
    {
        if (offset is IntegerForm form) return new IntegerForm(AffineForm.Of(form.Form.CoefficientOf(Symbol.PositionOf(axis))));
        var operation = (Operation)offset;
        (KernelExpression a, KernelExpression b) = (operation.Operands[0], operation.Operands[1]);
        if (operation.Op.Is(Ops.IntegerMultiply)) return a.SpeaksOf(axis) ? Times(a.Along(axis), b) : Times(a, b.Along(axis));
        return !b.SpeaksOf(axis) ? a.Along(axis) : !a.SpeaksOf(axis) ? b.Along(axis) : new Operation(Ops.IntegerAdd, [a.Along(axis), b.Along(axis)], false);
    }

    /// <summary>Whether an offset consists of sums and products, which <see cref="Along"/> takes.</summary>
    public static bool IsSumOfProducts(this KernelExpression offset, Axis axis) => offset switch
    {
        IntegerForm => true,
        Operation operation when operation.Op.Is(Ops.IntegerAdd) => operation.Operands.All(o => o.IsSumOfProducts(axis)),
        Operation operation when operation.Op.Is(Ops.IntegerMultiply) => operation.Operands.Count(o => o.SpeaksOf(axis)) < 2 && operation.Operands.All(o => o.IsSumOfProducts(axis)),
        _ => !offset.SpeaksOf(axis),
    };

    public static bool IsOne(this KernelExpression expression) => expression is IntegerForm { Form: { IsConstant: true, Constant: 1 } };

    private static KernelExpression Times(KernelExpression a, KernelExpression b) => a.IsOne() ? b : new Operation(Ops.IntegerMultiply, [a, b], false);
}
