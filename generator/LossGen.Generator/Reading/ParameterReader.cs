using LossGen.Compiler.Binding;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Model;
using Microsoft.CodeAnalysis;

namespace LossGen.Generator.Reading;

/// <summary>Reads one parameter and says what the language cannot do with it.</summary>
internal static class ParameterReader
{
    public static ParameterSpec Read(IParameterSymbol parameter, ElementType real, ProblemList problems)
    {
        ParameterSpec spec = Classify(parameter, real, problems);
        if (spec.OtherDeclaration is not null) return spec;
        string element = ElementText(parameter, spec);
        if (spec.Axes is not null && !spec.IsTensor && spec.Role != ParameterRole.Result)
            problems.ReportParameter(DiagnosticTable.AxesOnScalar, spec.Name, spec.Name, element);
        if (spec.Differentiate && !spec.CanCarryGradient())
            problems.ReportParameter(DiagnosticTable.DifferentiatedNotReal, spec.Name, spec.Name, element);
        return spec;
    }

    private static ParameterSpec Classify(IParameterSymbol parameter, ElementType real, ProblemList problems)
    {
        string name = parameter.Name;
        if (parameter.IsParams)
        {
            problems.ReportParameter(DiagnosticTable.ParamsParameter, name, name);
            return Other(parameter);
        }

        if (parameter.RefKind == RefKind.Out) return ReadPart(parameter, real, problems);
        if (parameter.RefKind != RefKind.None)
        {
            problems.ReportParameter(DiagnosticTable.ByRefParameter, name, name, TypeText.Modifier(parameter.RefKind));
            return Other(parameter);
        }

        if (ElementTypes.OfScalar(parameter.Type) is { } scalar) return Known(parameter, ParameterRole.Scalar, scalar);
        if (ElementTypes.OfSpan(parameter.Type) is var (role, elementType) && ElementTypes.OfElement(elementType) is { } element
            && (role != ParameterRole.Result || element is ElementType.Single or ElementType.Double or ElementType.Half))
            return Known(parameter, role, element);
        if (parameter.Type.TypeKind != TypeKind.Error)
            problems.ReportParameter(DiagnosticTable.UnsupportedParameterType, name, name, TypeText.Short(parameter.Type));
        return Other(parameter);
    }

    private static ParameterSpec ReadPart(IParameterSymbol parameter, ElementType real, ProblemList problems)
    {
        if (ElementTypes.OfReal(parameter.Type) == real) return Known(parameter, ParameterRole.Part, real);
        string realText = real == ElementType.Double ? "double" : "float";
        problems.ReportParameter(
            DiagnosticTable.PartTypeMismatch, parameter.Name, parameter.Name, TypeText.Short(parameter.Type), realText);
        return Other(parameter);
    }

    private static ParameterSpec Known(IParameterSymbol parameter, ParameterRole role, ElementType element)
    {
        DefaultValue value = DefaultValue.Of(parameter);
        return new(
            parameter.Name, role, element, parameter.AxesAttribute()?.FirstText(), parameter.DifferentiateAttribute() is not null,
            value.Number, value.Text, parameter.ScopedKind == ScopedKind.ScopedValue);
    }

    private static ParameterSpec Other(IParameterSymbol parameter) =>
        new(
            parameter.Name, ParameterRole.Scalar, ElementType.Single, null, false, null, DefaultValue.Of(parameter).Text, false,
            TypeText.Declaration(parameter));

    private static string ElementText(IParameterSymbol parameter, ParameterSpec spec) =>
        spec.Role is ParameterRole.Scalar or ParameterRole.Part
            ? TypeText.Short(parameter.Type)
            : TypeText.Short(((INamedTypeSymbol)parameter.Type).TypeArguments[0]);
}
