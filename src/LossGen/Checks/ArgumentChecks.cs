using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace LossGen.Runtime;

/// <summary>What generated code throws when an argument does not fit; every exception names the parameter.</summary>
/// <remarks>These methods are short and free to be inlined, so that the runtime's compiler looks inside, sees that they never return, and moves their calls
/// out of the way.</remarks>
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
    public static void Length(string parameter, nint given, nint expected, string axes, params ReadOnlySpan<nint> sizes) =>
        throw new ArgumentException(
            FormattableString.Invariant($"{parameter} has {Elements(given)}, but {Expected(expected)} expected: {axes}{Values(sizes)}."), parameter);

    /// <summary>A tensor of one axis has the wrong number of elements.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="given">How many elements it has.</param>
    /// <param name="expected">The size of the axis.</param>
    /// <param name="axis">The axis.</param>
    [DoesNotReturn]
    public static void AxisLength(string parameter, nint given, nint expected, string axis) => Length(parameter, given, expected, axis, expected);

    /// <summary>A tensor's number of elements cannot be split evenly.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="given">How many elements it has.</param>
    /// <param name="divisor">What the number should be a multiple of; 0 where another axis is empty.</param>
    /// <param name="description">What the divisor is, as in <c>c</c>.</param>
    [DoesNotReturn]
    public static void NotMultiple(string parameter, nint given, nint divisor, string description) =>
        throw new ArgumentException(
            FormattableString.Invariant($"{parameter} has {Elements(given)}, but a multiple of {divisor} is expected: {description}."), parameter);

    /// <summary>A tensor span has the wrong number of axes.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="given">How many axes it has.</param>
    /// <param name="expected">How many it should have.</param>
    /// <param name="axes">Their names.</param>
    [DoesNotReturn]
    public static void Rank(string parameter, int given, int expected, string axes) =>
        throw new ArgumentException(
            FormattableString.Invariant($"{parameter} has {given} {(given == 1 ? "axis" : "axes")}, but {expected} {(expected == 1 ? "is" : "are")} expected: {axes}."), parameter);

    /// <summary>An axis of a tensor span has the wrong length.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="given">Its length.</param>
    /// <param name="expected">The length it should have.</param>
    [DoesNotReturn]
    public static void Dimension(string parameter, string axis, nint given, nint expected) =>
        throw new ArgumentException(
            FormattableString.Invariant($"The axis {axis} of {parameter} has length {given}, but {expected} is expected."), parameter);

    /// <summary>Two positions of a tensor span that is written share an element.</summary>
    /// <param name="parameter">The parameter's name.</param>
    [DoesNotReturn]
    public static void SharedElements(string parameter) =>
        throw new ArgumentException($"Positions of {parameter} share elements; an output needs one for each.", parameter);

    /// <summary>An integer parameter gives an axis a negative size.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="given">Its value.</param>
    [DoesNotReturn]
    public static void NegativeSize(string parameter, long given) =>
        throw new ArgumentOutOfRangeException(
            parameter, given, FormattableString.Invariant($"The size of an axis cannot be negative, but {given} was given."));

    /// <summary>Positions along an axis would not be exact as floats.</summary>
    /// <param name="parameter">The parameter that its size is made of.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="size">The size.</param>
    /// <param name="most">The longest axis that can be ordered.</param>
    [DoesNotReturn]
    public static void OrderTooLong(string parameter, string axis, long size, long most) =>
        throw new ArgumentException(
            FormattableString.Invariant($"Axis '{axis}' has the size {size}, but a float loss finds positions along at most {most}; declare it in double."), parameter);

    /// <summary>A local axis has a length that no axis can have.</summary>
    /// <param name="parameter">The parameter that its size is made of.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="size">The size.</param>
    [DoesNotReturn]
    public static void LocalSize(string parameter, string axis, long size) =>
        throw new ArgumentException(
            FormattableString.Invariant($"Axis '{axis}' would have the size {size}, but 0 to {int.MaxValue} is expected."), parameter);

    /// <summary>A recurrence runs along an axis without positions.</summary>
    /// <param name="parameter">The parameter that gives the axis its size.</param>
    /// <param name="axis">The axis.</param>
    [DoesNotReturn]
    public static void EmptyScan(string parameter, string axis) =>
        throw new ArgumentException($"The axis {axis} is empty, but a scan along it needs at least one position.", parameter);

    /// <summary>An index that was read from data lies outside its axis.</summary>
    /// <param name="parameter">The parameter that holds the index.</param>
    /// <param name="position">The first wrong position, in elements from the start.</param>
    /// <param name="value">The index found there.</param>
    /// <param name="size">The size of the axis.</param>
    /// <param name="axis">The axis.</param>
    [DoesNotReturn]
    public static void IndexOutOfRange(string parameter, nint position, long value, nint size, string axis)
    {
        string allowed = size == 0
            ? $"the axis {axis} is empty"
            : FormattableString.Invariant($"the axis {axis} allows 0 to {size - 1}");
        throw new ArgumentOutOfRangeException(
            parameter, value, FormattableString.Invariant($"{parameter}[{position}] is {value}, but {allowed}."));
    }

    /// <summary>The product of two sizes, or the greatest number where that is exceeded: no span is so long, so the length check that follows reports it.</summary>
    /// <param name="a">A size, not negative.</param>
    /// <param name="b">A size, not negative.</param>
    /// <returns>The product.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Product(nint a, nint b) =>
        a <= ushort.MaxValue && b <= ushort.MaxValue >> 1 ? unchecked(a * b) : LargeProduct(a, b);

    private static nint LargeProduct(nint a, nint b) => b == 0 || a <= nint.MaxValue / b ? unchecked(a * b) : nint.MaxValue;

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
