using LossGen.Compiler.Diagnostics;

namespace LossGen.Compiler.Model;

/// <summary>
/// One loss that can be called: a signature and a formula, with the losses its own formula calls.
/// The same shape describes the declared loss and every callee in its transitive closure.
/// </summary>
/// <param name="Name">How messages name it: <c>SegmentationLosses.DiceBce</c>.</param>
/// <param name="Formula">The formula's value text; empty when the attribute's argument is not a usable constant.</param>
/// <param name="RealType">The method's real type, Single or Double.</param>
/// <param name="Parameters">All parameters in declaration order.</param>
/// <param name="Calls">The losses that its formula names.</param>
internal sealed record LossSignature(
    string Name,
    string Formula,
    ElementType RealType,
    EquatableArray<ParameterSpec> Parameters,
    EquatableArray<LossCall> Calls);

/// <summary>A name used in a formula and the overloads it may mean, as indices into <see cref="LossSpec.Callees"/>.</summary>
internal sealed record LossCall(string Name, EquatableArray<int> Candidates);

/// <summary>A type around the method, outermost first: <c>partial class Outer&lt;T&gt;</c> without modifiers.</summary>
/// <param name="Keyword">"class", "struct", "record", "record struct" or "interface".</param>
/// <param name="Name">The name with its type parameters.</param>
internal sealed record ContainingTypeSpec(string Keyword, string Name);

/// <summary>
/// A declared loss: everything the compiler needs, as strings and records only. Carries no Roslyn object and no location.
/// </summary>
/// <param name="Signature">Its own signature and formula.</param>
/// <param name="Callees">The transitive closure of the losses it calls, without duplicates.</param>
/// <param name="Namespace">The namespace; empty for the global one.</param>
/// <param name="ContainingTypes">The types around the method, outermost first.</param>
/// <param name="MethodName">The method's name without <c>@</c>.</param>
/// <param name="Modifiers">Modifiers to repeat, such as <c>public static</c> (without <c>partial</c>).</param>
/// <param name="ProgramName">The name of the program property; empty when another overload has taken it.</param>
/// <param name="HintName">The name of the generated file, unique ignoring case.</param>
/// <param name="HasDocumentation">Whether the user documented the method; then the implementing part carries no XML docs.</param>
/// <param name="ReturnsVoid">Whether the method returns void and writes a result span instead.</param>
/// <param name="Problems">What the reading stage found wrong with the method; when there are any errors the kernels are replaced by throwing stubs.</param>
/// <param name="OtherReturnType">A return type that the language does not know, as C# text for the stub; else null.</param>
/// <param name="TypeParameters">The type parameters of a method that must not have any, for the stub.</param>
/// <param name="Constraints">Their constraints, for the stub.</param>
/// <param name="IsExtensionMethod">Whether the first parameter is declared <c>this</c>, which the implementing part must repeat.</param>
/// <param name="HasCurvature">Whether the method with second derivatives is wanted too.</param>
/// <param name="GpuMembers">Which methods that run it on a device are wanted too.</param>
internal sealed record LossSpec(
    LossSignature Signature,
    EquatableArray<LossSignature> Callees,
    string Namespace,
    EquatableArray<ContainingTypeSpec> ContainingTypes,
    string MethodName,
    string Modifiers,
    string ProgramName,
    string HintName,
    bool HasDocumentation,
    bool ReturnsVoid,
    EquatableArray<LossProblem> Problems,
    string? OtherReturnType = null,
    string TypeParameters = "",
    string Constraints = "",
    bool IsExtensionMethod = false,
    bool HasCurvature = false,
    GpuMembers GpuMembers = GpuMembers.None)
{
    public bool HasErrors => Problems.Any(problem => problem.Row.Level == DiagnosticLevel.Error);

    /// <summary>Whether C# accepts an implementing part at all: without, even a stub would only add errors of its own.</summary>
    public bool CanBeImplemented => !Problems.Any(problem =>
        problem.Row == DiagnosticTable.MethodNotPartial
        || problem.Row == DiagnosticTable.ContainingTypeNotPartial
        || problem.Row == DiagnosticTable.FileLocalType
        || problem.Row == DiagnosticTable.MethodHasBody);
}
