using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using RoslynSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace LossGen.Generator.Reporting;

/// <summary>
/// Characters of a source file by value: a Roslyn <see cref="Location"/> would keep its syntax tree alive in the incremental cache and
/// differ after every edit.
/// </summary>
internal sealed record SourceRange(string Path, RoslynSpan Span, LinePositionSpan Lines)
{
    public static SourceRange Of(SyntaxTree tree, RoslynSpan span) => new(tree.FilePath, span, tree.GetLineSpan(span).Span);

    public static SourceRange Of(SyntaxNodeOrToken node) => Of(node.SyntaxTree!, node.Span);

    /// <summary>The part of a range that stands on one line.</summary>
    public SourceRange Slice(int start, int length)
    {
        LinePosition first = new(Lines.Start.Line, Lines.Start.Character + start);
        LinePosition last = new(first.Line, first.Character + length);
        return new(Path, new RoslynSpan(Span.Start + start, length), new LinePositionSpan(first, last));
    }

    public bool Contains(SourceRange other) => other.Path == Path && Span.Contains(other.Span);

    /// <summary>From this range's start to the other's end; this range where the other is elsewhere.</summary>
    public SourceRange To(SourceRange end) => end.Path == Path && end.Span.End >= Span.End
        ? new(Path, RoslynSpan.FromBounds(Span.Start, end.Span.End), new LinePositionSpan(Lines.Start, end.Lines.End))
        : this;

    /// <summary>A location without a tree: no <c>#pragma</c> in the file can hide what is reported there.</summary>
    public Location ToLocation() => Location.Create(Path, Span, Lines);

    /// <summary>A location that obeys the file's <c>#pragma</c>s, when the range is in this tree.</summary>
    public Location ToLocation(SyntaxTree tree) =>
        tree.FilePath == Path && Span.End <= tree.Length ? Location.Create(tree, Span) : ToLocation();
}
