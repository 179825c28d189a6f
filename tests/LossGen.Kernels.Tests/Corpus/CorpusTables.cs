using LossGen.Kernels.Tests.Compilation;

namespace LossGen.Kernels.Tests.Corpus;

/// <summary>The tables, each compiled once.</summary>
internal static class CorpusTables
{
    private static readonly Dictionary<string, Lazy<CompiledCorpus>> Tables = new()
    {
        ["published"] = new(() => CompiledCorpus.Of(PublishedLosses.All)),
        ["functions"] = new(() => CompiledCorpus.Of(FunctionLosses.All)),
        ["extreme"] = new(() => CompiledCorpus.Of(ExtremeLosses.All)),
        ["structure"] = new(() => CompiledCorpus.Of(StructureLosses.All)),
    };

    public static IEnumerable<string> Names => Tables.Keys;

    public static CompiledCorpus Get(string table) => Tables[table].Value;
}
