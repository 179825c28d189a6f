using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Emission.Members;
using LossGen.Compiler.Model;

namespace LossGen.Compiler;

/// <summary>Compiles one declared loss.</summary>
internal static class LossCompiler
{
    /// <summary>The file of a loss with its messages.</summary>
    public static CompiledLoss Compile(LossSpec spec, CancellationToken cancellationToken)
    {
        ImmutableArray<LossProblem> problems = Check(spec, cancellationToken);
        return new(spec.HintName, MemberWriter.WriteStubs(spec, problems), problems);
    }

    /// <summary>The messages alone, without scheduling and emission.</summary>
    public static ImmutableArray<LossProblem> Check(LossSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (spec.HasErrors) return spec.Problems.Items;
        EquatableArray<string> arguments = ImmutableArray.Create(spec.Signature.Name, "no stage after reading exists yet");
        return spec.Problems.Items.Add(new(DiagnosticTable.InternalFailure, ProblemTarget.Method, default, null, arguments));
    }
}
