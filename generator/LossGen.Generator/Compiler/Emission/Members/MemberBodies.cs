using System.Collections.Immutable;

namespace LossGen.Compiler.Emission.Members;

/// <summary>What the compiler puts into the members of one loss; the member writer puts everything else around it.</summary>
/// <param name="ValueBody">Writes the statements of the loss itself, inside its <c>unchecked</c> block.</param>
/// <param name="GradientBody">Writes the statements of the gradient method, inside its <c>unchecked</c> block.</param>
/// <param name="ProgramInitializer">The expression that makes the <c>LossProgram</c>.</param>
/// <param name="ValueRemarks">Sentences about the loss: axes, passes, cost.</param>
/// <param name="GradientText">The gradient in words, one line for each differentiated parameter.</param>
/// <param name="GradientRemarks">Sentences about the gradient method.</param>
/// <param name="Kernels">Writes the file-local classes after the type; null when there are none.</param>
/// <param name="CurvatureBody">Writes the statements of the method with second derivatives; null when there is none.</param>
/// <param name="CurvatureText">The second derivatives in words, one line for each differentiated parameter.</param>
/// <param name="CurvatureRemarks">Sentences about that method.</param>
internal sealed record MemberBodies(
    Action<SourceWriter> ValueBody,
    Action<SourceWriter> GradientBody,
    string ProgramInitializer,
    ImmutableArray<string> ValueRemarks,
    ImmutableArray<string> GradientText,
    ImmutableArray<string> GradientRemarks,
    Action<SourceWriter>? Kernels = null,
    Action<SourceWriter>? CurvatureBody = null,
    ImmutableArray<string> CurvatureText = default,
    ImmutableArray<string> CurvatureRemarks = default);
