using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;
using Xunit;

namespace LossGen.Compiler.Tests.Scheduling;

public class ScheduleSearchTests
{
    public static TheoryData<string> Losses => [.. NamedLosses.All.Keys];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Search_StaysInsideItsBudget(string name)
    {
        ScheduledLoss loss = NamedLosses.Get(name);
        Assert.InRange(ScheduleSearch.Run(loss.Graph, loss.Outputs, CancellationToken.None).Trials, 1, ScheduleSearch.MostTrials);
    }

    [Fact]
    public void Search_TriesLessOnLargeFormulas()
    {
        ScheduledLoss loss = RandomLoss.Make(seed: 5, operations: 20_000);
        Assert.InRange(ScheduleSearch.Run(loss.Graph, loss.Outputs, CancellationToken.None).Trials, 1, ScheduleSearch.MostTrials / 2);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Search_NeverEndsAboveTheSunkSchedule(string name)
    {
        ScheduledLoss loss = NamedLosses.Get(name);
        IReadOnlyList<Axis> order = LoopOrder.Of(loss.Graph.Axes);
        Assert.True(loss.Schedule().Cost <= ScheduleTrial.Make(loss.Graph, order, loss.Outputs, ScheduleChoice.None).Cost);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Schedule_IsDeterministic(string name) => Assert.Equal(NamedLosses.Get(name).Lines(), NamedLosses.Get(name).Lines());

    [Theory]
    [MemberData(nameof(Losses))]
    public void WithoutSearch_NothingHasLanes(string name)
    {
        ScheduledLoss loss = NamedLosses.Get(name);
        LoopTree tree = Scheduler.ScheduleScalar(loss.Graph, loss.Outputs, CancellationToken.None);
        Assert.Empty(tree.VectorAxes);
        Assert.True(loss.Schedule().Cost <= tree.Cost);
    }

    [Fact]
    public void Schedule_CanBeCancelled()
    {
        ScheduledLoss loss = NamedLosses.Get("clip");
        Assert.Throws<OperationCanceledException>(() => Scheduler.Schedule(loss.Graph, loss.Outputs, new CancellationToken(canceled: true)));
    }
}
