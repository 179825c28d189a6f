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
        Open = OpenRecurrences(op, arguments, payload);
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

    /// <summary>The recurrences whose position before is read below, other than inside of their own states or those of a recurrence around them; by number.</summary>
    public ImmutableArray<Recurrence> Open { get; }

    public Node this[int index] => Arguments[index];

    /// <summary>The value of a real constant.</summary>
    public double Constant => (double)Payload!;

    /// <summary>The form of an affine integer.</summary>
    public AffineForm Affine => (AffineForm)Payload!;

    /// <summary>The payload of a reduction.</summary>
    public Reduction Reduction => (Reduction)Payload!;

    /// <summary>The state of a scan, or of a read of the position before.</summary>
    public RecurrentState State => (RecurrentState)Payload!;

    /// <summary>The axes that a read at other positions replaces.</summary>
    public IndexedAxes Indexed => (IndexedAxes)Payload!;

    /// <summary>The payload of a scatter.</summary>
    public ScatterAxes Scatter => (ScatterAxes)Payload!;

    /// <summary>The tensor of a load.</summary>
    public TensorParameter Tensor => (TensorParameter)Payload!;

    public bool Is(Op op) => ReferenceEquals(Op, op);

    public bool IsConstant(double value) => Is(Ops.Constant) && Constant.Equals(value);

    public bool IsReduction(ReductionKind kind) => Is(Ops.Reduce) && Reduction.Kind == kind;

    /// <summary>Whether it is c ? 1 : 0.</summary>
    public bool IsIndicator => Is(Ops.Select) && this[1].IsConstant(1) && this[2].IsConstant(0);

    /// <summary>Of a condition that is made of a number that is 1 where it holds and else 0, that number.</summary>
    public Node? Indicator => Is(Ops.NotEqual) && this[1].IsConstant(0) && this[0].IsIndicator ? this[0] : null;

    private static ImmutableArray<Recurrence> OpenRecurrences(Op op, ImmutableArray<Node> arguments, object? payload)
    {
        ImmutableArray<Recurrence> open = ImmutableArray<Recurrence>.Empty;
        foreach (Node argument in arguments)
        {
            if (argument.Open.IsEmpty || open.Equals(argument.Open)) continue;
            open = open.IsEmpty ? argument.Open : open.Union(argument.Open).OrderBy(r => r.Number).ToImmutableArray();
        }

        if (payload is not RecurrentState state) return open;
        return ReferenceEquals(op, Ops.Scan) ? open.RemoveAll(r => IsWithin(r, state.Recurrence)) : state.Recurrence.Around.Add(state.Recurrence).Union(open).OrderBy(r => r.Number).ToImmutableArray();
    }

    // A recurrence that runs in the iterations of another is over when that one is.
    private static bool IsWithin(Recurrence inner, Recurrence outer) => ReferenceEquals(inner, outer) || inner.Around.Contains(outer);

    /// <summary>Nodes of one graph are equal where they are one object; their number spreads better than an address, and faster.</summary>
    public override int GetHashCode() => Id;

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override string ToString() => NodePrinter.Print(this);
}
