using LossGen.Compiler.Scheduling;
using Xunit;
using Xunit.Abstractions;
namespace LossGen.Compiler.Tests.Scheduling;
public class ProbeTests(ITestOutputHelper output)
{
    [Fact]
    public void Time()
    {
        DifferentiatedLosses.Clip().Schedule();
        foreach (int ops in new[] { 100, 1000, 5000, 20000, 40000 })
            for (int seed = 0; seed < 5; seed++)
            {
                ScheduledLoss f = RandomLoss.Make(seed, ops);
                var w = System.Diagnostics.Stopwatch.StartNew();
                (LoopTree t, int k) = ScheduleSearch.Run(LoopOrder.Of(f.Graph.Axes), f.Outputs, default);
                double a = w.Elapsed.TotalMilliseconds; w.Restart();
                LoopTreeVerifier.Verify(t);
                output.WriteLine($"{ops} {seed}: {t.Statements.Count()} statements, {k} trials {a:F1} ms, verify {w.Elapsed.TotalMilliseconds:F1}");
            }
        var e = NamedLosses.All.ToDictionary(p => p.Key, p => p.Value());
        foreach (var p in e)
        {
            var w = System.Diagnostics.Stopwatch.StartNew();
            (LoopTree t, int k) = ScheduleSearch.Run(LoopOrder.Of(p.Value.Graph.Axes), p.Value.Outputs, default);
            output.WriteLine($"{p.Key}: {k} trials {w.Elapsed.TotalMilliseconds:F1} ms");
        }
    }
}
