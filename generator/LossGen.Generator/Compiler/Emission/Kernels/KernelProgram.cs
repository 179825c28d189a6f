using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>A kernel as data: steps in order, ready to be printed in any language of the C family.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsDouble">Whether its working precision is float64.</param>
/// <param name="Steps">What a call does.</param>
/// <param name="Workspace">Arrays that the steps share.</param>
internal sealed record KernelProgram(string Name, bool IsDouble, ImmutableArray<KernelStep> Steps, ImmutableArray<KernelBuffer> Workspace);

/// <summary>A step of a call.</summary>
internal abstract record KernelStep;

/// <summary>Computes a value without axes between nests, in wide precision.</summary>
/// <param name="Local">The local that holds it; null when it only goes to the frame.</param>
/// <param name="Value">An expression without axes; null for a reduction that the nest before has merged into the local.</param>
/// <param name="Meaning">What it is, for the reader, where its name does not say it.</param>
internal sealed record ScalarStep(KernelLocal? Local, KernelExpression? Value, string Meaning) : KernelStep
{
    /// <summary>The scalar of the frame that carries it to nests or to the caller; -1 when neither needs it.</summary>
    public int Slot { get; set; } = -1;
}

/// <summary>Writes the positions of an array of keys in ascending order.</summary>
internal sealed record SortStep(KernelBuffer Keys, KernelBuffer Positions, AffineForm Count) : KernelStep;

/// <summary>Runs one loop nest in chunks of its outermost axis and merges the chunks' partial results.</summary>
/// <param name="Name">The name of the nest's kernel.</param>
/// <param name="Axis">The outermost axis.</param>
/// <param name="Vector">The vector axis, or null for scalar loops.</param>
/// <param name="Body">One chunk: positions from the chunk's begin to its end.</param>
/// <param name="Buffers">The tensors and workspace arrays that it touches.</param>
/// <param name="Scratch">Arrays of its own.</param>
/// <param name="Partials">The partial results of each chunk.</param>
/// <param name="Work">The axes whose sizes multiply to the work of one position, and the cost of one element.</param>
/// <param name="Limit">Most positions in a chunk; 0 for no limit.</param>
/// <param name="Granule">Chunks begin at multiples of this.</param>
/// <param name="IsSequential">Whether each position of the outermost axis needs the one before: one chunk, on one thread.</param>
/// <param name="Outline">The nest in words.</param>
internal sealed record NestStep(
    string Name,
    Axis Axis,
    Axis? Vector,
    ImmutableArray<KernelStatement> Body,
    ImmutableArray<KernelBuffer> Buffers,
    ImmutableArray<KernelBuffer> Scratch,
    ImmutableArray<PartialResult> Partials,
    (ImmutableArray<AffineForm> Sizes, int Cost) Work,
    int Limit,
    int Granule,
    bool IsSequential,
    string Outline) : KernelStep
{
    /// <summary>The outputs that its loops may store around the caches.</summary>
    public ImmutableArray<KernelBuffer> Streamed { get; init; } = ImmutableArray<KernelBuffer>.Empty;

    /// <summary>Whether any of its loops announces what it reads.</summary>
    public bool ReadsAhead { get; init; }

    /// <summary>Whether its body depends on how vectors travel between memory and the processor.</summary>
    public bool HasPaths => ReadsAhead || !Streamed.IsEmpty;

    /// <summary>What runs instead where rows are short; null where they stay one by one.</summary>
    public ShortRows? ShortRows { get; init; }
}

/// <summary>A body of a nest with lanes across its rows, for rows so short that lanes along them would be few.</summary>
/// <param name="Condition">Of a chunk: whether rows are short, and enough for lanes.</param>
/// <param name="Row">The axis along each row.</param>
/// <param name="Longest">How many positions a row has at most.</param>
/// <param name="Granule">Where rows are short, chunks begin at multiples of this.</param>
/// <param name="Body">One chunk.</param>
internal sealed record ShortRows(KernelExpression Condition, Axis Row, int Longest, int Granule, ImmutableArray<KernelStatement> Body);

/// <summary>A reduction over a nest's outermost axis: each chunk writes its share, the merge goes to a scalar or an array.</summary>
/// <param name="Kind">How shares combine.</param>
/// <param name="Scalar">The step whose local receives the merged value; null for an array.</param>
/// <param name="Array">The array that receives it, of the workspace or an output; or null.</param>
/// <param name="Sizes">The array's dimensions; empty for a scalar.</param>
internal sealed record PartialResult(ReductionKind Kind, ScalarStep? Scalar, KernelBuffer? Array, ImmutableArray<AffineForm> Sizes)
{
    /// <summary>Whether the only chunk, where there is one, works in the array that receives it.</summary>
    public bool IsInPlace { get; init; }
}
