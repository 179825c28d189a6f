namespace LossGen.Compiler.Emission.Kernels;

/// <summary>What a reduction accumulates into while its loops run.</summary>
/// <param name="Local">A scalar, float64 but for extremes, or lanes inside the vector loop; null for an array.</param>
/// <param name="Array">An array over the free axes that the loops outside do not fix; null for a local.</param>
internal sealed record Accumulator(KernelLocal? Local, KernelBuffer? Array)
{
    /// <summary>Working-precision lanes of the running block, merged into the above after each block; null when lanes are not reduced.</summary>
    public KernelLocal? Lanes { get; set; }

    /// <summary>The same as an array of vectors, when loops over free axes stand inside the vector loop.</summary>
    public KernelBuffer? LaneArray { get; set; }
}
