using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Binding;

/// <content>Arithmetic by type: two integers stay integer, affine where they can; anything else is real, truth as 1 and 0.</content>
internal sealed partial class FormulaBinder
{
    // Beyond this a double no longer holds every integer, and the interpreter and the kernels could differ.
    private const long ExactLimit = 1L << 53;

    /// <summary>Any value as a real. Constants become real at once, also the branches of <c>mask ? 1 : 0</c>: it selects among reals then.</summary>
    public Node ToReal(Node value)
    {
        if (value.Is(Ops.IntegerSelect)) return _graph.Select(value[0], ToReal(value[1]), ToReal(value[2]));
        return value.Is(Ops.Affine) && value.Affine.IsConstant ? _graph.Constant(value.Affine.Constant) : _graph.ToReal(value);
    }

    public Node Negate(Node value) =>
        value.Type == Ir.ValueType.Integer ? Subtract(_graph.Integer(0), value) : _graph.Negate(ToReal(value));

    public Node Add(Node a, Node b) => Combine(a, b, Ops.Add, Ops.IntegerAdd, (x, y) => x + y);

    public Node Subtract(Node a, Node b) => Combine(a, b, Ops.Subtract, Ops.IntegerSubtract, (x, y) => x - y);

    public Node Multiply(Node a, Node b) =>
        Combine(a, b, Ops.Multiply, Ops.IntegerMultiply, (x, y) => x.IsConstant ? x.Constant * y : y.IsConstant ? y.Constant * x : null);

    public Node Compare(Op comparison, Node a, Node b) =>
        AreIntegers(a, b) ? _graph.Compare(comparison, a, b) : _graph.Compare(comparison, ToReal(a), ToReal(b));

    /// <summary>max or min of two.</summary>
    public Node Extreme(bool isMax, Node a, Node b) => AreIntegers(a, b)
        ? _graph.Apply(isMax ? Ops.IntegerMax : Ops.IntegerMin, a, b)
        : _graph.Apply(isMax ? Ops.Max : Ops.Min, ToReal(a), ToReal(b));

    /// <summary>condition ? a : b.</summary>
    public Node Select(Node condition, Node a, Node b)
    {
        if (AreIntegers(a, b)) return _graph.Select(condition, a, b);
        if (a.Type == Ir.ValueType.Truth && b.Type == Ir.ValueType.Truth)
        {
            return _graph.Or(_graph.And(condition, a), _graph.And(_graph.Not(condition), b));
        }

        return _graph.Select(condition, ToReal(a), ToReal(b));
    }

    private static bool AreIntegers(Node a, Node b) => a.Type == Ir.ValueType.Integer && b.Type == Ir.ValueType.Integer;

    private Node Combine(Node a, Node b, Op real, Op integer, Func<AffineForm, AffineForm, AffineForm?> affine)
    {
        if (!AreIntegers(a, b)) return _graph.Apply(real, ToReal(a), ToReal(b));
        if (!a.Is(Ops.Affine) || !b.Is(Ops.Affine)) return _graph.Apply(integer, a, b);
        try
        {
            AffineForm? form = affine(a.Affine, b.Affine);
            if (form is null) return _graph.Apply(integer, a, b);
            if (IsExact(form.Constant) && form.Terms.All(t => IsExact(t.Coefficient))) return _graph.Affine(form);
        }
        catch (OverflowException)
        {
        }

        // A literal too large for an integer is meant as a number: 10000000000 * 10000000000 is 1e20.
        return _graph.Apply(real, ToReal(a), ToReal(b));
    }

    private static bool IsExact(long value) => value is >= -ExactLimit and <= ExactLimit;
}
