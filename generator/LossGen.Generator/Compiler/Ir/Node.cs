using System.Collections.Immutable;

namespace LossGen.Compiler.Ir;

/// <summary>
/// An interned value of one <see cref="Graph"/>: equal operation, arguments and payload mean the same object.
/// Nodes never leave the compile that made them.
/// </summary>
internal sealed class Node
{
    public Node(int id, Op op, ImmutableArray<Node> arguments, object? payload, ValueType type, AxisSet axes)
    {
        Id = id;
        Op = op;
        Arguments = arguments;
        Payload = payload;
        Type = type;
        Axes = axes;
        int depth = 0;
        foreach (Node argument in arguments) depth = Math.Max(depth, argument.Depth);
        Depth = depth + 1;
    }

    /// <summary>Order of creation: arguments come before their users.</summary>
    public int Id { get; }

    public Op Op { get; }

    public ImmutableArray<Node> Arguments { get; }

    /// <summary>What the operation needs beside arguments, compared by value: a constant, an affine form, a parameter, a reduction.</summary>
    public object? Payload { get; }

    public ValueType Type { get; }

    /// <summary>The free axes: the value differs along these.</summary>
    public AxisSet Axes { get; }

    /// <summary>Longest path to a leaf.</summary>
    public int Depth { get; }

    public Node this[int index] => Arguments[index];

    /// <summary>The value of a real constant.</summary>
    public double Constant => (double)Payload!;

    /// <summary>The form of an affine integer.</summary>
    public AffineForm Affine => (AffineForm)Payload!;

    /// <summary>The payload of a reduction.</summary>
    public Reduction Reduction => (Reduction)Payload!;

    /// <summary>The tensor of a load.</summary>
    public TensorParameter Tensor => (TensorParameter)Payload!;

    public bool Is(Op op) => ReferenceEquals(Op, op);

    public bool IsConstant(double value) => Is(Ops.Constant) && Constant.Equals(value);

    public bool IsReduction(ReductionKind kind) => Is(Ops.Reduce) && Reduction.Kind == kind;

    public override string ToString() => NodePrinter.Print(this);
}
