using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace LossGen.Runtime;

/// <summary>What generated code throws when an argument does not fit; every exception names the parameter.</summary>
/// <remarks>
/// Each is one throw, free to be inlined: the runtime's compiler looks inside, sees that it never returns, and moves the call out of the way. Names are UTF-8
/// constants, whose address is known: a string would be fetched by a call, over which the other arguments would have to be kept.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static partial class ArgumentChecks
{
    /// <summary>A tensor has the wrong number of elements.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="given">How many elements it has.</param>
    /// <param name="expected">How many it should have.</param>
    /// <param name="axes">Where the expectation comes from, as in <c>n * c</c>.</param>
    /// <param name="sizes">The values behind the names in <paramref name="axes"/>, in order; may be left out.</param>
    [DoesNotReturn]
    public static void Length(ReadOnlySpan<byte> parameter, nint given, nint expected, ReadOnlySpan<byte> axes, params ReadOnlySpan<nint> sizes) =>
        throw LengthError(parameter, given, expected, axes, sizes);

    /// <summary>A tensor of one axis has the wrong number of elements.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="given">How many elements it has.</param>
    /// <param name="expected">The size of the axis.</param>
    /// <param name="axis">The axis.</param>
    [DoesNotReturn]
    public static void AxisLength(ReadOnlySpan<byte> parameter, nint given, nint expected, ReadOnlySpan<byte> axis) =>
        throw LengthError(parameter, given, expected, axis, [expected]);

    /// <summary>A tensor's number of elements cannot be split evenly.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="given">How many elements it has.</param>
    /// <param name="divisor">What the number should be a multiple of; 0 where another axis is empty.</param>
    /// <param name="description">What the divisor is, as in <c>c</c>.</param>
    [DoesNotReturn]
    public static void NotMultiple(ReadOnlySpan<byte> parameter, nint given, nint divisor, ReadOnlySpan<byte> description) =>
        throw new ArgumentException(
            FormattableString.Invariant($"{Text(parameter)} has {Elements(given)}, but a multiple of {divisor} is expected: {Text(description)}."), Text(parameter));

    /// <summary>A tensor span has the wrong number of axes.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="given">How many axes it has.</param>
    /// <param name="expected">How many it should have.</param>
    /// <param name="axes">Their names.</param>
    [DoesNotReturn]
    public static void Rank(ReadOnlySpan<byte> parameter, int given, int expected, ReadOnlySpan<byte> axes) =>
        throw new ArgumentException(
            FormattableString.Invariant($"{Text(parameter)} has {Axes(given)}, but {Expected(expected)} expected: {Text(axes)}."), Text(parameter));

    /// <summary>An axis of a tensor span has the wrong length.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="given">Its length.</param>
    /// <param name="expected">The length it should have.</param>
    [DoesNotReturn]
    public static void Dimension(ReadOnlySpan<byte> parameter, ReadOnlySpan<byte> axis, nint given, nint expected) =>
        throw new ArgumentException(
            FormattableString.Invariant($"The axis {Text(axis)} of {Text(parameter)} has length {given}, but {expected} is expected."), Text(parameter));

    /// <summary>Two positions of a tensor span that is written share an element.</summary>
    /// <param name="parameter">The parameter's name.</param>
    [DoesNotReturn]
    public static void SharedElements(ReadOnlySpan<byte> parameter) =>
        throw new ArgumentException($"Positions of {Text(parameter)} share elements; an output needs one for each.", Text(parameter));

    /// <summary>An integer parameter gives an axis a negative size.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="given">Its value.</param>
    [DoesNotReturn]
    public static void NegativeSize(ReadOnlySpan<byte> parameter, long given) =>
        throw new ArgumentOutOfRangeException(
            Text(parameter), given, FormattableString.Invariant($"The size of an axis cannot be negative, but {given} was given."));

    /// <summary>Positions along an axis would not be exact as floats.</summary>
    /// <param name="parameter">The parameter that its size is made of.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="size">The size.</param>
    /// <param name="most">The longest axis that can be ordered.</param>
    [DoesNotReturn]
    public static void OrderTooLong(ReadOnlySpan<byte> parameter, ReadOnlySpan<byte> axis, long size, long most) =>
        throw new ArgumentException(
            FormattableString.Invariant($"Axis '{Text(axis)}' has the size {size}, but a float loss finds positions along at most {most}; declare it in double."), Text(parameter));

    /// <summary>A local axis has a length that no axis can have.</summary>
    /// <param name="parameter">The parameter that its size is made of.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="size">The size.</param>
    [DoesNotReturn]
    public static void LocalSize(ReadOnlySpan<byte> parameter, ReadOnlySpan<byte> axis, long size) =>
        throw new ArgumentException(
            FormattableString.Invariant($"Axis '{Text(axis)}' would have the size {size}, but 0 to {int.MaxValue} is expected."), Text(parameter));

    /// <summary>A recurrence runs along an axis without positions.</summary>
    /// <param name="parameter">The parameter that gives the axis its size.</param>
    /// <param name="axis">The axis.</param>
    [DoesNotReturn]
    public static void EmptyScan(ReadOnlySpan<byte> parameter, ReadOnlySpan<byte> axis) =>
        throw new ArgumentException($"The axis {Text(axis)} is empty, but a scan along it needs at least one position.", Text(parameter));

    /// <summary>An index that was read from data lies outside its axis.</summary>
    /// <param name="parameter">The parameter that holds the index.</param>
    /// <param name="position">The first wrong position, in elements from the start.</param>
    /// <param name="value">The index found there.</param>
    /// <param name="size">The size of the axis.</param>
    /// <param name="axis">The axis.</param>
    [DoesNotReturn]
    public static void IndexOutOfRange(ReadOnlySpan<byte> parameter, nint position, long value, nint size, ReadOnlySpan<byte> axis) =>
        throw new ArgumentOutOfRangeException(
            Text(parameter), value, FormattableString.Invariant($"{Text(parameter)}[{position}] is {value}, but the axis {Text(axis)} {Range(size)}."));

    /// <summary>The product of two sizes, or the greatest number where that is exceeded: no span is so long, so the length check that follows reports it.</summary>
    /// <param name="a">A size, not negative.</param>
    /// <param name="b">A size, not negative.</param>
    /// <returns>The product.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Product(nint a, nint b) =>
        a <= ushort.MaxValue && b <= ushort.MaxValue >> 1 ? unchecked(a * b) : LargeProduct(a, b);

    private static nint LargeProduct(nint a, nint b) => b == 0 || a <= nint.MaxValue / b ? unchecked(a * b) : nint.MaxValue;

    private static ArgumentException LengthError(ReadOnlySpan<byte> parameter, nint given, nint expected, ReadOnlySpan<byte> axes, ReadOnlySpan<nint> sizes) =>
        new(FormattableString.Invariant($"{Text(parameter)} has {Elements(given)}, but {Expected(expected)} expected: {Text(axes)}{Values(sizes)}."), Text(parameter));

    private static string Text(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name);

    private static string Range(nint size) => size == 0 ? "is empty" : FormattableString.Invariant($"allows 0 to {size - 1}");

    private static string Axes(int count) => count == 1 ? "1 axis" : FormattableString.Invariant($"{count} axes");

    private static string Elements(nint count) =>
        count == 1 ? "1 element" : FormattableString.Invariant($"{count} elements");

    private static string Expected(nint count) =>
        count == nint.MaxValue ? "more than memory can hold are"
        : count == 1 ? "1 is"
        : FormattableString.Invariant($"{count} are");

    private static string Values(ReadOnlySpan<nint> sizes)
    {
        StringBuilder text = new();
        foreach (nint size in sizes)
            text.Append(text.Length == 0 ? " = " : " * ").Append(FormattableString.Invariant($"{size}"));
        return text.ToString();
    }
}
