using System.Xml.Linq;
using Reports.History;

namespace Reports.Page;

/// <summary>What a report says.</summary>
/// <param name="Title">The page's title.</param>
/// <param name="Lead">One or two sentences under it.</param>
/// <param name="Figures">The final figures.</param>
/// <param name="Runs">The training runs that are shown.</param>
/// <param name="Settings">What a reader needs to repeat the run: names and values.</param>
public sealed record Report(string Title, string Lead, ReportTable Figures, IReadOnlyList<ReportRun> Runs, ReportTable Settings)
{
    /// <summary>Images, if the report has any.</summary>
    public ReportImages? Images { get; init; }
}

/// <summary>A table whose first column is text and whose others are aligned as numbers.</summary>
/// <param name="Titles">The columns' titles.</param>
/// <param name="Rows">The rows, as many cells as there are titles.</param>
public sealed record ReportTable(string[] Titles, params string[][] Rows);

/// <summary>A training run.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="LossName">What the total is called.</param>
/// <param name="Formula">The formula of its loss, as declared.</param>
/// <param name="History">Its losses.</param>
/// <param name="ScoreName">What it is judged by, such as accuracy.</param>
/// <param name="Scores">Curves of that, on the epochs of the history.</param>
public sealed record ReportRun(
    string Name, string LossName, string Formula, TrainingHistory History, string ScoreName, params Curve[] Scores);

/// <summary>A grid of images.</summary>
/// <param name="Title">The title over the grid.</param>
/// <param name="Caption">What there is to see.</param>
/// <param name="Keys">What colours mean: the style of a pixel, and words.</param>
/// <param name="Columns">The columns' titles; may be empty.</param>
/// <param name="Rows">The rows of images.</param>
public sealed record ReportImages(
    string Title, string Caption, (string Style, string Meaning)[] Keys, string[] Columns, IReadOnlyList<ReportImage[]> Rows);

/// <summary>An image with words under it.</summary>
/// <param name="Drawing">The image, from <see cref="Reports.Drawing.PixelImage"/>.</param>
/// <param name="Text">The words.</param>
public sealed record ReportImage(XElement Drawing, string Text);
