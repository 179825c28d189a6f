using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>What a statement does.</summary>
internal enum StatementKind
{
    /// <summary>Accumulates a reduction.</summary>
    Reduce,

    /// <summary>Keeps an element-wise value that several statements need, or that is read at other positions.</summary>
    Materialize,

    /// <summary>Computes a state of a recurrence, one position of its axis after the other.</summary>
    Scan,

    /// <summary>Accumulates a sum at positions that indices say.</summary>
    Scatter,

    /// <summary>Sorts a row of keys.</summary>
    Sort,

    /// <summary>Writes an output.</summary>
    Store,
}

/// <summary>A loop or a statement of a <see cref="LoopTree"/>.</summary>
internal abstract class LoopItem;

/// <summary>A loop over one axis; everything inside shares it.</summary>
internal sealed class Loop(Axis axis, ImmutableArray<LoopItem> body, bool isDescending = false) : LoopItem
{
    /// <summary>Positions of a strip. Rows of so many elements of a few dozen others stay in the second cache, and a vector loop over them is no short one.</summary>
    public const int StripLength = 256;

    /// <summary>From one row of a strip's array to the next: a few elements more, since rows that lie a power of two apart would share one set of a cache.</summary>
    public const int StripPitch = StripLength + 16;

    /// <summary>A loop over strips of an axis: each loop over that axis inside runs over the strip alone.</summary>
    public static Loop OverStrips(Axis of, ImmutableArray<LoopItem> body) => new(new Axis(of.Index, of.Name + " strips", size: null, isLocal: false), body) { StripsOf = of };

    /// <summary>The axis that it cuts into strips; its own is then another object with the same place in sets. Null for a loop over positions.</summary>
    public Axis? StripsOf { get; private init; }

    public Axis Axis { get; } = axis;

    /// <summary>Whether it runs from the last position to the first, as a recurrence inside asks.</summary>
    public bool IsDescending { get; } = isDescending;

    /// <summary>Whether a recurrence inside needs its positions one after the other.</summary>
    public bool IsSequential { get; } = Inside(body).Any(s => s.Kind == StatementKind.Scan && ReferenceEquals(s.Value.State.Recurrence.Axis, axis));

    public ImmutableArray<LoopItem> Body { get; } = body;

    /// <summary>All statements inside, in order.</summary>
    public ImmutableArray<Statement> Statements { get; } = Inside(body);

    private static ImmutableArray<Statement> Inside(ImmutableArray<LoopItem> body)
    {
        ImmutableArray<Statement>.Builder statements = ImmutableArray.CreateBuilder<Statement>(body.Length);
        foreach (LoopItem item in body)
        {
            if (item is Loop loop) statements.AddRange(loop.Statements);
            else statements.Add((Statement)item);
        }

        return statements.ToImmutable();
    }
}

/// <summary>A value computed over its free and reduced axes, with the place that scheduling gave it.</summary>
internal sealed class Statement(StatementKind kind, Node value, KernelOutput? output) : LoopItem
{
    public StatementKind Kind { get; } = kind;

    /// <summary>The reduction or kept value itself; for a store the value written.</summary>
    public Node Value { get; } = value;

    /// <summary>What is evaluated at each point: a reduction's body, a state's step, otherwise the value.</summary>
    public Node Expression => Kind switch
    {
        StatementKind.Reduce => Value[0],
        StatementKind.Scan => Value[Value.State.Index],
        _ => Value,
    };

    /// <summary>The output of a store.</summary>
    public KernelOutput? Output { get; } = output;

    /// <summary>The axes that the result keeps: a reduction's or kept value's own, those along which a store writes.</summary>
    public AxisSet Free => Kind == StatementKind.Store ? Output!.Written : Value.Axes;

    /// <summary>The axes that a reduction binds, or that a scatter sums over.</summary>
    public AxisSet Reduced => Kind switch
    {
        StatementKind.Reduce => Value.Reduction.Axes,
        StatementKind.Scatter => Value.Scatter.Summed,
        _ => AxisSet.Empty,
    };

    /// <summary>The axes along which it writes a row at once: those whose positions indices say, or that it sorts. No loop runs over them.</summary>
    public AxisSet Targets => Kind switch
    {
        StatementKind.Scatter => Value.Scatter.TargetSet,
        StatementKind.Sort => AxisSet.Of((Axis)Value.Payload!),
        _ => AxisSet.Empty,
    };

    /// <summary>All axes it loops over.</summary>
    public AxisSet Domain => (Free - Targets) | Reduced;

    /// <summary>Whether its value comes together term by term.</summary>
    public bool Accumulates => Kind is StatementKind.Reduce or StatementKind.Scatter;

    /// <summary>How the terms of what accumulates combine.</summary>
    public ReductionKind Combination => Kind == StatementKind.Scatter ? ReductionKind.Sum : Value.Reduction.Kind;

    /// <summary>The statements whose values it reads.</summary>
    public ImmutableArray<Statement> Dependencies { get; set; } = ImmutableArray<Statement>.Empty;

    /// <summary>The states of its own recurrence that it reads at the position before.</summary>
    public ImmutableArray<Statement> Carried { get; set; } = ImmutableArray<Statement>.Empty;

    /// <summary>The statements that read its value.</summary>
    public ImmutableArray<Statement> Consumers { get; set; } = ImmutableArray<Statement>.Empty;

    /// <summary>Along which axes it reads a value at positions other than its own; values that it reads at its own are missing.</summary>
    public ImmutableDictionary<Statement, AxisSet> Elsewhere { get; set; } = ImmutableDictionary<Statement, AxisSet>.Empty;

    /// <summary>The loops around it, outermost first.</summary>
    public ImmutableArray<Loop> Path { get; set; } = ImmutableArray<Loop>.Empty;

    /// <summary>Position in the tree's order.</summary>
    public int Position { get; set; }

    /// <summary>How many loops stand outside its accumulator: the index of its outermost reduced loop, or the path's length.</summary>
    public int AccumulatorDepth { get; set; }

    /// <summary>How many loops stand outside its value: the value lives in the block inside <c>Path[StorageDepth - 1]</c>.</summary>
    public int StorageDepth { get; set; }

    /// <summary>Axes of the accumulator: those free axes that it does not share with the loops outside it.</summary>
    public ImmutableArray<Axis> AccumulatorAxes { get; set; } = ImmutableArray<Axis>.Empty;

    /// <summary>Axes of the stored value; empty means a register. At depth 0 with axes it lives in the call's workspace.</summary>
    public ImmutableArray<Axis> StorageAxes { get; set; } = ImmutableArray<Axis>.Empty;

    /// <summary>The output buffer that holds a kept value until that output's own store; null for storage of its own.</summary>
    public KernelOutput? Alias { get; set; }

    public AxisSet ElsewhereOf(Statement source) => Elsewhere.TryGetValue(source, out AxisSet axes) ? axes : AxisSet.Empty;

    /// <summary>A kept value or a state that is used only in its own block: a temporary.</summary>
    public bool IsTemporary => Kind is StatementKind.Materialize or StatementKind.Scan && StorageDepth == Path.Length;

    /// <summary>Whether it computes this node: the value itself, or the step of a state, which is the state at the reader's own position.</summary>
    public bool Computes(Node node) => ReferenceEquals(Value, node) || (Kind == StatementKind.Scan && ReferenceEquals(Expression, node) && IsOwnStep(node, Value.State));

    /// <summary>Whether it evaluates its expression itself: a step that is another statement's value is read from there.</summary>
    public bool EvaluatesExpression =>
        Kind is StatementKind.Materialize or StatementKind.Scatter or StatementKind.Sort || (Kind == StatementKind.Scan && !IsComputedApart(Expression));

    /// <summary>Whether a step is nothing but the state: what it uses of the recurrence ties it to that, and no other statement computes it.</summary>
    public static bool IsOwnStep(Node step, RecurrentState state) => step.Open.Contains(state.Recurrence) && !IsComputedApart(step);

    /// <summary>Whether a value is always a statement of its own.</summary>
    private static bool IsComputedApart(Node node) => node.Op.Is(Ops.Reduce, Ops.Scan, Ops.Scatter, Ops.Order);
}

/// <summary>A scheduled kernel: root loops and axis-free statements in order.</summary>
/// <param name="Items">The top level: each loop is one nest over its outermost axis.</param>
/// <param name="Outputs">What it produces.</param>
/// <param name="VectorAxes">For each root loop the axis along which lanes run, absent when it runs scalar; and for loops inside, in which none runs along that axis, an axis of their own.</param>
/// <param name="Cost">What the cost model says of it.</param>
internal sealed record LoopTree(
    ImmutableArray<LoopItem> Items,
    ImmutableArray<KernelOutput> Outputs,
    ImmutableDictionary<Loop, Axis> VectorAxes,
    double Cost)
{
    public IEnumerable<Statement> Statements => Items.SelectMany<LoopItem, Statement>(item => item is Loop loop ? loop.Statements : [(Statement)item]);
}
