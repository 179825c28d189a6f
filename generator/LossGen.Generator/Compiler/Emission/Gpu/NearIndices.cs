using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Whole numbers with which the positions of a vector are compared, as a one-hot row is by its label: they are compared once with the whole
/// vector, in 64 bits, which leaves one small number for each of its positions.
/// </summary>
/// <param name="axis">The axis of the positions.</param>
/// <param name="inside">Locals of which each position has its own.</param>
internal sealed class NearIndices(Axis axis, HashSet<KernelLocal> inside)
{
    private readonly Dictionary<KernelLocal, string> _used = new();

    /// <summary>Whether a position is meant that equals none of them.</summary>
    public bool IsElsewhere { get; set; }

    /// <summary>What a comparison is about; null where it is about anything else.</summary>
    public KernelLocal? In(Operation operation)
    {
        if (!operation.Op.Is(Ops.Equal)) return null;
        for (int side = 0; side < 2; side++)
            if (IsPosition(operation.Operands[side]) && operation.Operands[1 - side] is LocalValue { Local: { Type: ValueType.Integer } local } && !inside.Contains(local)) return local;
        return null;
    }

    /// <summary>
    /// What is left of an operation at a position that equals none of them.
    /// false ? a : b = b, a + 0 = a
    /// </summary>
    public KernelExpression Elsewhere(Operation operation)
    {
        ImmutableArray<KernelExpression> o = operation.Operands;
        if (In(operation) is not null) return new TruthLiteral(false);
        if (operation.Op.Is(Ops.Select) && o[0] is Operation condition && In(condition) is not null) return o[2] is Operation other ? Elsewhere(other) : o[2];
        if (!operation.Op.Is(Ops.Add, Ops.Subtract)) return operation;
        if (IsZeroElsewhere(o[1])) return o[0] is Operation left ? Elsewhere(left) : o[0];
        return operation.Op.Is(Ops.Add) && IsZeroElsewhere(o[0]) ? o[1] is Operation right ? Elsewhere(right) : o[1] : operation;
    }

    private bool IsZeroElsewhere(KernelExpression expression) => expression is Operation operation && Elsewhere(operation) is NumberLiteral { Value: 0 };

    /// <summary>The position within the vector that equals a number.</summary>
    public string Of(KernelLocal local, string name) => _used[local] = name;

    /// <summary>The numbers that were asked for since the last time.</summary>
    public IReadOnlyList<(KernelLocal Local, string Name)> Take()
    {
        (KernelLocal, string)[] used = _used.Select(u => (u.Key, u.Value)).ToArray();
        _used.Clear();
        return used;
    }

    private bool IsPosition(KernelExpression expression) => expression is IntegerForm { Form: var form } && form.Equals(AffineForm.Of(Symbol.PositionOf(axis)));
}
