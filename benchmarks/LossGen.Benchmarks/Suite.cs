using LossGen.Benchmarks.Measurement;
using LossGen.Benchmarks.Peers;
using LossGen.Benchmarks.Report;
using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks;

/// <summary>Compares and times the rows.</summary>
public sealed class Suite(SuiteOptions options, Peer generated, Peer[] peers)
{
    // The runtime's compiler waits for 0.1 s without a new method, twice: before it counts branches, and before it optimizes by them.
    private const double WarmUpSeconds = 0.8;
    private const int MaxRounds = 400;

    /// <summary>All peers against LossGen at a small size of each row. Returns the number of comparisons.</summary>
    public int Check() => RowTable.All.Where(options.Wants).Sum(row => With(row, row.Check, (_, _, others) => others.Count));

    /// <summary>Times every row that is wanted, and hands on each line as it is there.</summary>
    public IEnumerable<Line> Run()
    {
        Pairing pairing = new(options.Seconds, MaxRounds);
        foreach (Row row in RowTable.All.Where(options.Wants))
        {
            // The small size is for the runtime's compiler, which counts calls.
            With(row, row.Check, (problem, own, others) =>
            {
                Pairing.WarmUp(own, WarmUpSeconds);
                foreach ((_, PreparedLoss loss) in others) Pairing.WarmUp(loss, WarmUpSeconds);
                return 0;
            });
            foreach (Size size in row.Sizes.Where(options.Wants))
            {
                foreach (Line line in With(row, size, (problem, own, others) => Times(pairing, problem, own, others))) yield return line;
            }
        }
    }

    private Line[] Times(Pairing pairing, Problem problem, PreparedLoss own, IReadOnlyList<(string Name, PreparedLoss Loss)> others) => others.Count == 0
        ? []
        : [.. options.Passes.Select(gradient => new Line(problem.Row, problem.Size, gradient, Row.Bytes(problem, gradient), pairing.Measure(own, others, gradient)))];

    /// <summary>Prepares all peers on the same data, after they have been found to agree.</summary>
    private T With<T>(Row row, Size size, Func<Problem, PreparedLoss, IReadOnlyList<(string Name, PreparedLoss Loss)>, T> use)
    {
        using Problem problem = new(row, size);
        using PreparedLoss own = generated.Prepare(problem)!;
        Agreement agreement = new(problem, own);
        List<(string Name, PreparedLoss Loss)> others = [];
        try
        {
            foreach (Peer peer in peers)
            {
                if (peer.Prepare(problem) is not { } loss) continue;
                if (agreement.Difference(peer.Name, loss) is not { } difference)
                {
                    others.Add((peer.Name, loss));
                    continue;
                }

                loss.Dispose();
                if (options.Check) throw new InvalidOperationException(difference);
                Console.WriteLine($"left out: {difference}");
            }

            return use(problem, own, others);
        }
        finally
        {
            foreach ((_, PreparedLoss loss) in others) loss.Dispose();
        }
    }
}
