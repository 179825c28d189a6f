using System.Text.RegularExpressions;

namespace LossGen.Widths;

/// <summary>Replaces the width in names such as <c>Vector128</c> or <c>FirstLanes128Single</c>, in code and comments alike.</summary>
internal static class WidthRewriter
{
    // A name starts with a letter, so that numbers (0x128, 1e128) are left alone.
    private static readonly Regex Name = new(@"\b[A-Za-z_]\w*128(?![0-9])\w*", RegexOptions.CultureInvariant);

    public static bool Mentions(string text) => Name.IsMatch(text);

    public static string Rewrite(string text, string width) => Name.Replace(text, match => match.Value.Replace("128", width));
}
