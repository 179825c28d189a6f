using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Contracts a product that is added to an accumulator into one fused operation: half the instructions of a dot product.
/// Elsewhere products keep their own rounding, so that terms which cancel on paper cancel in lanes as well.
/// Needs: a nest's body after <see cref="SingleUseInlining"/>. Gives: the same body with such sums fused.
/// </summary>
internal static class MultiplyAddContraction
{
    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body) => body.Select(Contract).ToImmutableArray();

    private static KernelStatement Contract(KernelStatement statement) => statement switch
    {
        Assign assign => assign with { Value = Contract(assign.Value, held => held is LocalValue local && ReferenceEquals(local.Local, assign.Local)) },
        Write write => write with { Value = Contract(write.Value, held => held is Read read && read.Place.Buffer.Equals(write.Place.Buffer) && read.Place.Offset.Equals(write.Place.Offset)) },
        ScalarLoop loop => loop with { Body = Run(loop.Body) },
        BlockLoop loop => loop with { Body = Run(loop.Body) },
        VectorLoop loop => loop with { Body = Run(loop.Body), Tail = Run(loop.Tail) },
        _ => statement,
    };

    // c + a b, where c is what the accumulator holds
    private static KernelExpression Contract(KernelExpression value, Func<KernelExpression, bool> isHeld) =>
        value is Operation { Lanes: true } sum && sum.Op.Is(Ops.Add) && isHeld(sum.Operands[0])
        && sum.Operands[1] is Operation { Lanes: true } product && product.Op.Is(Ops.Multiply)
            ? new Operation(Ops.MultiplyAdd, product.Operands.Add(sum.Operands[0]), true)
            : value;
}
