using System.Xml;
using System.Xml.Linq;
using Reports.Drawing;
using Reports.History;
using Reports.Page;
using Reports.Patterns;
using Xunit;
using static LossGen.Samples.Tests.Reports.SyntheticCurves;

namespace LossGen.Samples.Tests.Reports;

public sealed class ReportPageTests
{
    private static readonly string[] VoidElements = ["meta", "path", "line", "circle"];

    public static TheoryData<string> Kinds() => ["healthy", "diverging", "constant"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_page_is_well_formed(string kind)
    {
        XDocument page = Parse(ReportPage.Html(Example(kind)));
        Assert.Equal("html", page.Root!.Name.LocalName);
        Assert.Equal(4 * 1, page.Descendants("svg").Count(svg => Is(svg, "chart")));
        // In HTML an element without content needs its end tag, unless it is void or drawn.
        Assert.All(page.Descendants().Where(element => element.IsEmpty), element => Assert.Contains(element.Name.LocalName, VoidElements));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Everything_is_drawn_inside_the_chart(string kind)
    {
        foreach (XElement chart in Parse(ReportPage.Html(Example(kind))).Descendants("svg").Where(svg => Is(svg, "chart")))
        {
            double[] box = [.. Numbers((string)chart.Attribute("viewBox")!)];
            foreach (XElement curve in chart.Descendants("path"))
            {
                double[] points = [.. Numbers((string)curve.Attribute("d")!)];
                Assert.Equal(0, points.Length % 2);
                for (int i = 0; i < points.Length; i += 2)
                {
                    Assert.InRange(points[i], 0, box[2]);
                    Assert.InRange(points[i + 1], 0, box[3]);
                }
            }
            foreach (XElement text in chart.Descendants("text"))
                Assert.InRange((double)text.Attribute("y")!, 8, box[3]);
        }
    }

    [Fact]
    public void The_page_needs_nothing_else()
    {
        string html = ReportPage.Html(Example("healthy"));
        foreach (string reference in new[] { "http:", "https:", "src=", "href=", "url(", "@import", "<script", "<link" })
            Assert.DoesNotContain(reference, html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("prefers-color-scheme: dark", html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_culture_changes_nothing(string kind)
    {
        string expected = ReportPage.Html(Example(kind));
        using (new HostileCulture())
            Assert.Equal(expected, ReportPage.Html(Example(kind)));
    }

    [Fact]
    public void The_page_names_the_pattern_and_states_the_rule()
    {
        string text = Parse(ReportPage.Html(Example("healthy"))).Root!.Value;
        Assert.Contains("Pattern: healthy.", text, StringComparison.Ordinal);
        Assert.Contains(PatternRules.Terms, text, StringComparison.Ordinal);
        Assert.All(PatternRules.All, rule => Assert.Contains(rule.Condition, text, StringComparison.Ordinal));
        Assert.Contains("Pattern: diverging.", Parse(ReportPage.Html(Example("diverging"))).Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_text_whatever_is_in_it()
    {
        Report report = Example("healthy") with { Title = "a < b & \"c\" </title><b>" };
        Assert.Equal(report.Title, Parse(ReportPage.Html(report)).Descendants("title").Single().Value);
    }

    [Fact]
    public void The_style_reads_the_same_as_HTML_and_as_XML()
    {
        string html = ReportPage.Html(Example("healthy"));
        int start = html.IndexOf("<style>", StringComparison.Ordinal), end = html.IndexOf("</style>", StringComparison.Ordinal);
        Assert.DoesNotContain('&', html[start..end]);
    }

    [Fact]
    public void The_file_is_written_with_the_folders_on_the_way()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            string path = ReportPage.Write(Example("healthy"), Path.Combine(folder, "deeper", "page.html"));
            Assert.Equal(ReportPage.Html(Example("healthy")), File.ReadAllText(path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Report Example(string kind)
    {
        double[] training = Falling(40, 2.3, 0.3, 0.2), validation = Falling(40, 2.3, 0.4, 0.2);
        var history = new TrainingHistory("first part", "second part");
        for (int epoch = 0; epoch < training.Length; epoch++)
        {
            (double t, double v) = kind switch
            {
                "constant" => (0.5, 0.5),
                "diverging" when epoch > 20 => (double.NaN, double.PositiveInfinity),
                _ => (training[epoch], validation[epoch]),
            };
            history.Add(epoch, new LossValue(t, t / 2, 1 - t), new LossValue(v, v / 2, 1 - v));
        }
        return new Report("Title", "Lead.", new ReportTable(["", "loss"], ["test", "-0.25"]),
            [new ReportRun("Run", "loss", "mean(x > 0 ? x : -x) // \"é\"", history, "accuracy", new Curve("training", training))],
            new ReportTable(["setting", "value"], ["rate", "0.5"]))
        {
            Images = new ReportImages("Images", "Caption.", [("found", "found")], ["one", "two"],
                [[new(PixelImage.Grey([-1, 0.5f, 2, 0], 2, "grey"), "text"), new(PixelImage.Overlap([true, false], [1, 1], 2, "overlap"), "")]]),
        };
    }

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    private static bool Is(XElement element, string style) => (string?)element.Attribute("class") == style;

    private static IEnumerable<double> Numbers(string text) => text.Split(' ', 'M', 'L').Where(part => part != "")
        .Select(part => double.Parse(part, System.Globalization.CultureInfo.InvariantCulture));
}
