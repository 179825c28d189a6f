using LossGen.Compiler.Binding;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Emission.Members;
using LossGen.Compiler.Model;
using Microsoft.CodeAnalysis;

namespace LossGen.Generator.Reading;

/// <summary>Which members for devices a loss gets: none without the package, and none that the type has already.</summary>
internal static class GpuMemberChecks
{
    public const string PackageName = "LossGen.Gpu";

    /// <summary>The package's assembly; null where the project does not reference it.</summary>
    public static IAssemblySymbol? Package(Compilation compilation) =>
        compilation.GetTypeByMetadataName("LossGen.Gpu.GpuQueue")?.ContainingAssembly is { } assembly && assembly.Name == PackageName ? assembly : null;

    public static GpuMembers Check(IMethodSymbol method, LossSignature signature, bool hasCurvature, string hintName, Compilation compilation, ProblemList problems)
    {
        if (method.IsGenericMethod || signature.Parameters.Any(p => p.OtherDeclaration is not null) || Package(compilation) is null) return GpuMembers.None;
        GpuMembers members = GpuMembers.None;
        foreach (GpuMembers member in GpuParameters.All.Where(m => hasCurvature || !GpuParameters.HasCurvature(m)))
        {
            string name = GpuParameters.Name(method.Name, member);
            if (GpuParameters.IsPrepared(member)) GeneratedNameChecks.CheckMethod(method, name, hintName, problems);
            string[] types = Types(signature, method.ReturnsVoid, member);

            if (EarlierOverloadHas(method, member, types)) problems.ReportMethod(DiagnosticTable.SameGpuParameters, method.Name, name);
            else if (!UsersMethodHas(method, name, types, hintName)) members |= member;
        }

        return members;
    }

    private static bool EarlierOverloadHas(IMethodSymbol method, GpuMembers member, string[] types) =>
        GeneratedNameChecks.EarlierLosses(method.ContainingType.GetMembers(method.Name), method).Any(other =>
        {
            LossSignature signature = SignatureReader.Read(other, "", new ProblemList());
            if (GpuParameters.HasCurvature(member) && !other.LossAttribute()!.HasCurvature()) return false;
            return signature.Parameters.All(p => p.OtherDeclaration is null) && Types(signature, other.ReturnsVoid, member).SequenceEqual(types);
        });

    // A method of the user's own takes the place of the generated one.
    private static bool UsersMethodHas(IMethodSymbol method, string name, string[] types, string hintName) =>
        method.ContainingType.GetMembers(name).OfType<IMethodSymbol>()
            .Any(other => other.Parameters.Select(Type).SequenceEqual(types) && GeneratedNameChecks.IsUsers(other, hintName));

    private static string[] Types(LossSignature signature, bool returnsVoid, GpuMembers member) =>
        GpuParameters.Of(signature, returnsVoid, member).Select(p => p.Declaration.TrimEnd('?')).ToArray();

    private static string Type(IParameterSymbol parameter) =>
        (parameter.RefKind == RefKind.None ? "" : parameter.RefKind == RefKind.Out ? "out " : "ref ") + parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
