using System.Xml.Linq;
using Reports.Patterns;

namespace Reports.Page;

/// <summary>The rule on the page, with what it measured on each run.</summary>
internal static class PatternSection
{
    public static XElement Of(IReadOnlyList<ReportRun> runs, CurveFacts[] facts)
    {
        var titles = new[] { "pattern", "found when" }.Concat(runs.Select(run => run.Name));
        return new XElement("section",
            new XElement("h2", "How the pattern is found"),
            new XElement("p", "The conditions are asked from top to bottom; the first that holds names the pattern. " + PatternRules.Terms),
            new XElement("div", new XAttribute("class", "scroll"), new XElement("table", new XAttribute("class", "rules"),
                Tables.Head(titles),
                new XElement("tbody", PatternRules.All.Select(rule => new XElement("tr",
                    new XElement("th", new XAttribute("scope", "row"), rule.Name),
                    new XElement("td", rule.Condition),
                    facts.Select(fact => Cell(rule, fact))))))));
    }

    private static XElement Cell(PatternRule rule, CurveFacts facts) => rule == PatternRules.Find(facts)
        ? new XElement("td", new XAttribute("class", "hit"), new XElement("strong", rule.Measured(facts)))
        : new XElement("td", facts.IsFinite ? rule.Measured(facts) : "");
}
