using LossGen.Benchmarks.Measurement;
using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Report;

/// <summary>One row at one size, with or without gradient; <c>Bytes</c> must move.</summary>
public sealed record Line(Row Row, Size Size, bool Gradient, double Bytes, RowTime Time)
{
    public double NanosecondsOfElement => Time.Nanoseconds / Row.Elements(Size);

    public double? Ratio(string peer) => Time.Peers.FirstOrDefault(time => time.Peer == peer)?.Ratio;

    /// <summary>Lines of the same rows and sizes, measured one list after the other with other peers; a line of the first may have none in the second.</summary>
    public static List<Line> Joined(List<Line> first, List<Line> second) =>
    [
        .. first.Select(line => second.Find(other => other.Row == line.Row && other.Size == line.Size && other.Gradient == line.Gradient) is { } more
            ? line with { Time = new(Math.Min(line.Time.Nanoseconds, more.Time.Nanoseconds), [.. line.Time.Peers, .. more.Time.Peers]) }
            : line),
    ];
}
