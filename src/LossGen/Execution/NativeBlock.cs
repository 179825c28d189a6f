namespace LossGen.Runtime;

/// <summary>A piece of native memory, aligned to 64 bytes; no pointer means none.</summary>
internal unsafe readonly struct NativeBlock(byte* pointer, nint capacity)
{
    internal byte* Pointer { get; } = pointer;

    internal nint Capacity { get; } = capacity;
}
