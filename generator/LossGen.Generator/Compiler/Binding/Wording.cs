using System.Globalization;

namespace LossGen.Compiler.Binding;

/// <summary>Phrases that several messages share.</summary>
internal static class Wording
{
    private const int LongestQuote = 40;

    /// <summary>"axis c", "the axes n, c" or "no axes".</summary>
    public static string Axes(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "no axes",
        1 => "axis " + names[0],
        _ => "the axes " + string.Join(", ", names),
    };

    /// <summary>"no arguments", "one argument", "2 arguments".</summary>
    public static string Arguments(int count) => count switch
    {
        0 => "no arguments",
        1 => "one argument",
        _ => count.ToString(CultureInfo.InvariantCulture) + " arguments",
    };

    /// <summary>"one argument", "one argument to 3", "at least 2 arguments".</summary>
    public static string Arguments(int least, int most) =>
        least == most ? Arguments(least)
        : most == int.MaxValue ? "at least " + Arguments(least)
        : least.ToString(CultureInfo.InvariantCulture) + " to " + Arguments(most);

    /// <summary>Part of a formula on one line, cut where it gets long.</summary>
    public static string Quote(string text)
    {
        string line = string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestQuote ? line : line.Substring(0, LongestQuote - 1) + "…";
    }

    /// <summary>"real", "an integer", "a truth value".</summary>
    public static string Kind(Ir.ValueType type) => type switch
    {
        Ir.ValueType.Real => "real",
        Ir.ValueType.Integer => "an integer",
        _ => "a truth value",
    };
}
