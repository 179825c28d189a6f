using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Writes a comparison of lanes where it is used, if choices alone use it: the runtime's compiler then knows that its lanes are whole, keeps it in a mask
/// register where there are such, and computes it once. In a local it is a vector, and a choice by a vector takes one instruction more or two.
/// Needs: a nest's body in its final form. Gives: the same values.
/// </summary>
internal static class MaskRematerialization
{
    /// <summary>Masks that more choices take would be computed again where the compiler does not see that they are equal.</summary>
    private const int MostChoices = 4;

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body) => Run(body, KernelEffects.Of(body).Assigned);

    private static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> block, HashSet<KernelLocal> changing) =>
        InPlace(block.Select(s => Inside(s, changing)).ToList(), changing);

    private static KernelStatement Inside(KernelStatement statement, HashSet<KernelLocal> changing) => statement switch
    {
        ScalarLoop loop => loop with { Body = Run(loop.Body, changing) },
        BlockLoop loop => loop with { Body = Run(loop.Body, changing) },
        VectorLoop loop => loop with { Body = Run(loop.Body, changing), Tail = Run(loop.Tail, changing) },
        JammedLoop loop => loop with { Jammed = Run(loop.Jammed, changing), Single = Run(loop.Single, changing) },
        PipelinedLoop loop => loop with { First = Run(loop.First, changing), Middle = Run(loop.Middle, changing), Last = Run(loop.Last, changing) },
        Alternatives sides => sides with { WhenTrue = Run(sides.WhenTrue, changing), WhenFalse = Run(sides.WhenFalse, changing) },
        _ => statement,
    };

    private static ImmutableArray<KernelStatement> InPlace(List<KernelStatement> block, HashSet<KernelLocal> changing)
    {
        for (int k = block.Count - 1; k >= 0; k--)
        {
            if (block[k] is not Declare { Local: { IsTemporary: true } local, Value: Operation comparison } || !IsComparison(comparison, changing)) continue;
            List<KernelStatement> later = block.GetRange(k + 1, block.Count - k - 1);
            if (!OnlyChooses(local, later)) continue;
            for (int i = 0; i < later.Count; i++) block[k + 1 + i] = later[i].Replace(other => ReferenceEquals(other, local) ? comparison : null);
            block.RemoveAt(k);
        }

        return block.ToImmutableArray();
    }

    // Of operands that a register holds, or an instruction does.
    private static bool IsComparison(Operation operation, HashSet<KernelLocal> changing) =>
        operation is { Lanes: true, Long: false } && operation.Op.Is(Ops.Less, Ops.LessOrEqual, Ops.Greater, Ops.GreaterOrEqual, Ops.Equal, Ops.NotEqual)
        && operation.Operands.All(o => !o.IsLong && (o is LocalValue { Local: var local } ? !changing.Contains(local) : o is Splat { Scalar: NumberLiteral or IntegerForm { Form.IsConstant: true } }));

    /// <summary>Whether nothing but choices of the statements themselves takes a mask, and not too many.</summary>
    private static bool OnlyChooses(KernelLocal mask, List<KernelStatement> statements)
    {
        int uses = 0, choices = 0;
        void Count(KernelExpression expression)
        {
            if (IsMask(expression)) uses++;
            if (expression is Operation { Lanes: true } choice && choice.Op.Is(Ops.Select) && IsMask(choice.Operands[0])) choices++;
        }

        bool IsMask(KernelExpression expression) => expression is LocalValue { Local: var local } && ReferenceEquals(local, mask);
        foreach (KernelStatement statement in statements)
        {
            foreach (KernelExpression expression in statement.Expressions()) expression.Visit(Count);
            if (KernelEffects.Of(statement.Blocks().SelectMany(b => b).ToImmutableArray()).Used.Contains(mask)) return false;
        }

        return choices == uses && choices <= MostChoices;
    }
}
