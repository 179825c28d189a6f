using System.Collections.Immutable;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.Members;

/// <summary>The first lines of the generated members: modifiers, types, names, parameters.</summary>
internal static class MemberHeaders
{
    public static string ReturnType(LossSpec spec) =>
        spec.OtherReturnType ?? (spec.ReturnsVoid ? "void" : CSharpTypes.Name(spec.Signature.RealType));

    public static string GradientName(LossSpec spec) => spec.MethodName + "Gradient";

    public static string CurvatureName(LossSpec spec) => spec.MethodName + "Curvature";

    /// <summary>The implementing part: attributes and default values must not be repeated, <c>scoped</c> must.</summary>
    public static string Value(LossSpec spec)
    {
        IEnumerable<string> parameters =
            spec.Signature.Parameters.Select(p => $"{This(spec, p)}{CSharpTypes.Declaration(p)} {CSharpIdentifier.Escape(p.Name)}");
        string modifiers = spec.Modifiers.Length == 0 ? "partial" : spec.Modifiers + " partial";
        string constraints = spec.Constraints.Length == 0 ? "" : " " + spec.Constraints;
        string name = CSharpIdentifier.Escape(spec.MethodName) + spec.TypeParameters;
        return $"{modifiers} {ReturnType(spec)} {name}({string.Join(", ", parameters)}){constraints}";
    }

    public static string Gradient(LossSpec spec) => Derivatives(spec, GradientName(spec), GradientParameters.Of(spec));

    public static string Curvature(LossSpec spec) => Derivatives(spec, CurvatureName(spec), GradientParameters.Of(spec, withCurvature: true));

    /// <summary>A method that runs it on a device. An ordinary one: buffers have no extension methods from here.</summary>
    public static string Gpu(LossSpec spec, GpuMembers member, ImmutableArray<GradientParameter> parameters)
    {
        IEnumerable<string> all = parameters.Select(p => $"{p.Declaration} {CSharpIdentifier.Escape(p.Name)}{(p.DefaultText is null ? "" : " = " + p.DefaultText)}");
        string name = GpuParameters.Name(spec.MethodName, member), type = GpuParameters.IsPrepared(member) ? GpuParameters.Namespace + ".GpuCall" : ReturnType(spec);
        return $"{AccessAndStatic(spec, alwaysStatic: false)}{type} {CSharpIdentifier.Escape(name)}({string.Join(", ", all)})";
    }

    private static string Derivatives(LossSpec spec, string method, ImmutableArray<GradientParameter> all)
    {
        // The first parameter of the extension method may have moved; then this is an ordinary method.
        IEnumerable<string> parameters = all.Select((p, i) =>
            $"{(i == 0 ? This(spec, p.Of) : "")}{p.Declaration} {CSharpIdentifier.Escape(p.Name)}{(p.DefaultText is null ? "" : " = " + p.DefaultText)}");
        string constraints = spec.Constraints.Length == 0 ? "" : " " + spec.Constraints;
        string name = method + spec.TypeParameters;
        return $"{AccessAndStatic(spec, alwaysStatic: false)}{ReturnType(spec)} {name}({string.Join(", ", parameters)}){constraints}";
    }

    /// <summary>The program belongs to the declaration, not to an instance: always static.</summary>
    public static string Program(LossSpec spec) =>
        $"{AccessAndStatic(spec, alwaysStatic: true)}global::LossGen.LossProgram {CSharpIdentifier.Escape(spec.ProgramName)}";

    private static string This(LossSpec spec, ParameterSpec? parameter) =>
        spec.IsExtensionMethod && parameter == spec.Signature.Parameters[0] ? "this " : "";

    // Only what says who may call it: virtual, override, new and the like belong to the user's own method.
    private static string AccessAndStatic(LossSpec spec, bool alwaysStatic)
    {
        string kept = "";
        bool isStatic = alwaysStatic;
        foreach (string modifier in spec.Modifiers.Split(' '))
        {
            if (modifier is "public" or "protected" or "internal" or "private") kept += modifier + " ";
            isStatic |= modifier == "static";
        }

        return isStatic ? kept + "static " : kept;
    }
}
