using LossGen.Gpu.Tests.Export;
using LossGen.Losses;
using Xunit;

namespace LossGen.Gpu.Tests.Benchmark;

/// <summary>What the benchmark for graphics cards needs, exported once for a class of tests.</summary>
public sealed class BenchmarkFolder : IDisposable
{
    private static readonly string[] Losses =
    [
        "RegressionLosses.MeanSquaredError", "SegmentationLosses.DiceBce", "SegmentationLosses.DiceCe", "ClassificationLosses.SparseCategoricalCrossEntropy", "MetricLosses.InfoNce",
        "SequenceLosses.Ctc",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossgen-benchmark");

    public BenchmarkFolder()
    {
        Export(typeof(RegressionLosses).Assembly.Location, [.. Losses.SelectMany(l => new[] { "--loss", l })]);
        Export(typeof(HalfLosses).Assembly.Location, "--runner");
    }

    /// <summary>The folder of the exported files.</summary>
    public string Kernels => _folder.FullName;

    /// <summary>A file of the benchmark.</summary>
    public static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Benchmark", name);

    public void Dispose() => _folder.Delete(recursive: true);

    private void Export(string assembly, params string[] further)
    {
        ToolRun run = ToolRun.Of(["export", assembly, "--output", Kernels, "--dialect", "opencl", "--dialect", "cuda", .. further]);
        Assert.True(run.ExitCode == 0, run.Error);
    }
}
