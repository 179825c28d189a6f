using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Contracts a product that is only added into one fused operation: one rounding instead of two, and half the instructions of a
/// dot product. Needs: a nest's body after <see cref="SingleUseInlining"/>. Gives: the same body with a * b + c in lanes fused.
/// </summary>
internal static class MultiplyAddContraction
{
    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body) =>
        body.Select(statement => statement.Transform(Contract)).ToImmutableArray();

    private static KernelExpression Contract(KernelExpression expression)
    {
        if (expression is not Operation { Lanes: true } sum || !sum.Op.Is(Ops.Add, Ops.Subtract)) return expression;
        (KernelExpression a, KernelExpression b) = (sum.Operands[0], sum.Operands[1]);
        if (Product(b) is { } second)
        {
            // c - a b = (-a) b + c
            KernelExpression factor = sum.Op.Is(Ops.Add) ? second.Operands[0] : new Operation(Ops.Negate, ImmutableArray.Create(second.Operands[0]), true);
            return Fused(factor, second.Operands[1], a);
        }

        if (Product(a) is not { } first) return expression;
        return Fused(first.Operands[0], first.Operands[1], sum.Op.Is(Ops.Add) ? b : new Operation(Ops.Negate, ImmutableArray.Create(b), true));
    }

    private static Operation? Product(KernelExpression expression) => expression is Operation { Lanes: true } operation && operation.Op.Is(Ops.Multiply) ? operation : null;

    private static Operation Fused(KernelExpression a, KernelExpression b, KernelExpression c) => new(Ops.MultiplyAdd, ImmutableArray.Create(a, b, c), true);
}
