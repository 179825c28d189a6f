using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;
using Xunit;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>Sums of products of rows and columns: along which axis lanes run, and what is turned for it.</summary>
public class ContractionTests
{
    private const string Rows = "x float[n,d]; y float[n,d]; w float[d,e]; b float[m]; label int[n]";

    [Theory]
    [InlineData("axis k = size(n); mean(sum[d](x * y[n: k])^2)", "n", "k", true)]
    [InlineData("axis k = size(n); mean(sum[d]((x - x[n: k])^2)^2)", "n", "k", true)]
    [InlineData("mean(sum[d](x * w)^2)", "n", "e", false)] // contiguous as it is
    [InlineData("axis k = size(d); mean(sum[n](x * y[d: k])^2)", "d", "k", false)]
    public void Lanes_run_along_columns(string formula, string rows, string lanes, bool isTurned)
    {
        ScheduledLoss loss = ScheduledLoss.Of(Rows, formula, withGradient: false);
        Contraction contraction = Assert.Single(Contractions(loss, loss.Lowered));
        Assert.Equal((rows, lanes, isTurned), (contraction.Rows.Name.TrimEnd('\''), contraction.Lanes.Name.TrimEnd('\''), contraction.IsTurned));
        Assert.Equal(isTurned, loss.Schedule().Statements.Any(s => s.Value.Is(Ops.Operand)));
    }

    [Theory]
    [InlineData("mean(sum[d](x * y)^2)")] // one row, one column
    [InlineData("axis k = size(n); mean(sum[d](exp(x * y[n: k])))")] // loads matter little beside an exponential
    [InlineData("axis k = size(n); mean(sum[d](x * cumsum[n](y)[n: k])^2)")] // a recurrence
    public void Others_stay_as_they_are(string formula)
    {
        ScheduledLoss loss = ScheduledLoss.Of(Rows, formula, withGradient: false);
        Assert.DoesNotContain(loss.Schedule().Statements, s => s.Value.Is(Ops.Operand));
    }

    [Fact]
    public void Similarities_are_sums_of_columns_that_are_turned_once() => Assert.Equal(
        "k{ d{kept1[k, d]} }; n{ d{ k{sum1[k]} }; k{peak1}; k{sum2}; sum3 }; loss",
        ScheduledLoss.Of(Rows, "axis k = size(n); mean(logsumexp[k](sum[d](x * y[n: k])))", withGradient: false).Compact());

    [Fact]
    public void Contractions_with_other_lanes_have_nests_of_their_own()
    {
        LoopTree tree = ScheduledLoss.Of(Rows, "axis f = size(d); sum[d, f](mean[n](x * y[d: f])^2)").Schedule();
        foreach (Loop root in tree.Items.OfType<Loop>())
        {
            foreach (Statement sum in root.Statements.Where(s => s.Kind == StatementKind.Reduce && s.Free.IsSubsetOf(s.Domain) && s.Path.Length == 3 && s.StorageAxes.Length > 0))
                Assert.Same(tree.VectorAxes[root], sum.Path[2].Axis);
        }
    }

    private static IEnumerable<Contraction> Contractions(ScheduledLoss loss, IEnumerable<KernelOutput> outputs) => Reachability.Of(outputs.Select(o => o.Value))
        .Select(n => Contraction.Of(n, LoopOrder.Of(loss.Graph.Axes))).OfType<Contraction>();
}
