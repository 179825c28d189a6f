namespace LossGen.Compiler.Diagnostics;

/// <summary>Characters of a text: offsets in the formula's value, not in the source file.</summary>
internal readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;

    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    public static TextSpan Covering(TextSpan first, TextSpan last) => FromBounds(Math.Min(first.Start, last.Start), Math.Max(first.End, last.End));
}
