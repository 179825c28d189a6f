using System.Globalization;
using Spectre.Console;

namespace BreastCancer;

/// <summary>What is shown of an epoch.</summary>
public readonly record struct EpochReport(int Epoch, float TrainingLoss, float ValidationLoss, double Accuracy, int ZeroWeights)
{
    private static readonly string[] Titles = ["epoch", "training loss", "validation loss", "accuracy", "zero weights"];

    /// <summary>Shows reports as they come: in a live table on a terminal, as plain lines in a file or a pipe.</summary>
    public static void Show(IEnumerable<EpochReport> reports)
    {
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine(Line(Titles));
            foreach (EpochReport report in reports)
                Console.WriteLine(Line(report.Cells()));
            return;
        }
        var table = new Table().Border(TableBorder.Rounded).AddColumns(Titles);
        foreach (TableColumn column in table.Columns)
            column.RightAligned();
        AnsiConsole.Live(table).Start(live =>
        {
            foreach (EpochReport report in reports)
            {
                table.AddRow(report.Cells());
                live.Refresh();
            }
        });
    }

    private static string Line(string[] cells) => string.Join("", cells.Select(cell => cell.PadLeft(17)));

    private string[] Cells() =>
    [
        Epoch.ToString(CultureInfo.InvariantCulture),
        TrainingLoss.ToString("F5", CultureInfo.InvariantCulture),
        ValidationLoss.ToString("F5", CultureInfo.InvariantCulture),
        Accuracy.ToString("F4", CultureInfo.InvariantCulture),
        ZeroWeights.ToString(CultureInfo.InvariantCulture),
    ];
}
