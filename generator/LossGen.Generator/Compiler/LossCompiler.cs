using System.Collections.Immutable;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Emission;
using LossGen.Compiler.Emission.Members;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler;

/// <summary>Compiles one declared loss. Never throws but for cancellation: a failure of its own is a message.</summary>
internal static class LossCompiler
{
    /// <summary>The files of a loss with its messages.</summary>
    public static CompiledLoss Compile(LossSpec spec, CancellationToken cancellationToken)
    {
        ImmutableArray<LossProblem> problems = spec.Problems.Items;
        try
        {
            FrontEndResult front = FrontEnd.Run(spec, cancellationToken);
            problems = front.Problems;
            if (front.Loss is not null)
                return new(spec.HintName, LossEmitter.Emit(spec, front.Loss, front.Sizes!, cancellationToken), GpuMemberWriter.Write(spec), problems);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            problems = problems.Add(Explain(spec, failure));
        }

        ImmutableArray<LossProblem> errors = problems.Where(p => p.Row.Level == DiagnosticLevel.Error).ToImmutableArray();
        return new(spec.HintName, MemberWriter.WriteStubs(spec, errors), GpuMemberWriter.WriteStubs(spec, errors), problems);
    }

    /// <summary>The messages alone, without scheduling and emission.</summary>
    public static ImmutableArray<LossProblem> Check(LossSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            return FrontEnd.Run(spec, cancellationToken).Problems;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return spec.Problems.Items.Add(Explain(spec, failure));
        }
    }

    private static LossProblem Explain(LossSpec spec, Exception failure) => failure switch
    {
        FormulaTooLargeException or InsufficientExecutionStackException =>
            new(DiagnosticTable.ExpandedTooLarge, ProblemTarget.Method, default, null, ImmutableArray.Create(spec.Signature.Name, failure is FormulaTooLargeException ? failure.Message : "operations nested too deeply")),
        TooManyTensorsException tooMany =>
            new(DiagnosticTable.TooManyTensors, ProblemTarget.Method, default, null, ImmutableArray.Create(spec.Signature.Name, tooMany.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), "32")),
        _ => new(DiagnosticTable.InternalFailure, ProblemTarget.Method, default, null, ImmutableArray.Create(spec.Signature.Name, $"{failure.GetType().Name}: {failure.Message.Replace('\n', ' ')}")),
    };
}
