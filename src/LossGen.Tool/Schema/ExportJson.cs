using System.Text.Json.Serialization;

namespace LossGen.Tool.Schema;

/// <summary>The schema for the serializer; <see cref="ExportFormat"/> says how it becomes text.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExportedLoss))]
internal sealed partial class ExportJson : JsonSerializerContext;
