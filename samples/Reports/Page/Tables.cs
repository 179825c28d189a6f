using System.Xml.Linq;

namespace Reports.Page;

/// <summary>Tables as HTML.</summary>
internal static class Tables
{
    /// <summary>The row of titles.</summary>
    public static XElement Head(IEnumerable<string> titles) => new("thead",
        new XElement("tr", titles.Select(title => new XElement("th", new XAttribute("scope", "col"), title))));

    /// <summary>A table whose first column heads its rows.</summary>
    public static XElement Of(ReportTable table, string style) => new("div", new XAttribute("class", "scroll"),
        new XElement("table", new XAttribute("class", style),
            Head(table.Titles),
            new XElement("tbody", table.Rows.Select(row => new XElement("tr",
                row.Select((cell, i) => i == 0 ? new XElement("th", new XAttribute("scope", "row"), cell) : new XElement("td", cell)))))));
}
