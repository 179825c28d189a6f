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

    /// <summary>The queue of the device that runs it.</summary>
    Queue,
}

/// <summary>One parameter of the gradient method.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name without <c>@</c>.</param>
/// <param name="Declaration">Its modifiers and type.</param>
/// <param name="DefaultText">Its default value; null when it has none.</param>
/// <param name="Of">The declared parameter it is or belongs to; null for upstream and queue.</param>
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
    public static ImmutableArray<GradientParameter> Of(LossSpec spec, bool withCurvature = false) => Of(spec.Signature, spec.ReturnsVoid, withCurvature);

    public static ImmutableArray<GradientParameter> Of(LossSignature signature, bool returnsVoid, bool withCurvature = false)
    {
        ImmutableArray<GradientParameter>.Builder ordered = ImmutableArray.CreateBuilder<GradientParameter>();
        ImmutableArray<ParameterSpec> declared = signature.Parameters.Items;
        foreach (ParameterSpec parameter in declared)
            if (ComesFirst(parameter)) ordered.Add(Declared(parameter));
        foreach (ParameterSpec parameter in signature.Differentiated())
        {
            string name = Free(GradientName(parameter.Name), declared);
            ordered.Add(new(GradientParameterKind.Gradient, name, CSharpTypes.GradientDeclaration(parameter), null, parameter));
        }

        foreach (ParameterSpec parameter in withCurvature ? signature.Differentiated() : ImmutableArray<ParameterSpec>.Empty)
        {
            string name = Free(CurvatureName(parameter.Name), declared);
            ordered.Add(new(GradientParameterKind.Curvature, name, CSharpTypes.GradientDeclaration(parameter), null, parameter));
        }

        foreach (ParameterSpec parameter in declared)
            if (!ComesFirst(parameter)) ordered.Add(Declared(parameter));
        ordered.Add(UpstreamOf(signature, returnsVoid));

        // A tensor may have the default value "default", and the gradients behind it are required.
        return WithoutInnerDefaults(ordered);
    }

    /// <summary>A name that is not among others.</summary>
    public static string Free(string name, IEnumerable<string> taken)
    {
        while (taken.Contains(name)) name += "_";
        return name;
    }

    /// <summary>The parameters with those default values that C# allows: no required one may follow.</summary>
    public static ImmutableArray<GradientParameter> WithoutInnerDefaults(IEnumerable<GradientParameter> parameters)
    {
        ImmutableArray<GradientParameter>.Builder ordered = parameters.ToImmutableArray().ToBuilder();
        bool allowed = true;
        for (int i = ordered.Count - 1; i >= 0; i--)
        {
            allowed &= ordered[i].DefaultText is not null;
            if (!allowed) ordered[i] = ordered[i] with { DefaultText = null };
        }

        return ordered.ToImmutable();
    }

    // A taken name has a message of its own; the stub must not add the compiler's.
    private static string Free(string name, ImmutableArray<ParameterSpec> declared) => Free(name, declared.Select(parameter => parameter.Name));

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

    private static GradientParameter UpstreamOf(LossSignature signature, bool returnsVoid)
    {
        string name = Free(Upstream, signature.Parameters.Items);
        string real = CSharpTypes.Name(signature.RealType);
        return returnsVoid
            ? new(GradientParameterKind.Upstream, name, $"global::System.ReadOnlySpan<{real}>", "default", null)
            : new(GradientParameterKind.Upstream, name, real, signature.RealType == ElementType.Double ? "1d" : "1f", null);
    }
}
