using LossGen.Compiler.Model;
using TextSpan = LossGen.Compiler.Diagnostics.TextSpan;

namespace LossGen.Generator.Reporting;

/// <summary>Characters of a constant's value and where they come from.</summary>
/// <param name="Start">The first character's index in the value.</param>
/// <param name="Length">How many characters of the value.</param>
/// <param name="Range">Where they stand.</param>
/// <param name="Piece">Where the literal it belongs to begins in the value.</param>
/// <param name="IsVerbatim">Whether each character stands for itself, all on one line; else the range stands for all of them together.</param>
internal sealed record ValueSegment(int Start, int Length, SourceRange Range, int Piece, bool IsVerbatim)
{
    public int End => Start + Length;
}

/// <summary>Where each character of a constant text stands in the source, through escapes, raw-string indentation and concatenation.</summary>
/// <param name="Whole">The whole expression, for whatever cannot be mapped.</param>
/// <param name="Segments">The text's characters in order, without gaps.</param>
internal sealed record ValueMap(SourceRange Whole, EquatableArray<ValueSegment> Segments)
{
    /// <summary>Where the characters of the value stand; of length 0 where something is missing.</summary>
    public SourceRange Locate(TextSpan span)
    {
        if (Segments.Count == 0) return Whole;
        int length = Segments[Segments.Count - 1].End;
        int start = Clamp(span.Start, length);
        int end = Clamp(span.End, length);
        if (end <= start) return Point(start);
        ValueSegment first = Containing(start);
        ValueSegment last = Containing(end - 1);
        SourceRange from = Part(first, start, Math.Min(end, first.End));
        if (first == last) return from;

        // Two constants that stand apart in the source enclose code that is no part of the formula.
        if (first.Piece != last.Piece && !(Whole.Contains(first.Range) && Whole.Contains(last.Range)))
        {
            last = Segments.Last(segment => segment.Piece == first.Piece);
            end = last.End;
        }

        return from.To(Part(last, Math.Max(start, last.Start), end));
    }

    private static int Clamp(int position, int length) => Math.Max(0, Math.Min(position, length));

    private static SourceRange Part(ValueSegment segment, int start, int end) =>
        segment.IsVerbatim ? segment.Range.Slice(start - segment.Start, end - start) : segment.Range;

    // A missing token is marked right after what stands before it: at a line's end, not at the next line's start.
    private SourceRange Point(int position)
    {
        if (position == 0)
        {
            SourceRange start = Segments[0].Range;
            return start with { Span = new(start.Span.Start, 0), Lines = new(start.Lines.Start, start.Lines.Start) };
        }

        ValueSegment segment = Containing(position - 1);
        SourceRange before = Part(segment, position - 1, position);
        return before with { Span = new(before.Span.End, 0), Lines = new(before.Lines.End, before.Lines.End) };
    }

    private ValueSegment Containing(int position)
    {
        int low = 0;
        int high = Segments.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Segments[middle].End <= position) low = middle + 1;
            else high = middle;
        }

        return Segments[low];
    }
}
