using System.Text.RegularExpressions;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Names of outputs that are not the user's; in brackets, so that no part can have the same.</summary>
internal static class KernelNames
{
    /// <summary>The loss itself.</summary>
    public const string Loss = "<loss>";

    /// <summary>The first wrong position of an index.</summary>
    public const string Position = "<position>";

    private static readonly Regex Bracketed = new("<(loss|index check [0-9]+)>", RegexOptions.CultureInvariant);

    /// <summary>A text that mentions outputs, for the reader.</summary>
    public static string Words(string text) => Bracketed.Replace(text, "$1");

    /// <summary>Set when some index of a check is out of range.</summary>
    public static string Flag(int check) => $"<index check {check + 1}>";
}
