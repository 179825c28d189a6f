using System.Runtime.CompilerServices;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Emission.Members;
using LossGen.Compiler.Model;
using Microsoft.CodeAnalysis;

namespace LossGen.Generator.Reading;

/// <summary>Checks that the generated members' and parameters' names are free.</summary>
internal static class GeneratedNameChecks
{
    // A type with hundreds of losses is walked once for a compilation, not once for each of them.
    private static readonly ConditionalWeakTable<INamedTypeSymbol, ILookup<string, IMethodSymbol>> Programs = new();

    /// <summary>The program's name, or an empty text when it is taken, so that a stub adds no second property.</summary>
    public static string Check(IMethodSymbol method, AttributeData loss, LossSignature signature, string hintName, bool hasCurvature, ProblemList problems)
    {
        string program = GeneratedNames.ProgramName(method, loss);
        CheckParameters(method, signature, hasCurvature, problems);
        CheckMethod(method, method.Name + "Gradient", hintName, problems);
        if (hasCurvature) CheckMethod(method, method.Name + "Curvature", hintName, problems);
        if (EarlierOverloadHas(program, method))
        {
            string real = signature.RealType == ElementType.Double ? "Double" : "Single";
            problems.ReportMethod(DiagnosticTable.DuplicateProgramName, method.Name, program, method.Name + real + "Program");
            return "";
        }

        if (!IsTaken(program, method, hintName)) return program;
        problems.ReportMethod(DiagnosticTable.GeneratedNameTaken, method.Name, program, method.ContainingType.Name);
        return "";
    }

    private static void CheckParameters(IMethodSymbol method, LossSignature signature, bool hasCurvature, ProblemList problems)
    {
        HashSet<string> added = new(StringComparer.Ordinal) { GradientParameters.Upstream };
        foreach (ParameterSpec parameter in signature.Differentiated())
        {
            added.Add(GradientParameters.GradientName(parameter.Name));
            if (hasCurvature) added.Add(GradientParameters.CurvatureName(parameter.Name));
        }

        foreach (ParameterSpec parameter in signature.Parameters)
        {
            if (added.Contains(parameter.Name))
            {
                problems.ReportParameter(
                    DiagnosticTable.GeneratedNameTaken, parameter.Name, method.Name, parameter.Name, method.Name + "Gradient");
            }
        }
    }

    // Methods of that name may be overloads: other losses', or the user's own.
    public static void CheckMethod(IMethodSymbol method, string name, string hintName, ProblemList problems)
    {
        if (HasOtherMember(method, name, hintName))
            problems.ReportMethod(DiagnosticTable.GeneratedNameTaken, method.Name, name, method.ContainingType.Name);
    }

    /// <summary>The losses among some members of a type that are declared before one of them.</summary>
    public static IEnumerable<IMethodSymbol> EarlierLosses(IEnumerable<ISymbol> members, IMethodSymbol method) => members.OfType<IMethodSymbol>()
        .TakeWhile(other => !SymbolEqualityComparer.Default.Equals(other, method)).Where(other => other.LossAttribute() is not null);

    private static bool EarlierOverloadHas(string program, IMethodSymbol method) =>
        EarlierLosses(Programs.GetValue(method.ContainingType, MethodsByProgram)[program], method).Any();

    private static ILookup<string, IMethodSymbol> MethodsByProgram(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IMethodSymbol>().ToLookup(PossibleProgram, StringComparer.Ordinal);

    // Attributes are bound only where their characters do not already say that the program has its usual name.
    private static string PossibleProgram(IMethodSymbol method) =>
        LossAttributeSyntax.MayNameProgram(method) && method.LossAttribute() is { } loss
            ? GeneratedNames.ProgramName(method, loss)
            : GeneratedNames.UsualProgramName(method);

    /// <summary>Whether the method with second derivatives can be added: beside a user's member of its name a stub would only say so twice.</summary>
    public static bool CanAddCurvature(IMethodSymbol method, string hintName) => !HasOtherMember(method, method.Name + "Curvature", hintName);

    private static bool HasOtherMember(IMethodSymbol method, string name, string hintName) =>
        method.ContainingType.GetMembers(name).Any(member => member is not IMethodSymbol && IsUsers(member, hintName));

    private static bool IsTaken(string name, IMethodSymbol method, string hintName) =>
        name == method.ContainingType.Name || method.ContainingType.GetMembers(name).Any(member => IsUsers(member, hintName));

    public static bool IsUsers(ISymbol member, string hintName) =>
        member.DeclaringSyntaxReferences.All(reference => !MethodShape.IsGenerated(reference.SyntaxTree, hintName));
}
