using System.Runtime.CompilerServices;

namespace LossGen.Runtime;

// A call that is one chunk needs memory that stays in place, and nothing else of a frame: for a few elements, writing and reading one costs more than the
// arithmetic. All of this becomes part of the generated method.
public static unsafe partial class KernelRunner
{
    /// <summary>Runs a call of one chunk with one tensor.</summary>
    /// <typeparam name="TCall">The call.</typeparam>
    /// <param name="call">Its sizes and scalars; receives the results.</param>
    /// <param name="tensor0">The first byte of tensor 0, or a null reference.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunChunk<TCall>(ref TCall call, ref byte tensor0)
        where TCall : struct, IChunkCall1
    {
        fixed (byte* t0 = &tensor0)
            call.Run(ref Unsafe.AsRef<byte>(t0));
    }

    /// <summary>Runs a call of one chunk with two tensors.</summary>
    /// <typeparam name="TCall">The call.</typeparam>
    /// <param name="call">Its sizes and scalars; receives the results.</param>
    /// <param name="tensor0">The first byte of tensor 0, or a null reference.</param>
    /// <param name="tensor1">The first byte of tensor 1, or a null reference.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunChunk<TCall>(ref TCall call, ref byte tensor0, ref byte tensor1)
        where TCall : struct, IChunkCall2
    {
        fixed (byte* t0 = &tensor0, t1 = &tensor1)
            call.Run(ref Unsafe.AsRef<byte>(t0), ref Unsafe.AsRef<byte>(t1));
    }

    /// <summary>Runs a call of one chunk with three tensors.</summary>
    /// <typeparam name="TCall">The call.</typeparam>
    /// <param name="call">Its sizes and scalars; receives the results.</param>
    /// <param name="tensor0">The first byte of tensor 0, or a null reference.</param>
    /// <param name="tensor1">The first byte of tensor 1, or a null reference.</param>
    /// <param name="tensor2">The first byte of tensor 2, or a null reference.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunChunk<TCall>(ref TCall call, ref byte tensor0, ref byte tensor1, ref byte tensor2)
        where TCall : struct, IChunkCall3
    {
        fixed (byte* t0 = &tensor0, t1 = &tensor1, t2 = &tensor2)
            call.Run(ref Unsafe.AsRef<byte>(t0), ref Unsafe.AsRef<byte>(t1), ref Unsafe.AsRef<byte>(t2));
    }

    /// <summary>Runs a call of one chunk with four tensors.</summary>
    /// <typeparam name="TCall">The call.</typeparam>
    /// <param name="call">Its sizes and scalars; receives the results.</param>
    /// <param name="tensor0">The first byte of tensor 0, or a null reference.</param>
    /// <param name="tensor1">The first byte of tensor 1, or a null reference.</param>
    /// <param name="tensor2">The first byte of tensor 2, or a null reference.</param>
    /// <param name="tensor3">The first byte of tensor 3, or a null reference.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunChunk<TCall>(ref TCall call, ref byte tensor0, ref byte tensor1, ref byte tensor2, ref byte tensor3)
        where TCall : struct, IChunkCall4
    {
        fixed (byte* t0 = &tensor0, t1 = &tensor1, t2 = &tensor2, t3 = &tensor3)
            call.Run(ref Unsafe.AsRef<byte>(t0), ref Unsafe.AsRef<byte>(t1), ref Unsafe.AsRef<byte>(t2), ref Unsafe.AsRef<byte>(t3));
    }
}
