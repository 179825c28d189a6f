using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Differentiation;
using LossGen.Compiler.Model;
using LossGen.Compiler.Rewriting;

namespace LossGen.Compiler;

/// <summary>What the front half finds: a loss that can be compiled, or messages that say why not.</summary>
/// <param name="Loss">The bound loss with its axes collapsed; null when there are errors.</param>
/// <param name="Sizes">How sizes are solved; null when there are errors.</param>
/// <param name="Problems">Errors, warnings and hints.</param>
internal sealed record FrontEndResult(BoundLoss? Loss, SizePlan? Sizes, ImmutableArray<LossProblem> Problems);

/// <summary>The stages that messages come from: syntax, binding, collapsing of axes, solving of sizes.</summary>
internal static class FrontEnd
{
    public static FrontEndResult Run(LossSpec spec, CancellationToken cancellationToken)
    {
        if (spec.HasErrors) return new(null, null, spec.Problems.Items);
        BindingResult binding = Binder.Bind(spec, cancellationToken);
        ImmutableArray<LossProblem> problems = spec.Problems.Items.AddRange(binding.Problems);
        if (binding.Loss is null) return new(null, null, problems);

        problems = problems.AddRange(CurvatureProblems(spec, binding.Loss));
        if (problems.Any(p => p.Row.Level == DiagnosticLevel.Error)) return new(null, null, problems);

        // Collapsing first: a size that is only needed as a product need not be solvable alone.
        BoundLoss loss = AxisCollapsing.Apply(binding.Loss);
        SizeSolution sizes = SizeSolver.Solve(loss);
        if (sizes.Unsolvable is not { } axis) return new(loss, sizes.Plan, problems);
        string name = Unsolved(axis.Name, binding.Loss);
        ParameterSpec parameter = spec.Signature.Parameters.First(p => (p.IsTensor || p.Role == ParameterRole.Result) && Mentions(p, name));
        return new(null, null, problems.Add(new(DiagnosticTable.UnsolvableSize, AxesTarget(parameter), AxesSpan(parameter, name), parameter.Name, ImmutableArray.Create(name))));
    }

    // Whether a Hessian is diagonal shows only when the loss is differentiated: what looks nonlinear may cancel, as in norm(x)^2.
    private static IEnumerable<LossProblem> CurvatureProblems(LossSpec spec, BoundLoss loss)
    {
        if (!spec.HasCurvature) yield break;
        BoundLoss rewritten = Rewriter.Rewrite(loss);
        LossGradients gradients = Differentiator.Differentiate(rewritten, spec.Signature.RealType);
        foreach (DifferentiatedParameter parameter in loss.Differentiated.Where(p => !Curvature.IsDiagonal(p, gradients)))
        {
            TextSpan span = CoupledElements.Find(loss, parameter.Tensor!);
            string text = Wording.Quote(spec.Signature.Formula.Substring(span.Start, span.Length));
            yield return new(DiagnosticTable.HessianNotDiagonal, ProblemTarget.Formula, span, null, ImmutableArray.Create(parameter.Name, text));
            yield break;
        }

        if (Curvature.NeedsRecurrence(rewritten, gradients))
        {
            yield return new(
                DiagnosticTable.NotSupportedYet, ProblemTarget.Method, default, null, ImmutableArray.Create("Second derivatives through a recurrence are", "leave out Curvature"));
        }
    }

    // A collapsed axis speaks for several of the user's; the first of them is the one to give.
    private static string Unsolved(string axis, BoundLoss loss) =>
        loss.Graph.Axes.Any(a => a.Name == axis) ? axis : loss.Graph.Axes.First(a => axis.StartsWith(a.Name + "_", StringComparison.Ordinal)).Name;

    private static bool Mentions(ParameterSpec parameter, string axis) =>
        (parameter.Axes ?? "i").Split(',').Any(part => part.Split('=')[0].Trim() == axis);

    private static ProblemTarget AxesTarget(ParameterSpec parameter) => parameter.Axes is null ? ProblemTarget.Parameter : ProblemTarget.Axes;

    private static TextSpan AxesSpan(ParameterSpec parameter, string axis)
    {
        int start = 0;
        foreach (string part in (parameter.Axes ?? "").Split(','))
        {
            if (part.Split('=')[0].Trim() == axis) return new TextSpan(start + (part.Length - part.TrimStart().Length), axis.Length);
            start += part.Length + 1;
        }

        return default;
    }
}
