using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers;

/// <summary>The generated methods held to one thread, beside themselves on several.</summary>
public sealed class OneThreadPeer(string name) : Peer(name)
{
    public override PreparedLoss? Prepare(Problem problem)
    {
        ManagedPeer peer = new(Name, row => row.Call);
        return new Prepared(peer.Prepare(problem)!);
    }

    private sealed class Prepared(PreparedLoss loss) : PreparedLoss
    {
        public override double Compute(bool gradient) => Alone(() => loss.Compute(gradient));

        public override double Time(bool gradient, long calls) => Alone(() => loss.Time(gradient, calls));

        private static double Alone(Func<double> run)
        {
            int threads = LossGenOptions.MaxDegreeOfParallelism;
            LossGenOptions.MaxDegreeOfParallelism = 1;
            try
            {
                return run();
            }
            finally
            {
                LossGenOptions.MaxDegreeOfParallelism = threads;
            }
        }
    }
}
