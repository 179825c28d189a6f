namespace LossGen.Kernels.Tests.Corpus;

/// <summary>The tables, each compiled once.</summary>
internal static class CorpusTables
{
    private static readonly Dictionary<string, Lazy<CompiledCorpus>> Tables = new()
    {
        ["published"] = new(() => Compile("published", PublishedLosses.All)),
        ["functions"] = new(() => Compile("functions", FunctionLosses.All)),
        ["results"] = new(() => Compile("results", ResultLosses.All)),
        ["extreme"] = new(() => Compile("extreme", ExtremeLosses.All)),
        ["recurrences"] = new(() => Compile("recurrences", RecurrenceLosses.All)),
        ["structure"] = new(() => Compile("structure", StructureLosses.All)),
        ["order"] = new(() => Compile("order", OrderLosses.All)),
        ["literature"] = new(() => Compile("literature", LiteratureLosses.All)),
        ["tensor spans"] = new(() => Compile("tensor spans", TensorSpanLosses.All)),
        ["pairs"] = new(() => Compile("pairs", PairLosses.All)),
        ["indices"] = new(() => Compile("indices", IndexLosses.All)),
    };

    public static IEnumerable<string> Names => Tables.Keys;

    /// <summary>Where another process has left the compiled tables; null in the process that compiles.</summary>
    public static string? CompiledFolder { get; set; }

    /// <summary>Words of which a case's name has one to be compiled at all; empty for every case.</summary>
    public static string[] Words { get; set; } = [];

    public static bool Wants(string name) => Words.Length == 0 || Words.Any(word => name.Contains(word, StringComparison.Ordinal));

    public static CompiledCorpus Get(string table) => Tables[table].Value;

    public static void Save(string folder)
    {
        foreach (string table in Names) File.WriteAllBytes(FileOf(folder, table), Get(table).Image);
    }

    private static CompiledCorpus Compile(string table, LossCase[] losses) =>
        CompiledCorpus.Of(losses.Where(loss => Wants(loss.Name)), CompiledFolder is null ? null : File.ReadAllBytes(FileOf(CompiledFolder, table)));

    private static string FileOf(string folder, string table) => Path.Combine(folder, table + ".dll");
}
