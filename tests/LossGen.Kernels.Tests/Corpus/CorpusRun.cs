using LossGen.Kernels.Tests.Calls;

namespace LossGen.Kernels.Tests.Corpus;

/// <summary>A case at all of its shapes.</summary>
internal static class CorpusRun
{
    public static IEnumerable<string> Differences(CompiledCase compiled)
    {
        if (compiled.Errors.Length > 0) return [compiled.Errors];
        if (ExtremeLosses.All.Contains(compiled.Loss)) return ExtremeLosses.Differences(compiled);
        return compiled.Loss.Shapes.SelectMany(shape =>
        {
            try
            {
                return OracleComparison.Run(compiled, shape);
            }
            catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or IndexOutOfRangeException or NotSupportedException)
            {
                return [$"{shape}: {failure.GetType().Name}: {failure.Message}"];
            }
        });
    }

    /// <summary>The first differences and how many there are.</summary>
    public static string Report(IReadOnlyCollection<string> differences) =>
        $"{differences.Count} differences\n" + string.Join("\n", differences.Take(6));
}
