using System.Text.Json;
using LossGen.Gpu.Plans;
using LossGen.Tool.Schema;

namespace LossGen.Tool.Export;

/// <summary>Sizes in the terms of the schema.</summary>
internal static class SizeExport
{
    public static ExportedSize Of(PlanSize size) =>
        size.Integer is { } integer ? new(size.Axis, "argument", integer)
        : size.Compute is { } compute ? new(size.Axis, "computed", Expression: Expression(compute))
        : size.Dimension is { } dimension ? new(size.Axis, "dimension", size.Length, Dimension: dimension)
        : new(size.Axis, "length", size.Length, Forms(size.Divisor!));

    public static ExportedForm Form(Dictionary<string, long> form)
    {
        IEnumerable<KeyValuePair<string, long>> terms = form.Where(term => term.Key.Length > 0).OrderBy(term => term.Key, StringComparer.Ordinal);
        return new ExportedForm(form.GetValueOrDefault(""), new(terms, StringComparer.Ordinal));
    }

    public static ExportedForm[] Forms(IEnumerable<Dictionary<string, long>> forms) => [.. forms.Select(Form)];

    private static ExportedExpression Expression(JsonElement compute)
    {
        if (compute.ValueKind == JsonValueKind.Object) return new(Form(compute.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt64())));
        string operation = compute[0].GetString() switch
        {
            "integerAdd" => "add",
            "integerSubtract" => "subtract",
            "integerMultiply" => "multiply",
            "integerMax" => "max",
            "integerMin" => "min",
            "div" => "floorDivide",
            "mod" => "floorModulo",
            var unknown => throw new NotSupportedException($"The launch plan computes a size with '{unknown}'."),
        };
        return new(Operation: operation, Left: Expression(compute[1]), Right: Expression(compute[2]));
    }
}
