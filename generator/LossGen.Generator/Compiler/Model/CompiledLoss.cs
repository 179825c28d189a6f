using LossGen.Compiler.Diagnostics;

namespace LossGen.Compiler.Model;

/// <summary>Where a message points.</summary>
internal enum ProblemTarget
{
    /// <summary>At characters of the formula.</summary>
    Formula,

    /// <summary>At the method's name.</summary>
    Method,

    /// <summary>At a parameter; <see cref="LossProblem.Parameter"/> names it.</summary>
    Parameter,

    /// <summary>At the text inside a parameter's <c>[Axes]</c>; <see cref="LossProblem.Parameter"/> names it.</summary>
    Axes,
}

/// <summary>A message about one declared loss, without a Roslyn location.</summary>
/// <param name="Row">Its row of the table of diagnostics.</param>
/// <param name="Target">Where it points.</param>
/// <param name="Span">The characters inside the formula or the <c>[Axes]</c> text.</param>
/// <param name="Parameter">The parameter's name, for parameter and axes targets.</param>
/// <param name="Arguments">The arguments of the message's format.</param>
internal sealed record LossProblem(
    DiagnosticRow Row, ProblemTarget Target, TextSpan Span, string? Parameter, EquatableArray<string> Arguments);

/// <summary>What compiling one loss gives: a file for the user's project and messages.</summary>
/// <param name="HintName">The file's name.</param>
/// <param name="Source">The file's text.</param>
/// <param name="GpuSource">The text of a second file, with the members that run the loss on a device; empty where there are none.</param>
/// <param name="Problems">Errors, and warnings for the analyzer.</param>
internal sealed record CompiledLoss(string HintName, string Source, string GpuSource, EquatableArray<LossProblem> Problems);
