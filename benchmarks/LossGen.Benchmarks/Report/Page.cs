using System.Text;
using LossGen.Benchmarks.Measurement;
using LossGen.Benchmarks.Peers;
using LossGen.Benchmarks.Rows;
using static LossGen.Benchmarks.Report.MarkdownTable;

namespace LossGen.Benchmarks.Report;

/// <summary>The tables of docs/benchmarks.md.</summary>
public static class Page
{
    /// <summary>A table of ratios, one line a row and size, geometric means below.</summary>
    public static string Ratios(IReadOnlyList<Line> lines, string[] peers)
    {
        MarkdownTable table = new(["loss", "size", "LossGen, ns an element", .. peers]);
        foreach (Line line in lines) table.Add([line.Row.Title, line.Size.Name, Number(line.NanosecondsOfElement), .. peers.Select(peer => Number(line.Ratio(peer)))]);
        foreach (IGrouping<string, Line> size in lines.GroupBy(line => Size.Flat.Any(flat => flat.Name == line.Size.Name) ? line.Size.Name : "of their own"))
            table.Add(["*geometric mean*", size.Key, "", .. peers.Select(peer => Number(ConsoleTable.Mean(size, peer)))]);
        table.Add(["**geometric mean**", "all", "", .. peers.Select(peer => $"**{Number(ConsoleTable.Mean(lines, peer))}**")]);
        return table.ToString();
    }

    /// <summary>Rows that memory or multiply-adds bound, in percent of what the machine reaches.</summary>
    public static string Limits(IReadOnlyList<Line> lines, MachineLimits limits)
    {
        StringBuilder text = new();
        text.Append($"Triad of 16 M floats: {Number(limits.NativeTriad)} GB/s in C, {Number(limits.ManagedTriad)} in C#. ");
        text.Append($"Multiply-adds: {Number(limits.NativeOperations)} GFLOP/s in C, {Number(limits.ManagedOperations)} in C#.\n\n");
        MarkdownTable table = new("loss", "size", "pass", "reached", "of the machine's best");
        foreach (Line line in lines)
        {
            string pass = line.Gradient ? "value + gradient" : "value";
            if (line.Row.Bound == Bound.Memory && line.Size.N * (long)line.Size.C >= 1 << 24)
            {
                double rate = line.Bytes / line.Time.Nanoseconds;
                table.Add(line.Row.Title, line.Size.Name, pass, $"{Number(rate)} GB/s", Percent(rate / limits.Triad));
            }
            else if (line.Row.Bound == Bound.Contraction)
            {
                double rate = line.Row.Operations(line.Size) * (line.Gradient ? 3 : 1) / line.Time.Nanoseconds;
                table.Add(line.Row.Title, line.Size.Name, pass, $"{Number(rate)} GFLOP/s", Percent(rate / limits.Operations));
            }
        }

        return text.Append(table).ToString();
    }

    /// <summary>Calls on sixteen elements: what a call costs over the arithmetic, for which C stands, and what it allocates.</summary>
    public static string SmallCalls(IEnumerable<Line> lines)
    {
        MarkdownTable table = new("loss", "pass", "LossGen, ns", "C, ns", "difference, ns", "bytes allocated");
        foreach (Line line in lines.Where(line => line.Size.Name == Size.Flat[0].Name))
        {
            double? c = line.Time.Peers.FirstOrDefault(time => time.Peer == PeerTable.NativeName)?.Nanoseconds;
            using Problem problem = new(line.Row, line.Size);
            table.Add(
                line.Row.Title,
                line.Gradient ? "value + gradient" : "value",
                Number(line.Time.Nanoseconds),
                Number(c),
                Number(line.Time.Nanoseconds - c),
                Number(Allocation.OfCall(problem, line.Gradient)));
        }

        return table.ToString();
    }
}
