using System.Diagnostics;
using LossGen.Benchmarks.Peers;

namespace LossGen.Benchmarks.Measurement;

/// <summary>A peer's time and how many times that of the generated methods it is.</summary>
public sealed record PeerTime(string Peer, double Nanoseconds, double Ratio);

/// <summary>The times of one row at one size: LossGen's best, and each peer's.</summary>
public sealed record RowTime(double Nanoseconds, PeerTime[] Peers);

/// <summary>Times LossGen and a peer next to each other, again and again; the ratio is the median of the pairs, which other load on the machine disturbs least.</summary>
public sealed class Pairing(double secondsEach, int maxRounds)
{
    private const int MinRounds = 5;

    // Long beside the clock's resolution, short beside a time slice; with several threads, long beside waking those that slept while the other had its turn.
    private static double SampleNanoseconds => Clock.OneThread ? 300_000 : 3_000_000;

    public RowTime Measure(PreparedLoss generated, IReadOnlyList<(string Name, PreparedLoss Loss)> peers, bool gradient)
    {
        long calls = Calls(generated, gradient, out double once);
        (string Name, PreparedLoss Loss, long Calls, int Rounds, List<(double Own, double Other)> Pairs)[] all =
        [
            .. peers.Select(peer =>
            {
                long peerCalls = Calls(peer.Loss, gradient, out double peerOnce);
                double pair = (calls * once) + (peerCalls * peerOnce);
                return (peer.Name, peer.Loss, peerCalls, Math.Clamp((int)(secondsEach * 1e9 / pair), MinRounds, maxRounds), new List<(double, double)>());
            }),
        ];
        for (int round = 0; round < all.Max(peer => peer.Rounds); round++)
        {
            foreach ((_, PreparedLoss loss, long peerCalls, int rounds, List<(double, double)> pairs) in all)
            {
                if (round < rounds) pairs.Add((generated.Time(gradient, calls) / calls, loss.Time(gradient, peerCalls) / peerCalls));
            }
        }

        return new(
            all.Min(peer => peer.Pairs.Min(pair => pair.Own)),
            [.. all.Select(peer => new PeerTime(peer.Name, peer.Pairs.Min(pair => pair.Other), Median([.. peer.Pairs.Select(pair => pair.Other / pair.Own)])))]);
    }

    /// <summary>Runs a loss long enough for the runtime to have compiled it with full optimization.</summary>
    public static void WarmUp(PreparedLoss loss, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            loss.Time(gradient: true, 10);
            loss.Time(gradient: false, 10);
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
    }

    public static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[values.Length / 2] + values[(values.Length - 1) / 2]) / 2;
    }

    /// <summary>How many calls make a sample.</summary>
    private static long Calls(PreparedLoss loss, bool gradient, out double nanoseconds)
    {
        loss.Time(gradient, 1);
        nanoseconds = loss.Time(gradient, 1);
        while (true)
        {
            long calls = (long)Math.Max(1, SampleNanoseconds / Math.Max(1, nanoseconds));
            if (calls < 20) return calls;
            double again = loss.Time(gradient, calls) / calls;
            if (again > nanoseconds / 1.5) return calls;
            nanoseconds = again;
        }
    }
}
