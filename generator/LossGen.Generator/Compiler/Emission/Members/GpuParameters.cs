using System.Collections.Immutable;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.Members;

/// <summary>
/// Names and parameters of the methods that run a loss on a device: a queue, then those of the CPU's methods in the same order, with
/// buffers in place of spans. A prepared call has no results yet, so there its <c>out</c> parameters are missing.
/// </summary>
internal static class GpuParameters
{
    public const string Namespace = "global::LossGen.Gpu";

    /// <summary>Their order in the file.</summary>
    public static readonly ImmutableArray<GpuMembers> All = ImmutableArray.Create(
        GpuMembers.Value, GpuMembers.Gradient, GpuMembers.Curvature, GpuMembers.PrepareValue, GpuMembers.PrepareGradient, GpuMembers.PrepareCurvature);

    public static bool IsPrepared(GpuMembers member) => member is GpuMembers.PrepareValue or GpuMembers.PrepareGradient or GpuMembers.PrepareCurvature;

    public static bool HasGradient(GpuMembers member) => member is GpuMembers.Gradient or GpuMembers.PrepareGradient || HasCurvature(member);

    public static bool HasCurvature(GpuMembers member) => member is GpuMembers.Curvature or GpuMembers.PrepareCurvature;

    public static string Name(string method, GpuMembers member) =>
        (IsPrepared(member) ? "Prepare" : "") + method + (HasCurvature(member) ? "Curvature" : HasGradient(member) ? "Gradient" : "");

    public static ImmutableArray<GradientParameter> Of(LossSignature signature, bool returnsVoid, GpuMembers member)
    {
        ImmutableArray<GradientParameter> spans = HasGradient(member)
            ? GradientParameters.Of(signature, returnsVoid, HasCurvature(member))
            : signature.Parameters.Select(p => new GradientParameter(GradientParameterKind.Declared, p.Name, "", p.DefaultText, p)).ToImmutableArray();
        GradientParameter queue = new(GradientParameterKind.Queue, GradientParameters.Free("queue", spans.Select(p => p.Name)), Namespace + ".GpuQueue", null, null);
        return GradientParameters.WithoutInnerDefaults(spans.Where(p => !IsPrepared(member) || !IsOut(p)).Select(p => OnDevice(p, signature)).Prepend(queue));
    }

    /// <summary>Whether it receives a number, when the method has waited for it.</summary>
    public static bool IsOut(GradientParameter parameter) => parameter.Of is { } of
        && (of.Role == ParameterRole.Part || (of.Role == ParameterRole.Scalar && parameter.Kind is (GradientParameterKind.Gradient or GradientParameterKind.Curvature)));

    /// <summary>The name under which launch plans have it.</summary>
    public static string PlanName(GradientParameter parameter) => parameter.Kind switch
    {
        GradientParameterKind.Gradient => GradientParameters.GradientName(parameter.Of!.Name),
        GradientParameterKind.Curvature => GradientParameters.CurvatureName(parameter.Of!.Name),
        GradientParameterKind.Upstream => GradientParameters.Upstream,
        _ => parameter.Of!.Name,
    };

    private static GradientParameter OnDevice(GradientParameter parameter, LossSignature signature) =>
        parameter.Kind == GradientParameterKind.Upstream ? parameter with { Declaration = Buffer(signature.RealType) + "?", DefaultText = "null" }
        : IsOut(parameter) ? parameter with { Declaration = "out " + CSharpTypes.Name(parameter.Of!.Element), DefaultText = null }
        : parameter.Of!.Role == ParameterRole.Scalar ? parameter with { Declaration = CSharpTypes.Name(parameter.Of.Element) }
        : parameter with { Declaration = Buffer(parameter.Of.Element), DefaultText = null };

    private static string Buffer(ElementType element) => $"{Namespace}.GpuBuffer<{CSharpTypes.Name(element)}>";
}
