using LossGen.Compiler.Scheduling;
using Xunit;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>Schedules compute what their graphs define, with the storage that they ask for.</summary>
public class ScheduleMeaningTests
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string> Losses => [.. NamedLosses.All.Keys];

    [Theory]
    [MemberData(nameof(Losses))]
    public void KnownLoss(string name) => AssertComputes(NamedLosses.Get(name), l => l.Schedule());

    [Theory]
    [MemberData(nameof(Losses))]
    public void KnownLossOnDevices(string name) => AssertComputes(NamedLosses.Get(name), l => l.ScheduleForDevices());

    [Fact]
    public void RandomGraphs()
    {
        int kept = 0, shared = 0, elsewhere = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            LoopTree tree = AssertComputes(RandomLoss.Make(seed, operations: 4 + (seed % 30)), l => l.Schedule(), $"seed {seed}");
            kept += tree.Statements.Count(s => s.Kind == StatementKind.Materialize);
            elsewhere += tree.Statements.Count(s => !s.Elsewhere.IsEmpty);
            shared += tree.Statements.Count(s => s.Alias is not null);
        }

        // The graphs are worth their time only while they bring up what can go wrong.
        Assert.True(kept >= 10 && shared >= 5 && elsewhere >= 20, $"{kept} kept values, {shared} of them in output buffers; {elsewhere} statements that read elsewhere");
    }

    [Fact]
    public void RandomGraphsOnDevices()
    {
        for (int seed = 0; seed < 100; seed++) AssertComputes(RandomLoss.Make(seed, operations: 4 + (seed % 30)), l => l.ScheduleForDevices(), $"seed {seed}");
    }

    private static LoopTree AssertComputes(ScheduledLoss loss, Func<ScheduledLoss, LoopTree> schedule, string label = "")
    {
        LoopTree tree = schedule(loss);
        Assert.Empty(LoopTreeVerifier.Violations(tree));
        var values = new TestValues(loss.Graph);
        Dictionary<KernelOutput, Dictionary<string, double>> buffers = LoopTreeInterpreter.Run(tree, values);
        foreach ((KernelOutput lowered, KernelOutput output) in loss.Lowered.Zip(tree.Outputs))
        {
            values.ForEach(output.Axes, () =>
            {
                double expected = values.Evaluate(lowered.Value), actual = buffers[output][values.Key(output.Axes)];
                bool same = expected.Equals(actual) || Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected));
                Assert.True(same, $"{label} {output.Name} at {values.Key(output.Axes)}: {expected} but {actual} from {LoopTreePrinter.Compact(tree, loss.Names.GetValueOrDefault)}");
            });
        }

        return tree;
    }
}
