using System.Collections.Immutable;
using System.Globalization;
using LossGen.Compiler.Model;

namespace LossGen.Cases;

/// <summary>A case as the compiler gets it, without Roslyn: for what needs the stages of the compiler alone.</summary>
internal static class CaseSpec
{
    public static LossSpec Of(LossCase loss, ElementType real, params LossSignature[] callees)
    {
        EquatableArray<LossCall> calls = callees.Select((callee, i) => new LossCall(callee.Name, ImmutableArray.Create(i))).ToImmutableArray();
        return new LossSpec(
            Signature("Loss", loss.Parameters, loss.Formula, real) with { Calls = calls }, callees.ToImmutableArray(), "", EquatableArray<ContainingTypeSpec>.Empty,
            "Loss", "public static", "LossProgram", "Loss.g.cs", HasDocumentation: false, ReturnsVoid: loss.Result is not null, EquatableArray<LossProblem>.Empty, HasCurvature: loss.HasCurvature);
    }

    public static LossSignature Signature(string name, IEnumerable<CaseParameter> parameters, string formula, ElementType real) =>
        new(name, formula, real, parameters.Select(p => Parameter(p, real)).ToImmutableArray(), EquatableArray<LossCall>.Empty);

    private static ParameterSpec Parameter(CaseParameter parameter, ElementType real)
    {
        ParameterRole role = parameter.IsPart ? ParameterRole.Part : parameter.IsResult ? ParameterRole.Result : parameter.IsTensorSpan ? ParameterRole.StridedTensor : parameter.IsTensor ? ParameterRole.Tensor : ParameterRole.Scalar;
        return new(
            parameter.Name, role, Element(parameter.CSharpType(real)), parameter.Axes is { Length: > 0 } axes ? axes : null, parameter.IsMarked,
            parameter.Value, parameter.Value?.ToString(CultureInfo.InvariantCulture), IsScoped: false);
    }

    private static ElementType Element(string type) => type switch
    {
        "float" => ElementType.Single,
        "double" => ElementType.Double,
        "Half" => ElementType.Half,
        "byte" => ElementType.Byte,
        "int" => ElementType.Int32,
        "long" => ElementType.Int64,
        "bool" => ElementType.Boolean,
        _ => throw new ArgumentException($"no element type '{type}'", nameof(type)),
    };
}
