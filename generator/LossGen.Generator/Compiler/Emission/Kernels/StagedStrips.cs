using System.Collections.Immutable;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>The body of a vector loop in stages, each of which goes over a strip before the next one does.</summary>
/// <param name="Start">The name of the strip's first position.</param>
/// <param name="End">The name of the position behind it.</param>
/// <param name="Kept">The name of the memory of what stages keep for others.</param>
/// <param name="Stages">In their order; the last has the effects.</param>
internal sealed record StagedStrips(string Start, string End, string Kept, ImmutableArray<VectorStage> Stages)
{
    /// <summary>Vectors of a strip. Four lie too close together, sixteen are no better.</summary>
    public const int Vectors = 8;

    /// <summary>Fewer vectors than this are not worth a strip.</summary>
    public const int Least = 4;
}

/// <summary>One stage.</summary>
/// <param name="Taken">What it takes from stages before it, and at which place of the strip's memory it is.</param>
/// <param name="Body">Of one vector.</param>
/// <param name="Kept">What it computes for stages behind it, and its places.</param>
internal sealed record VectorStage(
    ImmutableArray<(KernelLocal Local, int Place)> Taken, ImmutableArray<KernelStatement> Body, ImmutableArray<(KernelLocal Local, int Place)> Kept)
{
    /// <summary>Values of a vector that there is room for in the memory of a thread, which is made for so many of <see cref="StagedStrips.Vectors"/> vectors.</summary>
    public const int MostKept = 8;
}
