using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Binding;

/// <summary>A loss that a call may mean, seen from the caller: out parts and axis sizes are not passed.</summary>
internal sealed class LossCandidate
{
    public LossCandidate(LossSignature signature)
    {
        Signature = signature;
        var problems = new ProblemList();
        Axes = DeclaredAxes.Of(signature.Parameters, problems);
        HasErrors = problems.HasErrors || signature.Parameters.Any(p => p.OtherDeclaration is not null) || signature.Parameters.Count(p => p.Role == ParameterRole.Result) > 1;
        Passed = signature.Parameters.Where(p => p.IsTensor || (p.Role == ParameterRole.Scalar && !Axes.IsSize(p))).ToImmutableArray();
    }

    public LossSignature Signature { get; }

    public DeclaredAxes Axes { get; }

    /// <summary>The span that receives its value when a method calls it; null when its value has no axes.</summary>
    public ParameterSpec? ResultSpan => Signature.Parameters.FirstOrDefault(p => p.Role == ParameterRole.Result);

    /// <summary>The parameters that a call passes, in declaration order.</summary>
    public ImmutableArray<ParameterSpec> Passed { get; }

    /// <summary>Whether its parameters alone make it useless to a caller; its own declaration says why.</summary>
    public bool HasErrors { get; }

    /// <summary>Arguments that have no default.</summary>
    public int Required => Passed.Count(p => p.Default is null);

    /// <summary>How a call is written: <c>Focal(z, y, alpha, gamma)</c>.</summary>
    public string CallText(string name) => $"{name}({string.Join(", ", Passed.Select(p => p.Name))})";

    /// <summary>How it was declared, as far as it tells overloads apart: <c>Focal(float[] z, byte[] y, float alpha)</c>.</summary>
    public string DeclarationText =>
        $"{Signature.Name}({string.Join(", ", Passed.Select(p => $"{TypeName(p.Element)}{(p.IsTensor ? "[]" : "")} {p.Name}"))})";

    /// <summary>Overloads that agree in this are one loss, declared for several real types.</summary>
    public string Identity => Signature.Formula + "\n" + string.Join(", ", Passed.Select(p => $"{p.Name} {p.IsTensor} {p.Axes}"));

    /// <summary>Whether the arguments can be passed at all: any value as a real, truth also as an integer.</summary>
    public bool Accepts(IReadOnlyList<Node> arguments) =>
        AcceptsCount(arguments.Count) && arguments.Select((a, i) => Accepts(Passed[i], a.Type)).All(accepted => accepted);

    public bool AcceptsCount(int count) => count >= Required && count <= Passed.Length;

    /// <summary>Whether every argument is of its parameter's own kind.</summary>
    public bool Matches(IReadOnlyList<Node> arguments) => arguments.Select((a, i) => KindOf(Passed[i]) == a.Type).All(same => same);

    public static Ir.ValueType KindOf(ParameterSpec parameter) =>
        parameter.IsRealElement ? Ir.ValueType.Real : parameter.Element == ElementType.Boolean ? Ir.ValueType.Truth : Ir.ValueType.Integer;

    private static string TypeName(ElementType element) => element switch
    {
        ElementType.Single => "float",
        ElementType.Double => "double",
        ElementType.Half => "Half",
        ElementType.Byte => "byte",
        ElementType.Int32 => "int",
        ElementType.Int64 => "long",
        _ => "bool",
    };

    private static bool Accepts(ParameterSpec parameter, Ir.ValueType type) => KindOf(parameter) switch
    {
        Ir.ValueType.Real => true,
        Ir.ValueType.Integer => type != Ir.ValueType.Real,
        _ => type == Ir.ValueType.Truth,
    };
}
