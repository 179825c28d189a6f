using System.Collections.Immutable;
using LossGen.Compiler.Differentiation;
using LossGen.Compiler.Emission.Gpu;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission;

/// <summary>The loss as data: the expression that makes its <c>LossProgram</c>.</summary>
internal static class ProgramText
{
    private const int LongestGradient = 400;

    public static string Of(LossSpec spec, LossGradients gradients, ImmutableDictionary<Node, string> names, GpuKernels value, GpuKernels gradient, GpuKernels? curvature)
    {
        IEnumerable<string> parameters = spec.Signature.Parameters.Select(p =>
            $"new global::LossGen.LossProgramParameter({CSharpLiteral.Quote(p.Name)}, {CSharpLiteral.Quote(TypeName(p))}, {(p.IsTensor || p.Role == ParameterRole.Result ? CSharpLiteral.Quote(p.Axes ?? "i") : "null")})");
        IEnumerable<string> derivatives = gradients.Gradients.Select(g =>
            $"new global::LossGen.LossProgramGradient({CSharpLiteral.Quote(g.Parameter.Name)}, {CSharpLiteral.Quote(Words(g, names))})");
        return $"new global::LossGen.LossProgram(\n    {CSharpLiteral.Quote(spec.Signature.Name)},\n    {CSharpLiteral.Quote(spec.Signature.Formula)},\n    [\n        {string.Join(",\n        ", parameters)},\n    ],\n    [\n        {string.Join(",\n        ", derivatives)},\n    ])\n{{\n    ValueKernels = {Kernels(value)},\n    GradientKernels = {Kernels(gradient)},\n{(curvature is null ? "" : $"    CurvatureKernels = {Kernels(curvature)},\n")}}}";
    }

    private static string Kernels(GpuKernels kernels) =>
        $"new global::LossGen.DeviceKernels({CSharpLiteral.RawUtf8(kernels.Source)}, {CSharpLiteral.RawUtf8(kernels.Plan)})";

    /// <summary>A gradient as a formula, with the user's names; a long one is cut.</summary>
    public static string Words(ParameterGradient gradient, ImmutableDictionary<Node, string> names)
    {
        string text = NodePrinter.Strip(NodePrinter.Print(gradient.Value, node => names.TryGetValue(node, out string? name) ? name : null));
        return text.Length <= LongestGradient ? text : text.Substring(0, LongestGradient) + " …";
    }

    private static string TypeName(ParameterSpec parameter) => CSharpTypes.Declaration(parameter).Replace("global::System.Numerics.Tensors.", "").Replace("global::System.", "");
}
