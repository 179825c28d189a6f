using System.Text.Encodings.Web;
using System.Text.Json;

namespace LossGen.Tool.Schema;

/// <summary>The schema as text.</summary>
internal static class ExportFormat
{
    private static readonly ExportJson Json = new(new JsonSerializerOptions(ExportJson.Default.Options) { Encoder = Encoder });

    /// <summary>Formulas are to be read: quotes and signs of comparison stand as they are.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static string Write(ExportedLoss loss)
    {
        using JsonDocument document = JsonDocument.Parse(JsonSerializer.Serialize(loss, Json.ExportedLoss));
        return JsonLayout.Of(document.RootElement);
    }

    public static ExportedLoss Read(string json) => JsonSerializer.Deserialize(json, Json.ExportedLoss)!;
}
