using LossGen.Compiler.Binding;
using LossGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;

namespace LossGen.Generator.Reading;

/// <summary>Generated code calls the runtime: one of another version would fail at run time with a missing method.</summary>
internal static class RuntimeVersion
{
    private static readonly Version Expected = typeof(RuntimeVersion).Assembly.GetName().Version;

    public static void Check(AttributeData loss, Compilation compilation, ProblemList problems)
    {
        Check(loss.AttributeClass?.ContainingAssembly, "LossGen", problems);
        Check(GpuMemberChecks.Package(compilation), GpuMemberChecks.PackageName, problems);
    }

    private static void Check(IAssemblySymbol? assembly, string name, ProblemList problems)
    {
        if (assembly?.Identity is not { } runtime || runtime.Name != name || runtime.Version == Expected) return;
        problems.ReportMethod(DiagnosticTable.RuntimeMismatch, name, runtime.Version.ToString(), Expected.ToString());
    }
}
