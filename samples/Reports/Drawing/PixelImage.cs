using System.Text;
using System.Xml.Linq;
using static System.FormattableString;

namespace Reports.Drawing;

/// <summary>Draws small images as SVG squares, one path for all pixels that look alike.</summary>
public static class PixelImage
{
    private const int Shades = 12;

    /// <summary>Draws grey values.</summary>
    /// <param name="pixels">The values row after row, 0 paper to 1 ink; values beyond are drawn as the nearer of these.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="description">What a screen reader says.</param>
    public static XElement Grey(float[] pixels, int width, string description)
    {
        int[] shades = [.. pixels.Select(pixel => (int)MathF.Round(Shades * Math.Clamp(pixel, 0, 1)))];
        return Draw(pixels.Length, width, description, Enumerable.Range(1, Shades).Select(
            shade => new Layer("ink", (double)shade / Shades, pixel => shades[pixel] == shade)));
    }

    /// <summary>Draws a predicted mask over the true one: ink that was found, ink that was missed, paper that was taken for ink.</summary>
    /// <param name="predicted">Where ink was found, row after row.</param>
    /// <param name="truth">Where ink is, as 1 and 0.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="description">What a screen reader says.</param>
    public static XElement Overlap(bool[] predicted, byte[] truth, int width, string description) => Draw(truth.Length, width, description,
    [
        new Layer("found", 1, pixel => predicted[pixel] && truth[pixel] != 0),
        new Layer("missed", 1, pixel => !predicted[pixel] && truth[pixel] != 0),
        new Layer("invented", 1, pixel => predicted[pixel] && truth[pixel] == 0),
    ]);

    private static XElement Draw(int count, int width, string description, IEnumerable<Layer> layers)
    {
        var image = new XElement("svg",
            new XAttribute("class", "pixels"), new XAttribute("role", "img"), new XAttribute("aria-label", description),
            new XAttribute("viewBox", Invariant($"0 0 {width} {count / width}")), new XAttribute("shape-rendering", "crispEdges"));
        foreach (Layer layer in layers)
        {
            var path = new StringBuilder();
            for (int pixel = 0; pixel < count; pixel++)
            {
                if (layer.Has(pixel))
                    path.Append(Invariant($"M{pixel % width} {pixel / width}h1v1h-1z"));
            }
            if (path.Length > 0)
            {
                image.Add(new XElement("path", new XAttribute("class", layer.Style),
                    new XAttribute("fill-opacity", Invariant($"{layer.Opacity:0.##}")), new XAttribute("d", path.ToString())));
            }
        }
        return image;
    }

    private sealed record Layer(string Style, double Opacity, Func<int, bool> Has);
}
