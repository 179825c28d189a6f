using System.Collections.Immutable;

namespace LossGen.Compiler.Ir;

/// <summary>Constructors of nodes. They fix the form only; what simplifies is a rule.</summary>
internal sealed partial class Graph
{
    public Node Zero => Constant(0);

    public Node One => Constant(1);

    public Node Half => Constant(0.5);

    public Node Constant(double value) => Make(Ops.Constant, ImmutableArray<Node>.Empty, value);

    public Node Truth(bool value) => Make(Ops.TruthConstant, ImmutableArray<Node>.Empty, value);

    public Node Integer(long value) => Affine(AffineForm.Of(value));

    public Node Affine(AffineForm form) => Make(Ops.Affine, ImmutableArray<Node>.Empty, form);

    /// <summary>The position along an axis.</summary>
    public Node Position(Axis axis) => Affine(AffineForm.Of(Symbol.PositionOf(axis)));

    /// <summary>A scalar parameter: a real or truth leaf, or an affine integer.</summary>
    public Node Parameter(ScalarParameter parameter) => parameter.Type == ValueType.Integer
        ? Affine(AffineForm.Of(Symbol.Of(parameter)))
        : Make(Ops.Parameter, ImmutableArray<Node>.Empty, parameter, parameter.Type);

    /// <summary>A tensor read at its own axes.</summary>
    public Node Load(TensorParameter tensor) => Load(tensor, tensor.Axes.Select(Position).ToImmutableArray());

    public Node Load(TensorParameter tensor, ImmutableArray<Node> indices) => Make(Ops.Load, indices, tensor, tensor.Type);

    public Node Apply(Op op, params Node[] arguments) => Make(op, arguments.ToImmutableArray());

    public Node Add(Node a, Node b) => Apply(Ops.Add, a, b);

    public Node Subtract(Node a, Node b) => Apply(Ops.Subtract, a, b);

    public Node Multiply(Node a, Node b) => Apply(Ops.Multiply, a, b);

    public Node Divide(Node a, Node b) => Apply(Ops.Divide, a, b);

    public Node Negate(Node a) => Apply(Ops.Negate, a);

    /// <summary>A comparison; both sides real, or both integer.</summary>
    public Node Compare(Op comparison, Node a, Node b) => Apply(comparison, a, b);

    public Node And(Node a, Node b) => Apply(Ops.And, a, b);

    public Node Or(Node a, Node b) => Apply(Ops.Or, a, b);

    public Node Not(Node a) => Apply(Ops.Not, a);

    /// <summary>condition ? a : b, for reals or integers.</summary>
    public Node Select(Node condition, Node a, Node b) => Apply(a.Type == ValueType.Integer ? Ops.IntegerSelect : Ops.Select, condition, a, b);

    /// <summary>Any value as a real number: integers converted, truth as 1 and 0.</summary>
    public Node ToReal(Node a) => a.Type switch
    {
        ValueType.Real => a,
        ValueType.Truth => Select(a, One, Zero),
        _ => Apply(Ops.ToReal, a),
    };

    /// <summary>Reduces over the full range of some axes; over none it is the value itself.</summary>
    public Node Reduce(ReductionKind kind, AxisSet axes, Node body) => Reduce(kind, AxesOf(axes).Select(AxisRange.Full), body);

    public Node Reduce(ReductionKind kind, IEnumerable<AxisRange> ranges, Node body) =>
        Make(Ops.Reduce, ImmutableArray.Create(body), new Reduction(kind, ranges));

    public Node Sum(AxisSet axes, Node body) => axes.IsEmpty ? body : Reduce(ReductionKind.Sum, axes, body);

    /// <summary>
    /// A value at other positions without computing it there again: it is stored, and read at the index of each replaced axis.
    /// Axes that the value lacks, or that keep their own position, are left out; a read of a read is one read.
    /// </summary>
    public Node At(Node value, IReadOnlyDictionary<Axis, Node> indices)
    {
        if (value.Type != ValueType.Real || value.Op.Is(Ops.Load, Ops.Previous) || value.Arguments.IsEmpty) return Substitution.Apply(this, value, indices);
        var moved = indices.Where(p => value.Axes.Contains(p.Key) && !IsPosition(p.Value, p.Key)).ToDictionary(p => p.Key, p => p.Value);
        if (moved.Count == 0) return value;
        if (value.Is(Ops.At))
        {
            // Its own indices move along; what only the stored value varies along is replaced beside them.
            ImmutableArray<Axis> inner = value.Indexed.Axes;
            var composed = moved.Where(p => value[0].Axes.Contains(p.Key) && !inner.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value);
            for (int k = 0; k < inner.Length; k++) composed[inner[k]] = Substitution.Apply(this, value[k + 1], moved);
            return At(value[0], composed);
        }

        var axes = new IndexedAxes(moved.Keys);
        return Make(Ops.At, axes.Axes.Select(axis => moved[axis]).Prepend(value).ToImmutableArray(), axes);
    }

    private static bool IsPosition(Node index, Axis axis) => index.Is(Ops.Affine) && ReferenceEquals(index.Affine.PlainAxis, axis);

    /// <summary>The positions of a value in ascending order along an axis.</summary>
    public Node ArgSort(Axis axis, Node value) =>
        Make(Ops.ToPosition, [Make(Ops.Order, [Apply(Ops.SortKey, value)], axis)], new RowPosition(axis, IsCertain: true));

    /// <summary>The sum of a value over some axes, at the positions that the index of each target axis says.</summary>
    public Node Scatter(Node value, IReadOnlyDictionary<Axis, Node> indices, AxisSet summed)
    {
        var axes = new ScatterAxes(indices.Keys, summed);
        return value.IsConstant(0) ? value : Make(Ops.Scatter, axes.Targets.Select(axis => indices[axis]).Prepend(value).ToImmutableArray(), axes);
    }

    /// <summary>The number of positions along some axes, as a real.</summary>
    public Node Count(AxisSet axes) => AxesOf(axes)
        .Select(axis => ToReal(Affine(axis.Size)))
        .Aggregate((Node?)null, (product, size) => product is null ? size : Multiply(product, size)) ?? One;

    /// <summary>The same operation with other arguments.</summary>
    public Node Rebuild(Node node, ImmutableArray<Node> arguments) =>
        arguments.SequenceEqual(node.Arguments) ? node : Make(node.Op, arguments, node.Payload, node.Type);
}
