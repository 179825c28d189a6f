using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LossGen.Losses.Tests.Page;

/// <summary>The documentation of one member, as Markdown: references become code, lines one line.</summary>
/// <param name="Id">The member as the compiler names it: its kind, its full name, and the types of its parameters in parentheses.</param>
/// <param name="Element">Its documentation.</param>
internal sealed partial record DocumentedMember(string Id, XElement Element)
{
    private static readonly XElement[] Members = [.. XDocument.Load(Path.ChangeExtension(typeof(RegressionLosses).Assembly.Location, ".xml")).Descendants("member")];

    public static DocumentedMember OfType(Type type) => Find("T:" + type.FullName);

    /// <summary>The members of one name in a class that have documentation of their own, as declared.</summary>
    public static IEnumerable<DocumentedMember> OfMethods(Type type, string name) => Members
        .Select(m => new DocumentedMember((string)m.Attribute("name")!, m))
        .Where(m => m.Id.StartsWith($"M:{type.FullName}.{name}(", StringComparison.Ordinal) && m.Element.Element("inheritdoc") is null);

    public string Summary => Text(Element.Element("summary"));

    public string Returns => Text(Element.Element("returns"));

    /// <summary>The remarks by their opening words: <c>When to use</c>, <c>Conventions</c>, <c>Gradient</c>, <c>Source</c>.</summary>
    public IEnumerable<(string Topic, string Words)> Remarks => Element.Elements("remarks").Elements("para").Select(Text).Select(text =>
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, "") : (text[..colon], char.ToUpperInvariant(text[colon + 2]) + text[(colon + 3)..]);
    });

    public string Parameter(string name) => Text(Element.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == name));

    /// <summary>The types of its parameters, to tell overloads apart.</summary>
    public string[] ParameterTypes => [.. Id[(Id.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(',')];

    private static DocumentedMember Find(string id) => new(id, Members.Single(m => (string?)m.Attribute("name") == id));

    private static string Text(XElement? element) => element is null ? "" : Spaces().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "paramref" } reference => $"`{(string?)reference.Attribute("name")}`",
        XElement { Name.LocalName: "see" } reference => $"`{((string)reference.Attribute("cref")!).Split('.')[^1]}`",
        XElement { Name.LocalName: "c" } code => $"`{Spaces().Replace(code.Value, " ")}`",
        XElement other => Text(other),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
