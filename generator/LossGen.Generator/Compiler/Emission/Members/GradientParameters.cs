using System.Collections.Immutable;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.Members;

/// <summary>What a parameter of the gradient method is.</summary>
internal enum GradientParameterKind
{
    /// <summary>One of the method's own parameters.</summary>
    Declared,

    /// <summary>Receives the gradient by one of them.</summary>
    Gradient,

    /// <summary>Receives the second derivatives by one of them.</summary>
    Curvature,

    /// <summary>The derivative of whatever follows the loss.</summary>
    Upstream,
}

/// <summary>One parameter of the gradient method.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name without <c>@</c>.</param>
/// <param name="Declaration">Its modifiers and type.</param>
/// <param name="DefaultText">Its default value; null when it has none.</param>
/// <param name="Of">The declared parameter it is or belongs to; null for upstream.</param>
internal sealed record GradientParameter(
    GradientParameterKind Kind, string Name, string Declaration, string? DefaultText, ParameterSpec? Of);

/// <summary>
/// The order of the gradient method's parameters: tensors and the result as declared, one gradient for each differentiated
/// parameter, then one curvature for each where those are wanted, the other parameters as declared, and last the upstream derivative.
/// </summary>
internal static class GradientParameters
{
    public const string Upstream = "upstream";

    /// <summary>The name of the parameter that receives the gradient by another.</summary>
    public static string GradientName(string parameter) => parameter + "Gradient";

    /// <summary>The name of the parameter that receives the second derivatives by another.</summary>
    public static string CurvatureName(string parameter) => parameter + "Curvature";

    /// <summary>The parameters of the gradient method, or of the one that gives second derivatives as well.</summary>
    public static ImmutableArray<GradientParameter> Of(LossSpec spec, bool withCurvature = false)
    {
        ImmutableArray<GradientParameter>.Builder ordered = ImmutableArray.CreateBuilder<GradientParameter>();
        ImmutableArray<ParameterSpec> declared = spec.Signature.Parameters.Items;
        foreach (ParameterSpec parameter in declared)
            if (ComesFirst(parameter)) ordered.Add(Declared(parameter));
        foreach (ParameterSpec parameter in spec.Signature.Differentiated())
        {
            string name = Free(GradientName(parameter.Name), declared);
            ordered.Add(new(GradientParameterKind.Gradient, name, CSharpTypes.GradientDeclaration(parameter), null, parameter));
        }

        foreach (ParameterSpec parameter in withCurvature ? spec.Signature.Differentiated() : ImmutableArray<ParameterSpec>.Empty)
        {
            string name = Free(CurvatureName(parameter.Name), declared);
            ordered.Add(new(GradientParameterKind.Curvature, name, CSharpTypes.GradientDeclaration(parameter), null, parameter));
        }

        foreach (ParameterSpec parameter in declared)
            if (!ComesFirst(parameter)) ordered.Add(Declared(parameter));
        ordered.Add(UpstreamOf(spec));
        return WithoutInnerDefaults(ordered);
    }

    // A taken name has a message of its own; the stub must not add the compiler's.
    private static string Free(string name, ImmutableArray<ParameterSpec> declared)
    {
        while (declared.Any(parameter => parameter.Name == name)) name += "_";
        return name;
    }

    private static bool ComesFirst(ParameterSpec parameter) =>
        parameter.IsTensor || (parameter.OtherDeclaration is null && parameter.Role == ParameterRole.Result);

    private static GradientParameter Declared(ParameterSpec parameter)
    {
        const string Params = "params ";
        string declaration = CSharpTypes.Declaration(parameter);

        // Here it is not the last parameter, where alone C# allows the word.
        if (declaration.StartsWith(Params, StringComparison.Ordinal)) declaration = declaration.Substring(Params.Length);
        return new(GradientParameterKind.Declared, parameter.Name, declaration, parameter.DefaultText, parameter);
    }

    private static GradientParameter UpstreamOf(LossSpec spec)
    {
        string name = Free(Upstream, spec.Signature.Parameters.Items);
        string real = CSharpTypes.Name(spec.Signature.RealType);
        return spec.ReturnsVoid
            ? new(GradientParameterKind.Upstream, name, $"global::System.ReadOnlySpan<{real}>", "default", null)
            : new(GradientParameterKind.Upstream, name, real, spec.Signature.RealType == ElementType.Double ? "1d" : "1f", null);
    }

    // A tensor may have the default value "default"; C# allows no required parameter after it, and the gradients are required.
    private static ImmutableArray<GradientParameter> WithoutInnerDefaults(ImmutableArray<GradientParameter>.Builder ordered)
    {
        bool allowed = true;
        for (int i = ordered.Count - 1; i >= 0; i--)
        {
            allowed &= ordered[i].DefaultText is not null;
            if (!allowed) ordered[i] = ordered[i] with { DefaultText = null };
        }

        return ordered.ToImmutable();
    }
}
