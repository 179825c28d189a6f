using System.Globalization;

namespace Reports;

/// <summary>Figures as a table shows them, whatever the culture.</summary>
public static class FourDecimals
{
    /// <summary>Each value with four decimals.</summary>
    public static string[] Of(params ReadOnlySpan<double> values)
    {
        string[] cells = new string[values.Length];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = values[i].ToString("F4", CultureInfo.InvariantCulture);
        return cells;
    }
}
