using System.Globalization;
using System.Text;

namespace LossGen.Compiler.Emission;

/// <summary>Values as C# literals: invariant, and read back as the same bits.</summary>
internal static class CSharpLiteral
{
    public static string Of(float value)
    {
        if (float.IsNaN(value)) return "float.NaN";
        if (float.IsInfinity(value)) return value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return (float.Parse(text, CultureInfo.InvariantCulture).Equals(value) ? text : value.ToString("G9", CultureInfo.InvariantCulture)) + "f";
    }

    public static string Of(double value)
    {
        if (double.IsNaN(value)) return "double.NaN";
        if (double.IsInfinity(value)) return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";

        // .NET Framework's "R" is known to lose a bit for some doubles.
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return (double.Parse(text, CultureInfo.InvariantCulture).Equals(value) ? text : value.ToString("G17", CultureInfo.InvariantCulture)) + "d";
    }

    /// <summary>A text of several lines in UTF-8, as a raw literal on lines of its own.</summary>
    public static string RawUtf8(string text) => $"\"\"\"\"\n{text.TrimEnd('\n')}\n\"\"\"\"u8";

    /// <summary>A regular string literal with its quotes.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c is '\n') quoted.Append("\\n");
            else if (c is < ' ' or (>= '\u007f' and < '\u00a0') or '\u2028' or '\u2029' || char.IsSurrogate(c))
                quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
