using System.ComponentModel;

namespace LossGen.Runtime;

/// <summary>What the entry point of a loss hands to <see cref="KernelRunner"/>: references to its tensors, sizes, scalars and integers.</summary>
/// <remarks>Spans cannot cross threads and the user's project has no unsafe code; so the frame carries references, and the runner pins them once a call.
/// Generated code declares it <c>scoped</c> and writes the spans as collection expressions: <c>stackalloc</c> beside span parameters costs twice the call.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct KernelFrame
{
    /// <summary>How many tensors a frame can carry.</summary>
    public const int MaxTensors = 32;

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

    /// <summary>The first element of tensor 8, or a null reference.</summary>
    public ref byte Tensor8;

    /// <summary>The first element of tensor 9, or a null reference.</summary>
    public ref byte Tensor9;

    /// <summary>The first element of tensor 10, or a null reference.</summary>
    public ref byte Tensor10;

    /// <summary>The first element of tensor 11, or a null reference.</summary>
    public ref byte Tensor11;

    /// <summary>The first element of tensor 12, or a null reference.</summary>
    public ref byte Tensor12;

    /// <summary>The first element of tensor 13, or a null reference.</summary>
    public ref byte Tensor13;

    /// <summary>The first element of tensor 14, or a null reference.</summary>
    public ref byte Tensor14;

    /// <summary>The first element of tensor 15, or a null reference.</summary>
    public ref byte Tensor15;

    /// <summary>The first element of tensor 16, or a null reference.</summary>
    public ref byte Tensor16;

    /// <summary>The first element of tensor 17, or a null reference.</summary>
    public ref byte Tensor17;

    /// <summary>The first element of tensor 18, or a null reference.</summary>
    public ref byte Tensor18;

    /// <summary>The first element of tensor 19, or a null reference.</summary>
    public ref byte Tensor19;

    /// <summary>The first element of tensor 20, or a null reference.</summary>
    public ref byte Tensor20;

    /// <summary>The first element of tensor 21, or a null reference.</summary>
    public ref byte Tensor21;

    /// <summary>The first element of tensor 22, or a null reference.</summary>
    public ref byte Tensor22;

    /// <summary>The first element of tensor 23, or a null reference.</summary>
    public ref byte Tensor23;

    /// <summary>The first element of tensor 24, or a null reference.</summary>
    public ref byte Tensor24;

    /// <summary>The first element of tensor 25, or a null reference.</summary>
    public ref byte Tensor25;

    /// <summary>The first element of tensor 26, or a null reference.</summary>
    public ref byte Tensor26;

    /// <summary>The first element of tensor 27, or a null reference.</summary>
    public ref byte Tensor27;

    /// <summary>The first element of tensor 28, or a null reference.</summary>
    public ref byte Tensor28;

    /// <summary>The first element of tensor 29, or a null reference.</summary>
    public ref byte Tensor29;

    /// <summary>The first element of tensor 30, or a null reference.</summary>
    public ref byte Tensor30;

    /// <summary>The first element of tensor 31, or a null reference.</summary>
    public ref byte Tensor31;
}
