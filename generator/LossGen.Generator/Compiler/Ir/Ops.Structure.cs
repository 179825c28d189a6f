using System.Collections.Immutable;

namespace LossGen.Compiler.Ir;

/// <summary>The op table. Rows of this part are known to the stages by name: leaves, selections, conversions, reductions.</summary>
internal static partial class Ops
{
    /// <summary>A real constant; payload: double.</summary>
    public static readonly Op Constant = new("constant", 0, ValueType.Real) { Cost = 0 };

    /// <summary>A truth constant; payload: bool.</summary>
    public static readonly Op TruthConstant = new("truth", 0, ValueType.Truth) { Cost = 0 };

    /// <summary>An affine integer; payload: <see cref="AffineForm"/>.</summary>
    public static readonly Op Affine = new("affine", 0, ValueType.Integer);

    /// <summary>A real or truth parameter without axes; payload: <see cref="ScalarParameter"/>. Integer ones are affine.</summary>
    public static readonly Op Parameter = new("parameter", 0, ValueType.Real) { Cost = 0 };

    /// <summary>A tensor read at one integer index for each of its axes; payload: <see cref="TensorParameter"/>.</summary>
    public static readonly Op Load = new("load", -1, ValueType.Real) { IsElementwise = false };

    /// <summary>A reduction of its argument; payload: <see cref="Reduction"/>.</summary>
    public static readonly Op Reduce = new("reduce", 1, ValueType.Real) { IsElementwise = false };

    /// <summary>
    /// The positions of the argument in ascending order along an axis, as reals: at position k the position of the k-th. Stable, NaN last.
    /// Payload: the <see cref="Axis"/>.
    /// </summary>
    public static readonly Op Order = new("order", 1, ValueType.Real) { IsElementwise = false };

    /// <summary>The argument, stored as keys to sort by.</summary>
    public static readonly Op SortKey = new("sortKey", 1, ValueType.Real) { CSharp = "{0}", C = "{0}", Notation = "{0}", Evaluate = x => x[0], Cost = 0, IsElementwise = false };

    /// <summary>The argument, stored so that it is contiguous along an axis; payload: the <see cref="Axis"/>.</summary>
    public static readonly Op Operand = new("operand", 1, ValueType.Real) { CSharp = "{0}", C = "{0}", Notation = "{0}", Evaluate = x => x[0], Cost = 0, IsElementwise = false };

    /// <summary>
    /// The sum of the first argument over some axes, put where the other arguments, one index for each target axis, say; payload:
    /// <see cref="ScatterAxes"/>. What lies outside of the target axes is left out.
    /// </summary>
    public static readonly Op Scatter = new("scatter", -1, ValueType.Real) { IsElementwise = false };

    /// <summary>
    /// The first argument, read at the second, an index of the axis in the payload; made where no tensor read says that the index must
    /// lie in that axis. Binding and checks look at it, rewriting takes it away.
    /// </summary>
    public static readonly Op Checked = new("checked", 2, ValueType.Real) { IsElementwise = false, Cost = 0, Adjoint = (g, n, d, i) => i == 0 ? d : null };

    /// <summary>
    /// The first argument, computed once for all of its positions and read at other ones: one integer index for each replaced axis;
    /// payload: <see cref="IndexedAxes"/>.
    /// </summary>
    public static readonly Op At = new("at", -1, ValueType.Real) { IsElementwise = false };

    /// <summary>
    /// A state of a recurrence; the arguments are the steps of all of its states, the payload is the <see cref="RecurrentState"/>.
    /// </summary>
    public static readonly Op Scan = new("scan", -1, ValueType.Real) { IsElementwise = false };

    /// <summary>
    /// A state at the position before the first argument, and at one index for each of its other axes; payload: <see cref="RecurrentState"/>.
    /// Outside of the recurrence's steps it means the same, read from the finished states. Where the recurrence starts it has no meaning.
    /// </summary>
    public static readonly Op Previous = new("prev", -1, ValueType.Real) { IsElementwise = false };

    /// <summary>The first argument without its gradient.</summary>
    public static readonly Op Detach = new("detach", 1, ValueType.Real) { CSharp = "{0}", C = "{0}", Notation = "{0}", Evaluate = x => x[0], Cost = 0, IsFunction = true };

    /// <summary>An integer as a real number.</summary>
    public static readonly Op ToReal = new("real", 1, ValueType.Real) { CSharp = "real({0})", C = "(lg_real)({0})", Notation = "{0}", Evaluate = x => x[0] };

    /// <summary>A position that is held as a real number; payload: <see cref="RowPosition"/>.</summary>
    public static readonly Op ToPosition = new("position", 1, ValueType.Integer)
    {
        CSharp = "position({0})", C = "(lg_i64)({0})", Notation = "{0}", Evaluate = x => x[0], IsElementwise = false,
    };

    /// <summary>condition ? first : second; the branch not taken contributes nothing.</summary>
    public static readonly Op Select = new("select", 3, ValueType.Real)
    {
        CSharp = "select({0}, {1}, {2})",
        C = "({0} ? {1} : {2})",
        Notation = "({0} ? {1} : {2})",
        Evaluate = x => x[0] != 0 ? x[1] : x[2],
        Range = r => r[1].Union(r[2]),
        Adjoint = (g, n, d, i) => i switch
        {
            1 => g.Select(n[0], d, g.Zero),
            2 => g.Select(n[0], g.Zero, d),
            _ => null,
        },
    };

    /// <summary>Every row, in a fixed order; generic tests walk it.</summary>
    public static ImmutableArray<Op> All => Index.All;

    /// <summary>The rows that a formula may call, by name.</summary>
    public static ImmutableDictionary<string, Op> Functions => Index.Functions;

    // A type of its own, so that it is filled only when every row of every part exists.
    private static class Index
    {
        public static readonly ImmutableArray<Op> All = typeof(Ops)
            .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
            .Where(f => f.FieldType == typeof(Op))
            .Select(f => (Op)f.GetValue(null))
            .OrderBy(op => op.Name, StringComparer.Ordinal)
            .ToImmutableArray();

        public static readonly ImmutableDictionary<string, Op> Functions =
            All.Where(op => op.IsFunction).ToImmutableDictionary(op => op.Name, StringComparer.Ordinal);
    }
}
