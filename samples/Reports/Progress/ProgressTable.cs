using Spectre.Console;

namespace Reports.Progress;

/// <summary>Shows rows while a training run makes them.</summary>
public static class ProgressTable
{
    private const int ColumnWidth = 17;

    /// <summary>Shows rows as they come: in a live table on a terminal, as plain lines in a file or a pipe.</summary>
    /// <param name="titles">The columns.</param>
    /// <param name="rows">The rows, as many cells as there are titles; drawing the next one does the work.</param>
    public static void Show(string[] titles, IEnumerable<string[]> rows)
    {
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine(Line(titles));
            foreach (string[] row in rows)
                Console.WriteLine(Line(row));
            return;
        }
        var table = new Table().Border(TableBorder.Rounded).AddColumns(titles);
        foreach (TableColumn column in table.Columns)
            column.RightAligned();
        AnsiConsole.Live(table).Start(live =>
        {
            foreach (string[] row in rows)
            {
                table.AddRow(row);
                live.Refresh();
            }
        });
    }

    private static string Line(string[] cells) => string.Concat(cells.Select(cell => cell.PadLeft(ColumnWidth)));
}
