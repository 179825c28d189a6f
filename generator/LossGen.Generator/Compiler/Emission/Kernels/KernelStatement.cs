using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>A local variable of a kernel.</summary>
internal sealed record KernelLocal(string Name, ValueType Type, bool IsLanes, Precision Precision, bool IsLong = false)
{
    /// <summary>Whether its name says nothing that its value does not.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Whether it is a row that lanes are read in at indices.</summary>
    public bool IsTable { get; init; }

    public bool Equals(KernelLocal? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}

/// <summary>Where an array lives.</summary>
internal enum BufferKind
{
    /// <summary>An argument of the call.</summary>
    Tensor,

    /// <summary>Shared between the nests of one call.</summary>
    Workspace,

    /// <summary>Private to the worker that runs a chunk.</summary>
    Scratch,
}

/// <summary>An array that kernels read or write.</summary>
/// <param name="Name">Its name in the kernel.</param>
/// <param name="Kind">Where it lives.</param>
/// <param name="Element">Its element type.</param>
/// <param name="Index">Its position among the frame's tensors, or among the arrays of its kind.</param>
/// <param name="Sizes">Its dimensions, outermost first.</param>
/// <param name="HasLanes">Whether each element is a whole vector: the array lives inside the vector loop.</param>
/// <param name="IsLarge">Whether its elements may outnumber 32-bit offsets.</param>
internal sealed record KernelBuffer(
    string Name, BufferKind Kind, ElementType Element, int Index, ImmutableArray<AffineForm> Sizes, bool HasLanes = false, bool IsLarge = false)
{
    /// <summary>Whether behind each row along its last dimension there is room for the rest of a vector.</summary>
    public bool HasRoom { get; init; }

    /// <summary>Whether its rows have room for whole vectors, and a vector may begin a little before the first of them or end behind the last.</summary>
    public bool IsPadded { get; init; }

    /// <summary>Which dimension has one strip of an axis alone, and the axis whose position is the first of the strip; null where all dimensions are whole.</summary>
    public (int Dimension, Axis Start)? Strip { get; init; }

    /// <summary>Whether its elements are 1 where a condition holds and else 0.</summary>
    public bool HoldsIndicators { get; init; }

    /// <summary>Where this form is not positive, nothing uses the array, and it takes no memory.</summary>
    public AffineForm? OnlyWhere { get; init; }

    /// <summary>The array that gets what the arrays of all chunks come to; where there is one chunk, it is that one's array itself.</summary>
    public KernelBuffer? Total { get; init; }

    public ValueType Type => Element switch
    {
        ElementType.Single or ElementType.Double or ElementType.Half => ValueType.Real,
        ElementType.Boolean => ValueType.Truth,
        _ => ValueType.Integer,
    };

    public bool Equals(KernelBuffer? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}

/// <summary>A statement of a kernel.</summary>
internal abstract record KernelStatement;

/// <summary>A line that explains what follows.</summary>
internal sealed record Comment(string Text) : KernelStatement;

/// <summary>Declares a local with its first value.</summary>
internal sealed record Declare(KernelLocal Local, KernelExpression Value) : KernelStatement;

/// <summary>Gives a local another value.</summary>
internal sealed record Assign(KernelLocal Local, KernelExpression Value) : KernelStatement;

/// <summary>Names a row of an array, which begins at an element of it.</summary>
internal sealed record DeclareRow(KernelBuffer Row, KernelBuffer Array, KernelExpression First) : KernelStatement;

/// <summary>Declares an array of the chunk's own that is small enough for the stack.</summary>
/// <param name="Array">The array, from the beginning of a cache line on.</param>
/// <param name="Room">A name for the memory that it lies in.</param>
internal sealed record DeclareArray(KernelBuffer Array, string Room) : KernelStatement;

/// <summary>
/// Copies as many rows as there are lanes to a panel, whose vectors have a position of all rows each, or back.
/// </summary>
/// <param name="Rows">The array with the rows.</param>
/// <param name="First">Where the first of them begins.</param>
/// <param name="Length">Elements of a row.</param>
/// <param name="Panel">The panel.</param>
/// <param name="TailCount">In a tail, how many rows there are.</param>
/// <param name="IsBack">Whether the panel is copied to the rows.</param>
internal sealed record TurnRows(KernelBuffer Rows, KernelExpression First, KernelExpression Length, KernelBuffer Panel, KernelLocal? TailCount, bool IsBack) : KernelStatement;

/// <summary>Writes to memory.</summary>
internal sealed record Write(Place Place, KernelExpression Value) : KernelStatement;

/// <summary>Adds each lane to the element that it says, one after the other.</summary>
internal sealed record ScatterAdd(Place Place, KernelExpression Value) : KernelStatement
{
    /// <summary>Where the lanes wait until the queue is full or closed; null where they are added at once.</summary>
    public ScatterQueue? Queue { get; init; }
}

/// <summary>Lanes that wait to be added to the elements of one array.</summary>
internal sealed record ScatterQueue(string Name, int Number);

/// <summary>Begins a queue.</summary>
internal sealed record OpenQueue(ScatterQueue Queue) : KernelStatement;

/// <summary>Adds what waits in a queue to the array.</summary>
internal sealed record CloseQueue(ScatterQueue Queue, KernelBuffer Array) : KernelStatement;

/// <summary>Elements of an array, a fixed distance apart.</summary>
internal sealed record Row(KernelBuffer Buffer, KernelExpression First, KernelExpression Stride, AffineForm Count);

/// <summary>Writes the positions of a row of keys in ascending order.</summary>
internal sealed record SortRow(Row Keys, Row Positions) : KernelStatement;

/// <summary>Sets a whole array, or so many of its rows, to one number.</summary>
internal sealed record Fill(KernelBuffer Buffer, double Value, KernelExpression? Rows = null) : KernelStatement;

/// <summary>A loop over single positions, from the first to the last or back.</summary>
/// <param name="Axis">Its axis.</param>
/// <param name="From">The first position.</param>
/// <param name="To">The position after the last.</param>
/// <param name="Body">What happens at a position.</param>
/// <param name="IsDescending">Whether it runs from the last position to the first.</param>
/// <param name="IsParallel">
/// Whether positions share nothing but locals of outside that they accumulate into: each writes elements of arrays that no other touches.
/// </param>
internal sealed record ScalarLoop(
    Axis Axis, KernelExpression From, KernelExpression To, ImmutableArray<KernelStatement> Body, bool IsDescending = false, bool IsParallel = false) : KernelStatement;

/// <summary>
/// A loop over single positions in three stages, where the first stage of a position runs before the last stage of the position before:
/// first(0) middle(0), first(1) last(0) middle(1), first(2) last(1) middle(2), … last(end - 1).
/// </summary>
internal sealed record PipelinedLoop(
    Axis Axis,
    KernelExpression From,
    KernelExpression To,
    ImmutableArray<KernelStatement> First,
    ImmutableArray<KernelStatement> Middle,
    ImmutableArray<KernelStatement> Last) : KernelStatement
{
    /// <summary>Declares what one stage leaves for another, before the loop and for it alone.</summary>
    public ImmutableArray<KernelStatement> Carried { get; init; } = ImmutableArray<KernelStatement>.Empty;
}

/// <summary>A loop that takes several positions a step while it can, then single ones. Its meaning is that of a <see cref="ScalarLoop"/> over the single ones.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="From">The first position.</param>
/// <param name="To">The position after the last.</param>
/// <param name="Copies">How many positions a step takes.</param>
/// <param name="Jammed">For these, in terms of the first of them.</param>
/// <param name="Single">For one.</param>
internal sealed record JammedLoop(
    Axis Axis, KernelExpression From, KernelExpression To, int Copies, ImmutableArray<KernelStatement> Jammed, ImmutableArray<KernelStatement> Single) : KernelStatement;

/// <summary>A loop over blocks of positions, so that what they share stays in a cache.</summary>
/// <param name="Of">The axis that it cuts.</param>
/// <param name="Start">An axis whose position is the first of the block.</param>
/// <param name="End">The position after the last of the block.</param>
/// <param name="From">The first position of all.</param>
/// <param name="To">The position after the last of all.</param>
/// <param name="Length">How many positions a block has; the last may have fewer.</param>
/// <param name="Body">For a block.</param>
internal sealed record BlockLoop(
    Axis Of, Axis Start, KernelLocal End, KernelExpression From, KernelExpression To, int Length, ImmutableArray<KernelStatement> Body) : KernelStatement;

/// <summary>
/// Sums of some rows along the lanes, each over many positions, whose accumulators stay in registers while the positions of a block pass
/// by: for a block, the scalars of all rows go into a panel; then, some vectors after the other, what all rows share does, and some rows after
/// the other add it up.
/// </summary>
/// <param name="Block">The blocks of the axis that is summed over.</param>
/// <param name="Row">An axis whose position is the first row of a tile.</param>
/// <param name="FirstRow">The first row.</param>
/// <param name="EndRow">The row after the last.</param>
/// <param name="Lanes">The axis of the lanes.</param>
/// <param name="From">The first position along the lanes.</param>
/// <param name="To">The position after the last along the lanes.</param>
/// <param name="Vectors">How many vectors a tile has, where there are so many.</param>
/// <param name="Vector">Which of these vectors it is, from 0.</param>
/// <param name="TailCount">The number of lanes in the tail.</param>
/// <param name="Tiles">By falling number of rows, the last of one.</param>
/// <param name="Columns">Writes what all rows share into a panel, for whole vectors and for the last, partial one; or nothing.</param>
/// <param name="Copies">What does the same where all of it stands in memory; or nothing.</param>
/// <param name="Wide">Sums of working precision with the wider ones that they go to, if there are more positions than <paramref name="WideLength"/>.</param>
/// <param name="WideLength">After so many positions, some whole blocks, they do.</param>
internal sealed record RowSums(
    BlockLoop Block,
    Axis Row,
    KernelExpression FirstRow,
    KernelExpression EndRow,
    Axis Lanes,
    KernelExpression From,
    KernelExpression To,
    int Vectors,
    KernelLocal Vector,
    KernelLocal TailCount,
    ImmutableArray<RowTile> Tiles,
    ImmutableArray<RowTileBody> Columns,
    ImmutableArray<ColumnCopy> Copies,
    ImmutableArray<WideSums> Wide,
    int WideLength) : KernelStatement;

/// <summary>Wider sums of the rows of <see cref="RowSums"/>.</summary>
/// <param name="Sums">Where those of working precision stand, in terms of the row and the position along the lanes.</param>
/// <param name="Array">The wider ones, row by row.</param>
/// <param name="Row">Where a row begins there.</param>
internal sealed record WideSums(Place Sums, KernelBuffer Array, KernelExpression Row);

/// <summary>A value that all rows of <see cref="RowSums"/> share and that stands in memory: it is copied.</summary>
/// <param name="From">Where it stands at the first position of a block.</param>
/// <param name="Step">Elements from a position to the next.</param>
/// <param name="Panel">The panel.</param>
/// <param name="First">The first of its vectors there.</param>
/// <param name="Stride">Vectors from a position to the next there.</param>
/// <param name="HasTail">Whether whole vectors may be read where the row ends.</param>
internal sealed record ColumnCopy(Place From, KernelExpression Step, KernelBuffer Panel, int First, int Stride, bool HasTail);

/// <summary>Rows that go side by side: what follows each other in a row is a stride apart in the copy.</summary>
/// <param name="From">The first element of the first row.</param>
/// <param name="Row">Elements from a row to the next.</param>
/// <param name="To">Its place in the copy, beside which that of the next row stands.</param>
/// <param name="Stride">Elements from a position to the next there.</param>
internal sealed record Interleaving(Place From, KernelExpression Row, Place To, KernelExpression Stride);

/// <summary>Copies rows side by side.</summary>
/// <param name="Copy">What, in terms of the first row and position.</param>
/// <param name="Rows">The axis of the rows.</param>
/// <param name="FirstRow">The first row.</param>
/// <param name="EndRow">The row after the last.</param>
/// <param name="Along">The axis along each row.</param>
/// <param name="From">The first position.</param>
/// <param name="To">The position after the last.</param>
internal sealed record Interleave(
    Interleaving Copy, Axis Rows, KernelExpression FirstRow, KernelExpression EndRow, Axis Along, KernelExpression From, KernelExpression To) : KernelStatement;

/// <summary>Some rows of <see cref="RowSums"/>.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Pack">Writes their scalars at a position of the block into the panel.</param>
/// <param name="Copy">What does the same from the first position of the block on, where the scalars stand in memory; or null.</param>
/// <param name="Whole">What happens to accumulators of whole vectors.</param>
/// <param name="Tail">To those of the last, partial vector.</param>
internal sealed record RowTile(int Rows, ImmutableArray<KernelStatement> Pack, Interleaving? Copy, RowTileBody Whole, RowTileBody Tail)
{
    /// <summary>The same rows, leaving out terms that do not count instead of multiplying them by 0: for sums that came out as NaN, as an infinite one of them makes them. Or null.</summary>
    public RowTile? Guarded { get; init; }

    /// <summary>What happens to accumulators of whole vectors or of the last, in one way and the other.</summary>
    public IEnumerable<RowTileBody> Bodies => Guarded is null ? [Whole, Tail] : [Whole, Tail, Guarded.Whole, Guarded.Tail];
}

/// <summary>What happens to the accumulators of one vector.</summary>
/// <param name="Before">Before the positions: rows that are named, accumulators with what they hold.</param>
/// <param name="Step">At a position of the block.</param>
/// <param name="After">After the positions: accumulators go back.</param>
/// <param name="Alike">Statements that are the same for all vectors.</param>
internal sealed record RowTileBody(
    ImmutableArray<KernelStatement> Before, ImmutableArray<KernelStatement> Step, ImmutableArray<KernelStatement> After, ImmutableHashSet<KernelStatement> Alike)
{
    /// <summary>The accumulators of all rows.</summary>
    public ImmutableArray<KernelLocal> Sums { get; init; } = ImmutableArray<KernelLocal>.Empty;
}

/// <summary>
/// A loop over lanes: blocks short enough for working-precision accumulators, in each a loop over whole vectors and a tail.
/// </summary>
/// <param name="Axis">The vector axis.</param>
/// <param name="From">The first position.</param>
/// <param name="To">The position after the last.</param>
/// <param name="Interior">Forms that are at least 0 at every position for which the body for whole vectors may run; the tail's runs anywhere.</param>
/// <param name="Prologue">Before the loop: values that it does not change, in lanes.</param>
/// <param name="IsBlocked">Whether sums need blocks; the largest of any number of elements does not.</param>
/// <param name="BlockPrologue">Before each block: accumulators.</param>
/// <param name="Body">For whole vectors.</param>
/// <param name="TailCount">The number of lanes in the tail.</param>
/// <param name="Tail">The same for the last, partial vector, and for vectors that are not in the interior.</param>
/// <param name="BlockEpilogue">After each block: accumulators into wider ones.</param>
/// <param name="Accumulators">The lanes that a block accumulates into.</param>
/// <param name="Unroll">How many vectors a step takes, each with accumulators of its own, so that one addition need not wait for another.</param>
internal sealed record VectorLoop(
    Axis Axis,
    KernelExpression From,
    KernelExpression To,
    ImmutableArray<AffineForm> Interior,
    ImmutableArray<KernelStatement> Prologue,
    bool IsBlocked,
    ImmutableArray<KernelStatement> BlockPrologue,
    ImmutableArray<KernelStatement> Body,
    KernelLocal TailCount,
    ImmutableArray<KernelStatement> Tail,
    ImmutableArray<KernelStatement> BlockEpilogue,
    ImmutableArray<(KernelLocal Lanes, Op Combination)> Accumulators,
    int Unroll) : KernelStatement
{
    /// <summary>Outputs whose vectors the body stores one behind the other, so that they may go around the caches.</summary>
    public ImmutableArray<KernelBuffer> Streamed { get; init; } = ImmutableArray<KernelBuffer>.Empty;

    /// <summary>Whether it goes over all elements of a chunk rather than those of a row.</summary>
    public bool IsOfChunk => From.Everything().Any(e => e is ChunkBound);

    /// <summary>Where the body reads what no loop before it has brought into the caches, a place for each array.</summary>
    public ImmutableArray<Place> Ahead { get; init; } = ImmutableArray<Place>.Empty;

    /// <summary>The body for a few neighbouring vectors at once, for machines whose registers hold them; empty where one alone is better.</summary>
    public ImmutableArray<InterleavedStatement> Interleaved { get; init; } = ImmutableArray<InterleavedStatement>.Empty;

    /// <summary>The body in parts, each a loop over a strip of vectors; null where it is best whole.</summary>
    public StagedStrips? Stages { get; init; }
}

/// <summary>A statement for one of several vectors that a step takes.</summary>
internal sealed record InterleavedStatement(int Vector, KernelStatement Statement);

/// <summary>One of two runs of statements, by a condition.</summary>
internal sealed record Alternatives(KernelExpression Condition, ImmutableArray<KernelStatement> WhenTrue, ImmutableArray<KernelStatement> WhenFalse) : KernelStatement;

/// <summary>Leaves the loop over whole vectors before this one has had an effect, if the highest bit of any of its lanes is set: the tail's body takes it.</summary>
internal sealed record Leave(KernelExpression Unusual) : KernelStatement;

/// <summary>Writes a chunk's share of a reduction: a scalar, or every element of an array.</summary>
internal sealed record WritePartial(int Partial, KernelExpression? Value, KernelBuffer? Array) : KernelStatement;

/// <summary>Calls a loop that is a method of its own.</summary>
internal sealed record Call(Routine Routine) : KernelStatement;

/// <summary>Statements as a method.</summary>
/// <param name="Name">Its name, without the vector width.</param>
/// <param name="Body">What it does.</param>
/// <param name="Positions">Axes of loops around it whose positions it uses.</param>
/// <param name="Given">Locals of outside that it takes.</param>
/// <param name="Changed">Those that it gives another value.</param>
/// <param name="Arrays">What it reads or writes.</param>
internal sealed record Routine(
    string Name,
    ImmutableArray<KernelStatement> Body,
    ImmutableArray<Axis> Positions,
    ImmutableArray<KernelLocal> Given,
    ImmutableArray<KernelLocal> Changed,
    ImmutableArray<KernelBuffer> Arrays)
{
    public static string NameOf(string name, int bits) => $"{name}_{bits.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
