using System.Collections.Immutable;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.Members;

/// <summary>
/// Writes the file with those members of a loss that run it on a device. They hand the arguments over by name; what is checked, compiled
/// and launched is decided at run time, from the kernels in the loss's program.
/// </summary>
internal static class GpuMemberWriter
{
    /// <summary>The file; empty where there are no such members.</summary>
    public static string Write(LossSpec spec) => Write(spec, null);

    /// <summary>The file with members that throw.</summary>
    public static string WriteStubs(LossSpec spec, EquatableArray<LossProblem> problems) => spec.CanBeImplemented ? Write(spec, MemberWriter.Failure(spec, problems)) : "";

    private static string Write(LossSpec spec, string? failure)
    {
        if (spec.GpuMembers == GpuMembers.None) return "";
        SourceWriter writer = new();
        MemberWriter.WriteFrame(writer, spec, members =>
        {
            bool isFirst = true;
            foreach (GpuMembers member in GpuParameters.All.Where(m => spec.GpuMembers.HasFlag(m)))
            {
                if (!isFirst) members.WriteLine();
                isFirst = false;
                WriteMember(members, spec, member, failure);
            }
        });
        return writer.ToString();
    }

    private static void WriteMember(SourceWriter writer, LossSpec spec, GpuMembers member, string? failure)
    {
        ImmutableArray<GradientParameter> parameters = GpuParameters.Of(spec.Signature, spec.ReturnsVoid, member);
        MemberDocumentation.WriteGpu(writer, spec, member, parameters);
        writer.WriteLine(MemberWriter.GeneratedCode);
        using (writer.WriteBlock(MemberHeaders.Gpu(spec, member, parameters)))
        {
            if (failure is not null) writer.WriteLine(failure + ";");
            else WriteBody(writer, spec, member, parameters);
        }
    }

    private static void WriteBody(SourceWriter writer, LossSpec spec, GpuMembers member, ImmutableArray<GradientParameter> parameters)
    {
        string queue = CSharpIdentifier.Escape(parameters[0].Name), arguments = Free("arguments", parameters), results = Free("results", parameters);
        writer.WriteLine($"global::System.ArgumentNullException.ThrowIfNull({queue});");
        writer.WriteLine($"{GpuParameters.Namespace}.GpuArguments {arguments} = new();");
        foreach (GradientParameter parameter in parameters.Skip(1).Where(p => !GpuParameters.IsOut(p)))
        {
            string condition = parameter.Kind == GradientParameterKind.Upstream ? $"if ({Escape(parameter)} is not null) " : "";
            writer.WriteLine($"{condition}{arguments}[{CSharpLiteral.Quote(GpuParameters.PlanName(parameter))}] = {Escape(parameter)};");
        }

        string call = $"{queue}.Device.Load({CSharpIdentifier.Escape(spec.ProgramName)}).{(GpuParameters.IsPrepared(member) ? "Prepare" : "")}{(GpuParameters.HasCurvature(member) ? "Curvature" : GpuParameters.HasGradient(member) ? "Gradient" : "Value")}({queue}, {arguments})";
        if (GpuParameters.IsPrepared(member))
        {
            writer.WriteLine($"return {call};");
            return;
        }

        writer.WriteLine($"{GpuParameters.Namespace}.GpuResults {results} = {call};");
        foreach (GradientParameter parameter in parameters.Where(GpuParameters.IsOut))
            writer.WriteLine($"{Escape(parameter)} = ({CSharpTypes.Name(parameter.Of!.Element)}){results}[{CSharpLiteral.Quote(GpuParameters.PlanName(parameter))}];");
        if (!spec.ReturnsVoid) writer.WriteLine($"return ({MemberHeaders.ReturnType(spec)}){results}[\"loss\"];");
    }

    private static string Free(string name, IEnumerable<GradientParameter> parameters) => GradientParameters.Free(name, parameters.Select(p => p.Name));

    private static string Escape(GradientParameter parameter) => CSharpIdentifier.Escape(parameter.Name);
}
