using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Finds the locals of a vector loop that are taken only where a mask selects them: what the other lanes hold does not matter.
/// Needs: a loop's body. Gives: for such a local, the mask.
/// </summary>
internal sealed class LaneGuards
{
    // Null where a use has no mask, or another one.
    private readonly Dictionary<KernelLocal, KernelExpression?> _masks = new();

    private LaneGuards()
    {
    }

    public static LaneGuards Of(ImmutableArray<KernelStatement> body)
    {
        var guards = new LaneGuards();
        // Backwards: all uses of a local are known where it is declared.
        foreach (KernelStatement statement in body.Reverse())
        {
            KernelExpression? mask = statement is Declare declare ? guards.MaskOf(declare.Local) : null;
            foreach (KernelExpression expression in statement.Expressions()) guards.Walk(expression, mask);
            foreach (KernelExpression inner in statement.Blocks().SelectMany(b => b).SelectMany(s => s.Everything()).SelectMany(s => s.Expressions())) guards.Walk(inner, null);
        }

        return guards;
    }

    public KernelExpression? MaskOf(KernelLocal local) => _masks.TryGetValue(local, out KernelExpression? mask) ? mask : null;

    /// <summary>The mask of a selection whose other lanes are taken from elsewhere, or null.</summary>
    public static KernelExpression? MaskOf(Operation operation) => operation.Op.Is(Ops.Select) && operation.Operands[0].IsLanes ? operation.Operands[0] : null;

    private void Walk(KernelExpression expression, KernelExpression? mask)
    {
        if (expression is LocalValue { Local: var local })
        {
            _masks[local] = !_masks.TryGetValue(local, out KernelExpression? known) || IsSame(known, mask) ? mask : null;
        }
        else if (expression is Operation select && MaskOf(select) is { } own)
        {
            Walk(own, mask);
            Walk(select.Operands[1], mask ?? own);
            Walk(select.Operands[2], mask);
        }
        else
        {
            foreach (KernelExpression child in expression.Children()) Walk(child, mask);
        }
    }

    private static bool IsSame(KernelExpression? a, KernelExpression? b) =>
        ReferenceEquals(a, b) || (a is LocalValue first && b is LocalValue second && ReferenceEquals(first.Local, second.Local));
}
