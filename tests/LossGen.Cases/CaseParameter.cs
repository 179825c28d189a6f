using System.Globalization;
using System.Text.RegularExpressions;
using LossGen.Compiler.Model;

namespace LossGen.Cases;

/// <summary>
/// One parameter of a case, from text: <c>z! real[n, c]: -4..4</c> is a differentiated tensor of the method's real type with values in
/// that range; <c>label int[n]: 0..c</c> holds indices of axis c; <c>: 0..3 whole</c> makes ties; <c>eps real = 0.1</c> is a scalar;
/// <c>x tensor real[n, c]</c> is a tensor span; <c>d int</c> the size of axis d; <c>out dice</c> a part; <c>to each real[n]</c> the result span.
/// </summary>
internal sealed partial record CaseParameter(string Name, bool IsMarked, bool IsPart, bool IsResult, bool IsTensorSpan, string TypeName, string? Axes, string Low, string High, bool IsWhole, double? Value)
{
    public bool IsTensor => Axes is not null && !IsResult;

    /// <summary>Whether it is passed as a number or a truth value.</summary>
    public bool IsScalar => Axes is null && !IsPart;

    public bool IsReal => TypeName is "real" or "float" or "double" or "Half";

    /// <summary>Each axis with the text behind its equals sign, or null.</summary>
    public (string Name, string? Size)[] AxisList => (Axes!.Length == 0 ? "i" : Axes)
        .Split(',').Select(part => part.Split('=')).Select(p => (p[0].Trim(), p.Length > 1 ? p[1].Trim() : null)).ToArray();

    public static CaseParameter Parse(string text)
    {
        Match match = Pattern().Match(text.Trim());
        if (!match.Success) throw new ArgumentException($"no parameter: {text}", nameof(text));
        string? Group(string name) => match.Groups[name].Success ? match.Groups[name].Value.Trim() : null;
        return new CaseParameter(
            Group("name")!, Group("mark") is not null, Group("out") == "out", Group("out") == "to", Group("tensor") is not null, Group("type") ?? "real", Group("axes"), Group("low") ?? "", Group("high") ?? "",
            Group("whole") is not null, Group("value") is { } value ? double.Parse(value, CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The C# element type in a method of this real type.</summary>
    public string CSharpType(ElementType real) => TypeName == "real" ? (real == ElementType.Single ? "float" : "double") : TypeName;

    /// <summary>The declaration as a user writes it.</summary>
    public string Declaration(ElementType real)
    {
        string type = CSharpType(real);
        if (IsPart) return $"out {type} {Name}";
        string attributes = (Axes is { Length: > 0 } ? $"[Axes(\"{Axes}\")] " : "") + (IsMarked ? "[Differentiate] " : "");
        if (IsResult) return attributes + $"Span<{type}> {Name}";
        return attributes + (IsTensorSpan ? $"System.Numerics.Tensors.ReadOnlyTensorSpan<{type}> {Name}" : IsTensor ? $"ReadOnlySpan<{type}> {Name}" : $"{type} {Name}");
    }

    [GeneratedRegex(@"^(?:(?<out>out|to)\s+)?(?<name>\w+)(?<mark>!)?(?:\s+(?<tensor>tensor\s+)?(?<type>\w+)(?:\[(?<axes>[^\]]*)\])?(?:\s*:\s*(?<low>[-\w.]+?)\.\.(?<high>[-\w.]+)(?<whole>\s+whole)?)?(?:\s*=\s*(?<value>[-\w.]+))?)?$")]
    private static partial Regex Pattern();
}
