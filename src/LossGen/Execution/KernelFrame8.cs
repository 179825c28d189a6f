using System.ComponentModel;

namespace LossGen.Runtime;

/// <summary>A <see cref="KernelFrame"/> of at most 8 tensors.</summary>
/// <remarks>A frame is cleared at every call; on small inputs clearing the large one would be half of the time.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct KernelFrame8
{
    /// <summary>How many tensors a frame can carry.</summary>
    public const int MaxTensors = 8;

    /// <summary>How many of the tensor references are in use: the first ones.</summary>
    public int TensorCount;

    /// <summary>The sizes of the axes.</summary>
    public Span<nint> Sizes;

    /// <summary>Real scalars: arguments first, and results written back by the kernel.</summary>
    public Span<double> Scalars;

    /// <summary>Integer scalars.</summary>
    public Span<long> Integers;

    /// <summary>The first element of tensor 0, or a null reference.</summary>
    public ref byte Tensor0;

    /// <summary>The first element of tensor 1, or a null reference.</summary>
    public ref byte Tensor1;

    /// <summary>The first element of tensor 2, or a null reference.</summary>
    public ref byte Tensor2;

    /// <summary>The first element of tensor 3, or a null reference.</summary>
    public ref byte Tensor3;

    /// <summary>The first element of tensor 4, or a null reference.</summary>
    public ref byte Tensor4;

    /// <summary>The first element of tensor 5, or a null reference.</summary>
    public ref byte Tensor5;

    /// <summary>The first element of tensor 6, or a null reference.</summary>
    public ref byte Tensor6;

    /// <summary>The first element of tensor 7, or a null reference.</summary>
    public ref byte Tensor7;
}
