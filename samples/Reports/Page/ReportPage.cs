using System.Xml.Linq;
using Reports.Patterns;

namespace Reports.Page;

/// <summary>Makes a report one HTML page that needs nothing else: no script, no file beside it, no network.</summary>
/// <remarks>The page is well-formed XML too, since it is built as a tree.</remarks>
public static class ReportPage
{
    /// <summary>Writes the page to a file, and makes the folders on the way.</summary>
    /// <returns>The full path of the file.</returns>
    public static string Write(Report report, string path)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, Html(report));
        return full;
    }

    /// <summary>The page's text.</summary>
    public static string Html(Report report)
    {
        CurveFacts[] facts = [.. report.Runs.Select(run => CurveFacts.Measure(run.History.Training, run.History.Validation))];
        var page = new XElement("html", new XAttribute("lang", "en"),
            new XElement("head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("meta", new XAttribute("name", "color-scheme"), new XAttribute("content", "light dark")),
                new XElement("title", report.Title),
                new XElement("style", PageStyle.Css)),
            new XElement("body", new XElement("main",
                new XElement("header", new XElement("h1", report.Title), new XElement("p", new XAttribute("class", "lead"), report.Lead)),
                Tables.Of(report.Figures, "figures"),
                report.Runs.Select((run, i) => RunSection.Of(run, PatternRules.Find(facts[i]), facts[i])),
                report.Images is { } images ? ImageSection.Of(images) : null,
                PatternSection.Of(report.Runs, facts),
                new XElement("section", new XElement("h2", "Settings"), Tables.Of(report.Settings, "settings")))));
        return "<!DOCTYPE html>\n" + page.ToString(SaveOptions.DisableFormatting) + "\n";
    }
}
