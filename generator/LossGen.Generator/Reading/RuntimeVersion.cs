using LossGen.Compiler.Binding;
using LossGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;

namespace LossGen.Generator.Reading;

/// <summary>Generated code calls the runtime: one of another version would fail at run time with a missing method.</summary>
internal static class RuntimeVersion
{
    private const string Assembly = "LossGen";

    private static readonly Version Expected = typeof(RuntimeVersion).Assembly.GetName().Version;

    public static void Check(AttributeData loss, ProblemList problems)
    {
        AssemblyIdentity? runtime = loss.AttributeClass?.ContainingAssembly?.Identity;
        if (runtime is null || runtime.Name != Assembly || runtime.Version == Expected) return;
        problems.ReportMethod(DiagnosticTable.RuntimeMismatch, runtime.Version.ToString(), Expected.ToString());
    }
}
