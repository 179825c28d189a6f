using LossGen.Compiler.Ir;
using ValueType = LossGen.Compiler.Ir.ValueType;

namespace LossGen.Oracle;

/// <summary>Operations cell by cell.</summary>
internal sealed partial class Evaluation
{
    private DenseValue Elementwise(Node node, Layout layout)
    {
        int[][] cells = ArgumentCells(node, layout);
        DenseValue[] arguments = node.Arguments.Select(a => _values[a]).ToArray();
        var reals = new double[layout.Count];
        bool active = arguments.Any(a => a.Tangents is not null) && !node.Is(Ops.Detach);
        double[]? tangents = active ? new double[layout.Count * Count] : null;
        bool[] literal = node.Arguments.Select(IsLiteral).ToArray();
        for (int i = 0; i < reals.Length; i++)
        {
            var x = new double[arguments.Length];
            for (int a = 0; a < x.Length; a++) x[a] = arguments[a].Reals?[cells[a][i]] ?? arguments[a].Integers![cells[a][i]];
            reals[i] = node.Op.Evaluate!(x);
            if (_rounding is not null) reals[i] = _rounding.Value(node.Op, x, reals[i]);
            for (int a = 0; active && a < x.Length; a++)
            {
                if (arguments[a].Tangents is { } inner) AddScaled(inner, cells[a][i], tangents!, i, () => Slope(node.Op, x, reals[i], a, literal));
            }
        }

        return new(layout, reals, null, tangents);
    }

    private double Slope(Op op, double[] x, double y, int argument, bool[] literal)
    {
        double slope = Derivatives.By(op, x, y, argument, literal);
        return _rounding?.Slope(op, slope) ?? slope;
    }

    // Directions on which the argument does not depend stay 0, also where the derivative is infinite.
    private void AddScaled(double[] from, int fromCell, double[] to, int toCell, Func<double> factor)
    {
        double? scale = null;
        for (int k = 0; k < Count; k++)
        {
            double inner = from[(fromCell * Count) + k];
            if (inner == 0) continue;
            double sum = to[(toCell * Count) + k] + ((scale ??= factor()) * inner);
            to[(toCell * Count) + k] = _rounding?.Range(sum) ?? sum;
        }
    }

    private long[] Whole(Node node, Layout layout)
    {
        int[][] cells = ArgumentCells(node, layout);
        DenseValue[] arguments = node.Arguments.Select(a => _values[a]).ToArray();
        var values = new long[layout.Count];
        for (int i = 0; i < values.Length; i++)
        {
            int cell = i;
            long At(int a) => arguments[a].Integers![cells[a][cell]];
            double RealAt(int a) => arguments[a].Reals![cells[a][cell]];
            values[i] = node.Arguments[0].Type == ValueType.Real ? Compare(node.Op, RealAt(0).CompareTo(RealAt(1)), double.IsNaN(RealAt(0)) || double.IsNaN(RealAt(1)))
                : node.Is(Ops.IntegerSelect) ? At(At(0) != 0 ? 1 : 2)
                : node.Is(Ops.Not) ? (At(0) == 0 ? 1 : 0)
                : Whole(node.Op, At(0), At(1));
        }

        return values;
    }

    private static long Whole(Op op, long a, long b)
    {
        if (op.Result == ValueType.Truth)
        {
            return op == Ops.And ? a & b : op == Ops.Or ? a | b : Compare(op, a.CompareTo(b), unordered: false);
        }

        // A read out of range stays one: arithmetic must not bring it back into range.
        if (a == DenseValue.NoInteger || b == DenseValue.NoInteger) return DenseValue.NoInteger;
        if (op == Ops.IntegerAdd) return a + b;
        if (op == Ops.IntegerSubtract) return a - b;
        if (op == Ops.IntegerMultiply) return a * b;
        if (op == Ops.IntegerMax) return Math.Max(a, b);
        if (op == Ops.IntegerMin) return Math.Min(a, b);
        if (op == Ops.IntegerDivide) return b == 0 ? 0 : FloorDivide(a, b);
        if (op == Ops.IntegerModulo) return b == 0 ? 0 : a - (b * FloorDivide(a, b));
        throw new InvalidOperationException($"no meaning for {op.Name}");
    }

    private static long FloorDivide(long a, long b) => (a / b) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);

    private static long Compare(Op op, int order, bool unordered)
    {
        bool holds = op == Ops.Less ? order < 0
            : op == Ops.LessOrEqual ? order <= 0
            : op == Ops.Greater ? order > 0
            : op == Ops.GreaterOrEqual ? order >= 0
            : op == Ops.Equal ? order == 0
            : op == Ops.NotEqual ? order != 0
            : throw new InvalidOperationException($"no meaning for {op.Name}");
        return (unordered ? op == Ops.NotEqual : holds) ? 1 : 0;
    }

    // Written out in the formula: a kink against it has derivative 0, against another variable the two share.
    private static bool IsLiteral(Node node) => node.Is(Ops.Constant) || (node.Is(Ops.Affine) && node.Affine.IsConstant)
        || (node.Op.Evaluate is not null && !node.Arguments.IsEmpty && node.Arguments.All(IsLiteral));
}
