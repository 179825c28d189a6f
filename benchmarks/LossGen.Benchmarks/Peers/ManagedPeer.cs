using System.Runtime.CompilerServices;
using LossGen.Benchmarks.Measurement;
using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers;

/// <summary>Losses that are methods of this process.</summary>
public sealed class ManagedPeer(string name, Func<Row, LossCall?> find) : Peer(name)
{
    public override PreparedLoss? Prepare(Problem problem) => find(problem.Row) is { } call ? new Prepared(problem, call) : null;

    private sealed class Prepared(Problem problem, LossCall call) : PreparedLoss
    {
        public override double Compute(bool gradient) => call(problem, gradient);

        // Compiled once and as it stands: the runtime would take the first row's loss for the usual one and compile all of it into the running loop.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override double Time(bool gradient, long calls)
        {
            Clock clock = Clock.Start();
            for (long i = 0; i < calls; i++) call(problem, gradient);
            return clock.Nanoseconds;
        }
    }
}
