using System.Xml.Linq;

namespace Reports.Page;

/// <summary>Tables as HTML.</summary>
internal static class Tables
{
    /// <summary>A table whose first column heads its rows.</summary>
    public static XElement Of(ReportTable table, string style) => new("div", new XAttribute("class", "scroll"),
        new XElement("table", new XAttribute("class", style),
            new XElement("thead", new XElement("tr", table.Titles.Select(title => new XElement("th", new XAttribute("scope", "col"), title)))),
            new XElement("tbody", table.Rows.Select(row => new XElement("tr",
                row.Select((cell, i) => i == 0 ? new XElement("th", new XAttribute("scope", "row"), cell) : new XElement("td", cell)))))));
}
