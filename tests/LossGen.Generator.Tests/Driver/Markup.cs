using Microsoft.CodeAnalysis.Text;

namespace LossGen.Generator.Tests.Driver;

/// <summary>A source text in which <c>[|</c> and <c>|]</c> enclose what a message must mark.</summary>
internal sealed record Markup(string Text, TextSpan Span)
{
    /// <summary>The line of the marked text's start, from 1 as a build prints it.</summary>
    public int Line => Text.AsSpan(0, Span.Start).Count('\n') + 1;

    /// <summary>Its column, from 1.</summary>
    public int Column => Span.Start - Text.LastIndexOf('\n', Math.Max(Span.Start - 1, 0));

    public static Markup Parse(string marked)
    {
        int start = marked.IndexOf("[|", StringComparison.Ordinal);
        int end = marked.IndexOf("|]", StringComparison.Ordinal) - 2;
        if (start < 0 || end < start) throw new ArgumentException("No [|…|] in the text.", nameof(marked));
        return new(marked.Replace("[|", "").Replace("|]", ""), TextSpan.FromBounds(start, end));
    }
}
