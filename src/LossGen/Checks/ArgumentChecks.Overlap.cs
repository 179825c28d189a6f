using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LossGen.Runtime;

public static partial class ArgumentChecks
{
    /// <summary>Throws where an output shares memory with another argument: gradient buffers hold intermediate values while inputs are still read.</summary>
    /// <typeparam name="TOut">The output's element type.</typeparam>
    /// <typeparam name="TIn">The other argument's element type.</typeparam>
    /// <param name="output">The output.</param>
    /// <param name="outputName">Its parameter name.</param>
    /// <param name="other">An input, or another output.</param>
    /// <param name="otherName">Its parameter name.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NoOverlap<TOut, TIn>(ReadOnlySpan<TOut> output, ReadOnlySpan<byte> outputName, ReadOnlySpan<TIn> other, ReadOnlySpan<byte> otherName)
        where TOut : unmanaged
        where TIn : unmanaged
    {
        NoOverlap(in MemoryMarshal.GetReference(output), output.Length, outputName, in MemoryMarshal.GetReference(other), other.Length, otherName);
    }

    /// <summary>Throws where an output shares memory with another argument; both may be tensor spans, whose memory counts from the first element to the last.</summary>
    /// <typeparam name="TOut">The output's element type.</typeparam>
    /// <typeparam name="TIn">The other argument's element type.</typeparam>
    /// <param name="output">The output's first element.</param>
    /// <param name="outputLength">How many elements its memory spans.</param>
    /// <param name="outputName">Its parameter name.</param>
    /// <param name="other">The first element of an input, or of another output.</param>
    /// <param name="otherLength">How many elements its memory spans.</param>
    /// <param name="otherName">Its parameter name.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NoOverlap<TOut, TIn>(
        ref readonly TOut output, nint outputLength, ReadOnlySpan<byte> outputName, ref readonly TIn other, nint otherLength, ReadOnlySpan<byte> otherName)
        where TOut : unmanaged
        where TIn : unmanaged
    {
        // In native integers: spans of bytes would fail above 2 GB. Both hold a byte in common when -otherBytes < offset < outputBytes; an empty span has none.
        nint offset = Unsafe.ByteOffset(
            ref Unsafe.As<TOut, byte>(ref Unsafe.AsRef(in output)), ref Unsafe.As<TIn, byte>(ref Unsafe.AsRef(in other)));
        nuint outputBytes = (nuint)outputLength * (nuint)Unsafe.SizeOf<TOut>();
        nuint otherBytes = (nuint)otherLength * (nuint)Unsafe.SizeOf<TIn>();
        if (unchecked((nuint)offset + otherBytes - 1 < outputBytes + otherBytes - 1) && outputBytes != 0 && otherBytes != 0)
            Overlap(outputName, otherName);
    }

    [DoesNotReturn]
    private static void Overlap(ReadOnlySpan<byte> outputName, ReadOnlySpan<byte> otherName) =>
        throw new ArgumentException($"{Text(outputName)} overlaps {Text(otherName)}; an output needs memory of its own.", Text(outputName));
}
