using System.Globalization;
using System.Text;

namespace LossGen.Benchmarks.Report;

/// <summary>A table in Markdown; numbers with the digits that a reader needs.</summary>
public sealed class MarkdownTable
{
    private readonly StringBuilder _text = new();

    public MarkdownTable(params IReadOnlyList<string> columns)
    {
        Add(columns);
        Add([.. columns.Select(_ => "---")]);
    }

    public MarkdownTable Add(params IReadOnlyList<string> cells)
    {
        _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        return this;
    }

    public override string ToString() => _text.ToString();

    /// <summary>Three digits, or a dash.</summary>
    public static string Number(double? value) => value switch
    {
        null or double.NaN => "–",
        >= 100 => value.Value.ToString("F0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("F1", CultureInfo.InvariantCulture),
        >= 1 => value.Value.ToString("F2", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("F3", CultureInfo.InvariantCulture),
    };

    public static string Percent(double value) => value.ToString("P0", CultureInfo.InvariantCulture);
}
