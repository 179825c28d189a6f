using LossGen.Benchmarks.Measurement;
using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Report;

/// <summary>One row at one size, with or without gradient; <c>Bytes</c> must move.</summary>
public sealed record Line(Row Row, Size Size, bool Gradient, double Bytes, RowTime Time)
{
    public double NanosecondsOfElement => Time.Nanoseconds / Row.Elements(Size);

    public double? Ratio(string peer) => Time.Peers.FirstOrDefault(time => time.Peer == peer)?.Ratio;
}
