namespace LossGen.Benchmarks.Rows;

/// <summary>The sizes of one problem; what N, C, D and S are is the row's affair, and unused ones are 1.</summary>
public sealed record Size(string Name, int N, int C = 1, int D = 1, int S = 1)
{
    /// <summary>From one cache line to what no cache holds.</summary>
    public static readonly Size[] Flat = [new("16", 16), new("1 K", 1 << 10), new("64 K", 1 << 16), new("1 M", 1 << 20), new("16 M", 1 << 24)];

    /// <summary>The same numbers of elements in rows of a few.</summary>
    public static Size[] InRows(int c) => [.. Flat.Where(size => size.N >= c).Select(size => size with { N = size.N / c, C = c })];
}
