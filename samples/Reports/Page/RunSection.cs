using System.Xml.Linq;
using Reports.Drawing;
using Reports.History;
using Reports.Patterns;
using static System.FormattableString;

namespace Reports.Page;

/// <summary>A run on the page: what its curves show in words, the curves, and the formula.</summary>
internal static class RunSection
{
    // Three in a row.
    private const int PartWidth = 290, PartHeight = 220;

    public static XElement Of(ReportRun run, PatternRule pattern, CurveFacts facts)
    {
        TrainingHistory history = run.History;
        var parts = history.PartNames.Select((name, part) => Figure(
            PartWidth, PartHeight, name, history.Epochs, Losses(history.TrainingPart(part), history.ValidationPart(part))));
        var scores = run.Scores.Length == 0 ? null : Figure(PartWidth, PartHeight, run.ScoreName, history.Epochs, run.Scores);
        return new XElement("section",
            new XElement("h2", run.Name),
            new XElement("p", new XAttribute("class", "verdict verdict-" + pattern.Pattern.ToString().ToLowerInvariant()),
                new XElement("strong", Invariant($"Pattern: {pattern.Name}.")), " " + pattern.Meaning + " ",
                new XElement("span", new XAttribute("class", "measured"), Invariant($"Measured: {pattern.Measured(facts)}."))),
            Figure(900, 330, run.LossName, history.Epochs, Losses(history.Training, history.Validation), marksLowest: true),
            new XElement("div", new XAttribute("class", "parts"), parts, scores),
            new XElement("details", new XElement("summary", "The formula of the loss"), new XElement("pre", run.Formula)));
    }

    private static Curve[] Losses(double[] training, double[] validation) => [new("training", training), new("validation", validation)];

    private static XElement Figure(int width, int height, string name, int[] epochs, Curve[] curves, bool marksLowest = false)
    {
        int lowest = marksLowest ? Lowest(curves[^1].Values) : -1;
        string ends = string.Join(", ", curves.Select(Ends));
        string mark = lowest < 0 ? ""
            : Invariant($"; lowest {curves[^1].Name} {curves[^1].Values[lowest]:0.0000} at epoch {epochs[lowest]} (circle)");
        return new XElement("figure",
            new XElement("div", new XAttribute("class", "head"),
                new XElement("h3", name),
                new XElement("span", new XAttribute("class", "legend"),
                    curves.Select((curve, i) => new XElement("span", LineChart.Sample(i), curve.Name)))),
            new XElement("div", new XAttribute("class", "scroll"),
                LineChart.Draw(width, height, Invariant($"{name} over {epochs[^1]} epochs: {ends}"), epochs, curves, lowest)),
            new XElement("figcaption", ends + mark));
    }

    // The blanks do not break.
    private static string Ends(Curve curve)
        => Invariant($"{curve.Name}\u00a0{curve.Values[0]:0.0000}\u00a0→\u00a0{curve.Values[^1]:0.0000}");

    private static int Lowest(double[] values)
    {
        int lowest = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]) && (lowest < 0 || values[i] < values[lowest]))
                lowest = i;
        }
        return lowest;
    }
}
