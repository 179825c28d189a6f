using System.Collections.Immutable;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.Members;

/// <summary>The XML documentation of the generated members, and the comments that stand in for it where the user wrote his own.</summary>
internal static class MemberDocumentation
{
    /// <summary>The text of a file of documentation with the characters escaped that XML would read.</summary>
    public static string EscapeXml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>
    /// The loss itself. Documentation on the implementing part would replace the user's own, so then the maths goes into comments.
    /// </summary>
    public static void WriteValue(SourceWriter writer, LossSpec spec, ImmutableArray<string> remarks)
    {
        if (spec.HasDocumentation)
        {
            foreach (string line in FormulaLines(spec)) writer.WriteLine(("// " + line).TrimEnd());
            foreach (string remark in remarks) writer.WriteLine("// " + remark);
            return;
        }

        writer.WriteLine($"/// <summary>The loss <c>{EscapeXml(spec.Signature.Name)}</c>.</summary>");
        WriteRemarks(writer, FormulaLines(spec), "", ImmutableArray<string>.Empty, remarks);
        foreach (ParameterSpec parameter in spec.Signature.Parameters)
            writer.WriteLine($"/// <param name=\"{parameter.Name}\">{Describe(parameter)}</param>");
        if (!spec.ReturnsVoid) writer.WriteLine("/// <returns>The value of the loss.</returns>");
    }

    public static void WriteGradient(
        SourceWriter writer, LossSpec spec, ImmutableArray<string> gradient, ImmutableArray<string> remarks)
    {
        string name = EscapeXml(spec.Signature.Name);
        writer.WriteLine($"/// <summary>The loss <c>{name}</c> and its gradient in one call; the gradients are overwritten.</summary>");
        WriteRemarks(writer, FormulaLines(spec), "Gradient", gradient, remarks);
        WriteParameters(writer, spec, GradientParameters.Of(spec));
    }

    public static void WriteCurvature(
        SourceWriter writer, LossSpec spec, ImmutableArray<string> curvature, ImmutableArray<string> remarks)
    {
        string name = EscapeXml(spec.Signature.Name);
        writer.WriteLine(
            $"/// <summary>The loss <c>{name}</c>, its gradient, and its second derivative by each element, in one call; gradients and curvatures are overwritten.</summary>");
        WriteRemarks(writer, FormulaLines(spec), "Second derivatives", curvature, remarks);
        WriteParameters(writer, spec, GradientParameters.Of(spec, withCurvature: true));
    }

    private static void WriteParameters(SourceWriter writer, LossSpec spec, ImmutableArray<GradientParameter> parameters)
    {
        foreach (GradientParameter parameter in parameters)
            writer.WriteLine($"/// <param name=\"{parameter.Name}\">{Describe(parameter, spec)}</param>");
        if (!spec.ReturnsVoid) writer.WriteLine("/// <returns>The value of the loss.</returns>");
    }

    public static void WriteGpu(SourceWriter writer, LossSpec spec, GpuMembers member, ImmutableArray<GradientParameter> parameters)
    {
        string what = $"The loss <c>{EscapeXml(spec.Signature.Name)}</c>{(GpuParameters.HasCurvature(member) ? ", its gradient and its second derivatives" : GpuParameters.HasGradient(member) ? " and its gradient" : "")} on a device";
        writer.WriteLine(GpuParameters.IsPrepared(member)
            ? $"/// <summary>{what}, compiled, allocated and bound, to be run any number of times.</summary>"
            : $"/// <summary>{what}, in one call that waits for the result.</summary>");
        foreach (GradientParameter parameter in parameters)
            writer.WriteLine($"/// <param name=\"{parameter.Name}\">{DescribeOnDevice(parameter, spec)}</param>");
        if (GpuParameters.IsPrepared(member)) writer.WriteLine("/// <returns>The call, to be disposed. It reads its buffers anew in every run.</returns>");
        else if (!spec.ReturnsVoid) writer.WriteLine("/// <returns>The value of the loss.</returns>");
        writer.WriteLine("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or what is written overlaps with another buffer.</exception>");
        if (!GpuParameters.IsPrepared(member)) writer.WriteLine("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">An index from data is out of range.</exception>");
        writer.WriteLine($"/// <exception cref=\"{GpuParameters.Namespace}.GpuException\">The device's compiler or driver failed.</exception>");
    }

    public static void WriteProgram(SourceWriter writer, LossSpec spec)
    {
        string name = EscapeXml(spec.Signature.Name);
        writer.WriteLine($"/// <summary>The loss <c>{name}</c> as data: formula, gradient, properties, and kernels for other devices.</summary>");
    }

    private static IEnumerable<string> FormulaLines(LossSpec spec) =>
        spec.Signature.Formula.Replace("\r\n", "\n").Replace('\r', '\n').Trim('\n').Split('\n').Select(line => line.TrimEnd());

    private static void WriteRemarks(
        SourceWriter writer, IEnumerable<string> formula, string heading, ImmutableArray<string> derivatives, ImmutableArray<string> remarks)
    {
        writer.WriteLine("/// <remarks>");
        WriteCode(writer, formula);
        if (!derivatives.IsEmpty)
        {
            writer.WriteLine($"/// <para>{heading}:</para>");
            WriteCode(writer, derivatives);
        }

        foreach (string remark in remarks) writer.WriteLine($"/// <para>{EscapeXml(remark)}</para>");
        writer.WriteLine("/// </remarks>");
    }

    private static void WriteCode(SourceWriter writer, IEnumerable<string> lines)
    {
        writer.WriteLine("/// <code>");
        foreach (string line in lines) writer.WriteLine(("/// " + EscapeXml(line)).TrimEnd());
        writer.WriteLine("/// </code>");
    }

    private static string DescribeOnDevice(GradientParameter parameter, LossSpec spec) => parameter.Kind switch
    {
        GradientParameterKind.Queue => "The queue to run in.",
        GradientParameterKind.Upstream when spec.ReturnsVoid => "The derivative of whatever follows the loss, one for each result; without it all are 1.",
        GradientParameterKind.Upstream => "The derivative of whatever follows the loss, one number; without it that is 1.",
        _ => Describe(parameter, spec),
    };

    private static string Describe(GradientParameter parameter, LossSpec spec) => parameter.Kind switch
    {
        GradientParameterKind.Gradient => $"Receives the gradient by <paramref name=\"{parameter.Of!.Name}\"/>.",
        GradientParameterKind.Curvature => $"Receives the second derivative by each element of <paramref name=\"{parameter.Of!.Name}\"/>.",
        GradientParameterKind.Upstream when spec.ReturnsVoid => "The derivative of whatever follows the loss, one for each result; empty means all ones.",
        GradientParameterKind.Upstream => "The derivative of whatever follows the loss.",
        _ => Describe(parameter.Of!),
    };

    private static string Describe(ParameterSpec parameter)
    {
        string axes = parameter.Axes is null ? "" : $" with the axes <c>{EscapeXml(parameter.Axes)}</c>";
        return parameter.Role switch
        {
            ParameterRole.Tensor or ParameterRole.StridedTensor => $"The tensor <c>{parameter.Name}</c>{axes}.",
            ParameterRole.Result => $"Receives the loss of each position{axes}.",
            ParameterRole.Part => $"Receives the value of <c>{parameter.Name}</c>.",
            _ => $"The scalar <c>{parameter.Name}</c>.",
        };
    }
}
