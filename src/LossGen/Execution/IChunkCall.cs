using System.ComponentModel;

namespace LossGen.Runtime;

/// <summary>A call with one tensor whose nests are one chunk each: its sizes and scalars are its fields, and it needs no frame.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IChunkCall1
{
    /// <summary>Runs the call; tensors stay where they are meanwhile.</summary>
    /// <param name="tensor0">The first byte of tensor 0.</param>
    void Run(ref byte tensor0);
}

/// <summary>A call with two tensors whose nests are one chunk each: its sizes and scalars are its fields, and it needs no frame.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IChunkCall2
{
    /// <summary>Runs the call; tensors stay where they are meanwhile.</summary>
    /// <param name="tensor0">The first byte of tensor 0.</param>
    /// <param name="tensor1">The first byte of tensor 1.</param>
    void Run(ref byte tensor0, ref byte tensor1);
}

/// <summary>A call with three tensors whose nests are one chunk each: its sizes and scalars are its fields, and it needs no frame.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IChunkCall3
{
    /// <summary>Runs the call; tensors stay where they are meanwhile.</summary>
    /// <param name="tensor0">The first byte of tensor 0.</param>
    /// <param name="tensor1">The first byte of tensor 1.</param>
    /// <param name="tensor2">The first byte of tensor 2.</param>
    void Run(ref byte tensor0, ref byte tensor1, ref byte tensor2);
}

/// <summary>A call with four tensors whose nests are one chunk each: its sizes and scalars are its fields, and it needs no frame.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IChunkCall4
{
    /// <summary>Runs the call; tensors stay where they are meanwhile.</summary>
    /// <param name="tensor0">The first byte of tensor 0.</param>
    /// <param name="tensor1">The first byte of tensor 1.</param>
    /// <param name="tensor2">The first byte of tensor 2.</param>
    /// <param name="tensor3">The first byte of tensor 3.</param>
    void Run(ref byte tensor0, ref byte tensor1, ref byte tensor2, ref byte tensor3);
}
