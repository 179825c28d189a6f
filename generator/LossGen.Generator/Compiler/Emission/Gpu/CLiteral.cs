using System.Globalization;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>Numbers as literals of the C family.</summary>
internal static class CLiteral
{
    /// <summary>A real number; <paramref name="isDouble"/> says in which precision.</summary>
    public static string Of(double value, bool isDouble)
    {
        string type = isDouble ? "(double)" : "";
        if (double.IsNaN(value)) return $"{type}LG_NAN";
        if (double.IsInfinity(value) || (!isDouble && float.IsInfinity((float)value))) return value > 0 ? $"{type}LG_INFINITY" : $"(-{type}LG_INFINITY)";
        string text = isDouble ? CSharpLiteral.Of(value) : CSharpLiteral.Of((float)value);
        text = text.Substring(0, text.Length - 1);
        if (text.IndexOfAny(new[] { '.', 'E' }) < 0) text += ".0";
        if (!isDouble) text += "f";
        return text[0] == '-' ? $"({text})" : text;
    }

    /// <summary>An integer; one that needs 64 bits says so.</summary>
    public static string Of(long value)
    {
        string text = value.ToString(CultureInfo.InvariantCulture);
        if (value is > int.MaxValue or < -int.MaxValue) text = value == long.MinValue ? "(-9223372036854775807L - 1)" : text + "L";
        return text[0] == '-' ? $"({text})" : text;
    }
}
