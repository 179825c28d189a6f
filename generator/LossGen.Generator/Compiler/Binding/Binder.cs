using System.Collections.Immutable;
using System.Globalization;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <summary>
/// Needs: a declared loss. Gives: its formula as a graph, exactly as written, with names, axes, indices and calls resolved; or messages.
/// </summary>
internal static class Binder
{
    public static BindingResult Bind(LossSpec spec, CancellationToken cancellation)
    {
        var context = new BindingContext(spec, cancellation);
        var problems = new ProblemList();
        BoundLoss? loss = null;
        try
        {
            loss = Bind(context, problems);
        }
        catch (FormulaTooLargeException tooLarge)
        {
            problems.Report(DiagnosticTable.ExpandedTooLarge, context.Current.Span, context.Current.Name, tooLarge.Message);
        }
        catch (InsufficientExecutionStackException)
        {
            problems.Report(DiagnosticTable.NestingTooDeep, context.Current.Span, Number(FormulaParser.DepthLimit));
        }

        return new BindingResult(problems.HasErrors ? null : loss, problems.All.ToImmutableArray());
    }

    private static BoundLoss? Bind(BindingContext context, ProblemList problems)
    {
        LossSignature signature = context.Spec.Signature;
        ParsedFormula parsed = context.Parse(signature.Formula);
        foreach (FormulaDiagnostic diagnostic in parsed.Diagnostics)
        {
            problems.Report(diagnostic.Row, diagnostic.Span, diagnostic.Arguments.ToArray());
        }

        DeclaredAxes axes = DeclaredAxes.Of(signature.Parameters, problems);
        var parameters = new ParameterBinder(context, axes, problems);
        // Without its axes a formula would be full of errors that are none.
        if (!parameters.Bind()) return null;

        var formula = new FormulaBinder(context, signature, parameters.Names, problems, caller: null);
        Node? value = formula.BindFormula(parsed.Formula);
        ImmutableArray<BoundPart> parts = BindParts(signature, formula, problems);
        Node? result = value is null ? null : BindResult(context, formula, parsed.Formula.Result, value, parameters.ResultSpan, problems);
        if (problems.HasErrors || result is null) return null;

        ImmutableArray<DifferentiatedParameter> differentiated = GradientCheck.Check(signature, parameters, result, problems);
        formula.ReportUnused();
        parameters.ReportUnused(differentiated);
        return new BoundLoss(
            context.Graph, parameters.Tensors, parameters.Scalars, result, parts, differentiated, formula.ValueNames.ToImmutable(), parameters.ResultSpan)
        {
            Places = formula.Places.ToImmutable(),
        };
    }

    private static ImmutableArray<BoundPart> BindParts(LossSignature signature, FormulaBinder formula, ProblemList problems)
    {
        ImmutableArray<BoundPart>.Builder parts = ImmutableArray.CreateBuilder<BoundPart>();
        foreach (ParameterSpec parameter in signature.Parameters.Where(p => p.Role == ParameterRole.Part))
        {
            if (!formula.Bindings.TryGetValue(parameter.Name, out BindingSyntax? binding))
            {
                if (!formula.HasUnreadStatements && !formula.IsRefused(parameter.Name)) problems.ReportParameter(DiagnosticTable.OutPartNotBound, parameter.Name, parameter.Name);
                continue;
            }

            formula.MarkUsed(parameter.Name);
            if (formula.ValueOf(parameter.Name) is not { } value) continue;
            if (!value.Axes.IsEmpty)
            {
                problems.Report(DiagnosticTable.OutPartHasAxes, binding.NameSpan, parameter.Name, formula.DescribeAxes(value));
                continue;
            }

            parts.Add(new BoundPart(parameter.Name, formula.ToReal(value)));
        }

        return parts.ToImmutable();
    }

    private static Node? BindResult(
        BindingContext context, FormulaBinder formula, ExpressionSyntax syntax, Node value, TensorParameter? span, ProblemList problems)
    {
        if (span is not null)
        {
            if (value.Axes == AxisSet.Of(span.Axes)) return Covering(context, formula.ToReal(value), syntax, span, problems);
            problems.Report(
                DiagnosticTable.ResultAxesMismatch, syntax.Span, formula.DescribeAxes(value), span.Name, Wording.Axes(span.Axes.Select(a => a.Name).ToList()));
            return null;
        }

        if (value.Axes.IsEmpty) return formula.ToReal(value);
        string text = formula.TextOf(syntax.Span);
        problems.Report(DiagnosticTable.ResultHasAxes, syntax.Span, formula.DescribeAxes(value), context.Spec.MethodName, text.EndsWith("…", StringComparison.Ordinal) ? "…" : text);
        return null;
    }

    /// <summary>The result, if it is defined at every position of its span.</summary>
    private static Node? Covering(BindingContext context, Node result, ExpressionSyntax syntax, TensorParameter span, ProblemList problems)
    {
        foreach (ReadCondition condition in context.Terms.DomainOf(result))
        {
            Axis axis = context.Graph.AxesOf(condition.Form.Axes)[0];
            string where = NodePrinter.Strip(NodePrinter.Print(condition.ToTruth(context.Graph)));
            problems.Report(DiagnosticTable.ResultNotCovered, syntax.Span, axis.Name, $"where {where}", span.Name);
            return null;
        }

        return result;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
