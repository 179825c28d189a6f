using System.Text;
using System.Xml.Linq;
using Reports.History;
using static System.FormattableString;

namespace Reports.Drawing;

/// <summary>Draws curves over epochs as SVG. Colours and fonts come from the page's style.</summary>
public static class LineChart
{
    // Smaller than this its text could not be read, and the page lets it scroll instead.
    private const double SmallestShare = 0.7;

    private const double Left = 46, Right = 20, Top = 28, Bottom = 42;

    /// <summary>Draws a chart.</summary>
    /// <param name="width">Width in pixels at full size.</param>
    /// <param name="height">Height in pixels at full size.</param>
    /// <param name="description">What a screen reader says.</param>
    /// <param name="epochs">The recorded epochs, rising.</param>
    /// <param name="curves">The curves, in the order of the style's colours. Values that are not finite leave a gap.</param>
    /// <param name="marked">The position, in the last curve, of the value that is marked; none if negative.</param>
    public static XElement Draw(
        int width, int height, string description, int[] epochs, IReadOnlyList<Curve> curves, int marked = -1)
    {
        Scale across = Scale.OfEpochs(epochs[0], epochs[^1], Left, width - Right);
        Scale up = Scale.OfCurves(curves, height - Bottom, Top);
        var chart = new XElement("svg",
            new XAttribute("class", "chart"), new XAttribute("role", "img"), new XAttribute("aria-label", description),
            new XAttribute("viewBox", Invariant($"0 0 {width} {height}")),
            new XAttribute("style", Invariant($"max-width:{width}px;min-width:{SmallestShare * width}px")));
        foreach (double tick in up.Ticks)
        {
            double y = up.Position(tick);
            chart.Add(Line("grid", Left, y, width - Right, y), Text("end", Left - 8, y + 4, up.Label(tick)));
        }
        chart.Add(Line("axis", Left, height - Bottom, width - Right, height - Bottom));
        foreach (double tick in across.Ticks)
        {
            double x = across.Position(tick);
            chart.Add(Line("axis", x, height - Bottom, x, height - Bottom + 5));
            chart.Add(Text("middle", x, height - Bottom + 18, across.Label(tick)));
        }
        chart.Add(Text("middle", (Left + width - Right) / 2, height - 6, "epoch"));
        if (up.IsLogarithmic)
            chart.Add(Text("start", 2, 14, "logarithmic scale"));
        for (int i = 0; i < curves.Count; i++)
        {
            chart.Add(new XElement("path",
                new XAttribute("class", Invariant($"curve curve-{i + 1}")),
                new XAttribute("d", Path(epochs, curves[i].Values, across, up))));
        }
        if (marked >= 0 && double.IsFinite(curves[^1].Values[marked]))
        {
            chart.Add(new XElement("circle", new XAttribute("class", Invariant($"mark mark-{curves.Count}")), new XAttribute("r", "4.5"),
                Coordinate("cx", across.Position(epochs[marked])), Coordinate("cy", up.Position(curves[^1].Values[marked]))));
        }
        return chart;
    }

    /// <summary>A piece of a curve's line, for the legend.</summary>
    public static XElement Sample(int curve) => new("svg",
        new XAttribute("class", "sample"), new XAttribute("viewBox", "0 0 28 8"), new XAttribute("aria-hidden", "true"),
        new XElement("path", new XAttribute("class", Invariant($"curve curve-{curve + 1}")), new XAttribute("d", "M1 4H27")));

    private static string Path(int[] epochs, double[] values, Scale across, Scale up)
    {
        var path = new StringBuilder();
        bool drawing = false;
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]))
                path.Append(Invariant($"{(drawing ? 'L' : 'M')}{across.Position(epochs[i]):0.##} {up.Position(values[i]):0.##}"));
            drawing = double.IsFinite(values[i]);
        }
        return path.ToString();
    }

    private static XElement Line(string kind, double x1, double y1, double x2, double y2) => new("line",
        new XAttribute("class", kind), Coordinate("x1", x1), Coordinate("y1", y1), Coordinate("x2", x2), Coordinate("y2", y2));

    private static XElement Text(string anchor, double x, double y, string text) => new("text",
        new XAttribute("text-anchor", anchor), Coordinate("x", x), Coordinate("y", y), text);

    private static XAttribute Coordinate(string name, double value) => new(name, Invariant($"{value:0.##}"));
}
