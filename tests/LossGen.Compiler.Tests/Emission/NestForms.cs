using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Tests.Scheduling;

namespace LossGen.Compiler.Tests.Emission;

/// <summary>The nests that a formula becomes, for a look at their form.</summary>
internal static class NestForms
{
    public const string Rows = "a float[n, d]; b float[m, d]; c float[n, d]; g float[n, m]; w float[d]; d int";

    public static NestStep[] Nests(string formula, string parameters = Rows, bool withGradient = false, bool isTurned = true)
    {
        ScheduledLoss loss = ScheduledLoss.Of(parameters, formula, withGradient);
        if (!isTurned) loss = loss with { Outputs = loss.Lowered };
        Node[] nodes = loss.Nodes();
        TensorParameter[] tensors = [.. nodes.Where(n => n.Is(Ops.Load)).Select(n => n.Tensor).Distinct()];
        ScalarParameter[] scalars = [.. nodes.Select(n => n.Payload).OfType<ScalarParameter>().Distinct()];
        var layout = new KernelLayout(tensors, scalars, loss.Outputs, loss.Graph.Axes, ElementType.Single);
        KernelProgram program = KernelBuilder.Build("Test", loss.Graph, loss.Schedule(), layout, loss.Names, new IntegerRanges(), isDouble: false);
        return [.. program.Steps.OfType<NestStep>()];
    }

    public static IEnumerable<KernelStatement> Inside(ImmutableArray<KernelStatement> statements) =>
        statements.SelectMany(s => s.Blocks().SelectMany(Inside).Prepend(s));
}
