namespace LossGen.Compiler.Emission;

/// <summary>A kernel would need more tensors than the runtime's frame has places; reported as a diagnostic.</summary>
internal sealed class TooManyTensorsException(int count) : Exception("too many tensors")
{
    /// <summary>How many it needs, gradients included.</summary>
    public int Count { get; } = count;
}
