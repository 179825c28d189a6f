using System.Xml.Linq;

namespace Reports.Page;

/// <summary>Images on the page.</summary>
internal static class ImageSection
{
    public static XElement Of(ReportImages images) => new("section",
        new XElement("h2", images.Title),
        new XElement("p", images.Caption),
        images.Keys.Length == 0 ? null : new XElement("p", new XAttribute("class", "keys"), images.Keys.Select(Key)),
        new XElement("div", new XAttribute("class", "scroll"), new XElement("table", new XAttribute("class", "images"),
            images.Columns.Length == 0 ? null : Tables.Head(images.Columns),
            new XElement("tbody", images.Rows.Select(row => new XElement("tr", row.Select(Cell)))))));

    private static XElement Cell(ReportImage image) => new("td", image.Drawing, image.Text == "" ? null : new XElement("span", image.Text));

    // The empty text keeps the end tag, which HTML wants here.
    private static XElement Key((string Style, string Meaning) key)
        => new("span", new XElement("i", new XAttribute("class", key.Style), ""), key.Meaning);
}
