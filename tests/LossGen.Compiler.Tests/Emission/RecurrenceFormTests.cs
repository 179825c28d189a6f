using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Emission.CSharp;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Scheduling;
using LossGen.Compiler.Tests.Scheduling;
using Xunit;

namespace LossGen.Compiler.Tests.Emission;

/// <summary>How the steps of a recurrence meet the rows of its states, and along which axes lanes run in it. That results stay what they are is the corpus' to say.</summary>
public class RecurrenceFormTests
{
    private const string Rows = "x float[n, t, c]; labels int[n, l]; c int; t int";

    private const string Path = "p = log_softmax[c](x)[c: labels]; mean[n](scan[t](p, a => p + logaddexp(a, l > 0 ? a[l: l - 1] : -inf))[t: 3, l: 2])";

    [Fact]
    public void Neighbours_are_read_as_vectors_at_the_edges_too()
    {
        VectorLoop[] loops = [.. Everything(Path).OfType<VectorLoop>().Where(l => l.Axis.Name == "l")];
        Read[] shifted = [.. loops.SelectMany(l => Reads(l.Tail)).Where(r => r.Place.Buffer.IsPadded)];
        Assert.Contains(shifted, r => r.Place.Access == Access.Masked && r.Place.Tests.Length == 1);
        Assert.All(shifted, r => Assert.True(r.Place.Access is Access.Masked or Access.Contiguous && r.Place.TailCount is null));
        Assert.All(loops.SelectMany(l => Reads(l.Body)).Where(r => r.Place.Buffer.IsPadded), r => Assert.Equal(Access.Contiguous, r.Place.Access));
    }

    [Fact]
    public void States_far_away_are_gathered()
    {
        Read[] reads = [.. Everything(Path.Replace("l > 0 ? a[l: l - 1]", "l > 8 ? a[l: l - 9]")).OfType<VectorLoop>().Where(l => l.Axis.Name == "l").SelectMany(l => Reads(l.Tail))];
        Assert.Contains(reads, r => r.Place.Buffer.IsPadded && r.Place.Access == Access.Gather);
        Assert.DoesNotContain(reads, r => r.Place.Access == Access.Masked);
    }

    [Fact]
    public void Many_rows_have_names()
    {
        VectorLoop step = Everything(Path).OfType<VectorLoop>().First(l => l.Axis.Name == "l" && Reads(l.Tail).Any(r => r.Place.Access == Access.Masked));
        Assert.All(Reads(step.Body).Where(r => r.Place.Access == Access.Contiguous), r => Assert.IsType<IntegerForm>(r.Place.Offset));
    }

    [Fact]
    public void Classes_and_states_each_have_lanes_along_their_own_axis()
    {
        LoopTree tree = Loss(Path).Schedule();
        string[] lanes = [.. tree.Statements.Where(s => s.Path.Length == 3).Select(s => $"{s.Path[2].Axis.Name} {VectorAxisChoice.For(s.Path, tree.VectorAxes)?.Name}").Distinct().Order()];
        Assert.Equal(["c c", "l l"], lanes);
    }

    [Fact]
    public void What_steps_read_of_indices_is_kept_before_them()
    {
        LoopTree tree = Loss(Path.Replace("[c: labels]", "[c: labels[l: div(l, 2)]]")).Schedule();
        Statement kept = Assert.Single(tree.Statements, s => s.Kind == StatementKind.Materialize && s.Value.Type == Ir.ValueType.Integer);
        Assert.Equal("n l", string.Join(" ", kept.Path.Select(l => l.Axis.Name)));
        Assert.All(kept.Consumers, c => Assert.Contains(c.Path, l => l.Axis.Name == "t"));
    }

    [Theory]
    [InlineData("max", "((V.MaxNative(a, b) & V.MaxNative(b, a)) | X86.Avx.CompareUnordered(a, b))")]
    [InlineData("min", "(V.MinNative(a, b) | V.MinNative(b, a))")]
    public void Extremes_of_two_lanes_are_taken_in_both_orders(string name, string text)
    {
        LocalValue Lanes(string local) => new(new KernelLocal(local, Ir.ValueType.Real, true, Precision.Working));
        string printed = new ExpressionPrinter(isDouble: false, 256).Print(new Operation(name == "max" ? Ops.Max : Ops.Min, [Lanes("a"), Lanes("b")], Lanes: true));
        Assert.Equal(text, printed.Replace("global::System.Runtime.Intrinsics.", "").Replace("Vector256", "V"));
    }

    private static ScheduledLoss Loss(string formula) => ScheduledLoss.Of(Rows, formula, withGradient: false);

    private static IEnumerable<Read> Reads(ImmutableArray<KernelStatement> block) =>
        block.SelectMany(s => s.Everything()).SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything).OfType<Read>().Where(r => r.IsLanes);

    private static KernelStatement[] Everything(string formula)
    {
        ScheduledLoss loss = Loss(formula);
        TensorParameter[] tensors = [.. Reachability.WithRecurrences(loss.Graph, loss.Outputs.Select(o => o.Value)).Where(n => n.Is(Ops.Load)).Select(n => n.Tensor).Distinct()];
        var layout = new KernelLayout(tensors, [], loss.Outputs, loss.Graph.Axes, ElementType.Single);
        KernelProgram program = KernelBuilder.Build("Test", loss.Graph, loss.Schedule(), layout, loss.Names, new IntegerRanges(), isDouble: false);
        return [.. program.Steps.OfType<NestStep>().SelectMany(n => n.Body).SelectMany(KernelExpressionTree.Everything)];
    }
}
