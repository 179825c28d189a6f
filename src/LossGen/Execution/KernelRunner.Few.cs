using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LossGen.Runtime;

// Most losses have at most four tensors, which come as references in registers: a frame would be cleared, written and read again, which for a few elements
// costs as much as the arithmetic. Pin stays out of the generated method, where its buffers would be cleared.
public static unsafe partial class KernelRunner
{
    /// <summary>Runs a whole call with one tensor.</summary>
    /// <typeparam name="TKernel">The kernel.</typeparam>
    /// <param name="sizes">The sizes of the axes.</param>
    /// <param name="scalars">Real scalars: arguments first, and results written back by the kernel.</param>
    /// <param name="integers">Integer scalars.</param>
    /// <param name="tensor0">The first element of tensor 0, or a null reference.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(Span<nint> sizes, Span<double> scalars, Span<long> integers, ref byte tensor0)
        where TKernel : struct, IKernel =>
        Pin<TKernel>(
            ref MemoryMarshal.GetReference(sizes), ref MemoryMarshal.GetReference(scalars), ref MemoryMarshal.GetReference(integers), ref tensor0);

    /// <summary>Runs a whole call with two tensors.</summary>
    /// <typeparam name="TKernel">The kernel.</typeparam>
    /// <param name="sizes">The sizes of the axes.</param>
    /// <param name="scalars">Real scalars: arguments first, and results written back by the kernel.</param>
    /// <param name="integers">Integer scalars.</param>
    /// <param name="tensor0">The first element of tensor 0, or a null reference.</param>
    /// <param name="tensor1">The first element of tensor 1, or a null reference.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(Span<nint> sizes, Span<double> scalars, Span<long> integers, ref byte tensor0, ref byte tensor1)
        where TKernel : struct, IKernel =>
        Pin<TKernel>(
            ref MemoryMarshal.GetReference(sizes), ref MemoryMarshal.GetReference(scalars), ref MemoryMarshal.GetReference(integers), ref tensor0, ref tensor1);

    /// <summary>Runs a whole call with three tensors.</summary>
    /// <typeparam name="TKernel">The kernel.</typeparam>
    /// <param name="sizes">The sizes of the axes.</param>
    /// <param name="scalars">Real scalars: arguments first, and results written back by the kernel.</param>
    /// <param name="integers">Integer scalars.</param>
    /// <param name="tensor0">The first element of tensor 0, or a null reference.</param>
    /// <param name="tensor1">The first element of tensor 1, or a null reference.</param>
    /// <param name="tensor2">The first element of tensor 2, or a null reference.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(Span<nint> sizes, Span<double> scalars, Span<long> integers, ref byte tensor0, ref byte tensor1, ref byte tensor2)
        where TKernel : struct, IKernel =>
        Pin<TKernel>(
            ref MemoryMarshal.GetReference(sizes), ref MemoryMarshal.GetReference(scalars), ref MemoryMarshal.GetReference(integers), ref tensor0, ref tensor1, ref tensor2);

    /// <summary>Runs a whole call with four tensors.</summary>
    /// <typeparam name="TKernel">The kernel.</typeparam>
    /// <param name="sizes">The sizes of the axes.</param>
    /// <param name="scalars">Real scalars: arguments first, and results written back by the kernel.</param>
    /// <param name="integers">Integer scalars.</param>
    /// <param name="tensor0">The first element of tensor 0, or a null reference.</param>
    /// <param name="tensor1">The first element of tensor 1, or a null reference.</param>
    /// <param name="tensor2">The first element of tensor 2, or a null reference.</param>
    /// <param name="tensor3">The first element of tensor 3, or a null reference.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(Span<nint> sizes, Span<double> scalars, Span<long> integers, ref byte tensor0, ref byte tensor1, ref byte tensor2, ref byte tensor3)
        where TKernel : struct, IKernel =>
        Pin<TKernel>(
            ref MemoryMarshal.GetReference(sizes), ref MemoryMarshal.GetReference(scalars), ref MemoryMarshal.GetReference(integers), ref tensor0, ref tensor1, ref tensor2, ref tensor3);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Pin<TKernel>(ref nint sizes, ref double scalars, ref long integers, ref byte tensor0)
        where TKernel : struct, IKernel
    {
        Pointers4 pointers;
        byte** tensors = (byte**)&pointers;
        fixed (byte* t0 = &tensor0)
        {
            tensors[0] = t0;
            Execute<TKernel>(tensors, ref sizes, ref scalars, ref integers);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Pin<TKernel>(ref nint sizes, ref double scalars, ref long integers, ref byte tensor0, ref byte tensor1)
        where TKernel : struct, IKernel
    {
        Pointers4 pointers;
        byte** tensors = (byte**)&pointers;
        fixed (byte* t0 = &tensor0, t1 = &tensor1)
        {
            tensors[0] = t0; tensors[1] = t1;
            Execute<TKernel>(tensors, ref sizes, ref scalars, ref integers);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Pin<TKernel>(ref nint sizes, ref double scalars, ref long integers, ref byte tensor0, ref byte tensor1, ref byte tensor2)
        where TKernel : struct, IKernel
    {
        Pointers4 pointers;
        byte** tensors = (byte**)&pointers;
        fixed (byte* t0 = &tensor0, t1 = &tensor1, t2 = &tensor2)
        {
            tensors[0] = t0; tensors[1] = t1; tensors[2] = t2;
            Execute<TKernel>(tensors, ref sizes, ref scalars, ref integers);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Pin<TKernel>(ref nint sizes, ref double scalars, ref long integers, ref byte tensor0, ref byte tensor1, ref byte tensor2, ref byte tensor3)
        where TKernel : struct, IKernel
    {
        Pointers4 pointers;
        byte** tensors = (byte**)&pointers;
        fixed (byte* t0 = &tensor0, t1 = &tensor1, t2 = &tensor2, t3 = &tensor3)
        {
            tensors[0] = t0; tensors[1] = t1; tensors[2] = t2; tensors[3] = t3;
            Execute<TKernel>(tensors, ref sizes, ref scalars, ref integers);
        }
    }

    [InlineArray(4)]
    private struct Pointers4
    {
        private nint first;
    }
}
