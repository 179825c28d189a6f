using System.Text;
using System.Text.Json;

namespace LossGen.Tool.Schema;

/// <summary>Lays JSON out to be read: what fits into a line stands in one. The same bytes everywhere.</summary>
internal static class JsonLayout
{
    private const int Width = 140;

    private const int Indent = 2;

    public static string Of(JsonElement element)
    {
        StringBuilder text = new();
        Append(text, element, depth: 0, column: 0);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, JsonElement element, int depth, int column)
    {
        string line = Line(element);
        if (column + line.Length <= Width || element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            text.Append(line);
            return;
        }

        bool isObject = element.ValueKind == JsonValueKind.Object;
        string margin = new(' ', Indent * (depth + 1)), separator = "";
        text.Append(isObject ? '{' : '[');
        foreach ((string name, JsonElement value) in isObject ? element.EnumerateObject().Select(p => (Name(p), p.Value)) : element.EnumerateArray().Select(e => ("", e)))
        {
            text.Append(separator).Append('\n').Append(margin).Append(name);
            Append(text, value, depth + 1, margin.Length + name.Length);
            separator = ",";
        }

        text.Append('\n').Append(' ', Indent * depth).Append(isObject ? '}' : ']');
    }

    private static string Line(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(", ", element.EnumerateObject().Select(p => Name(p) + Line(p.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(", ", element.EnumerateArray().Select(Line)) + "]",
        _ => element.GetRawText(),
    };

    private static string Name(JsonProperty property) => $"\"{JsonEncodedText.Encode(property.Name, ExportFormat.Encoder)}\": ";
}
