using System.IO.Compression;
using System.Xml.Linq;
using Xunit;

namespace LossGen.Package.Tests;

public sealed class PackageTests(PackedLibraries packed) : IClassFixture<PackedLibraries>
{
    [Fact]
    public void LossGenHoldsTheRuntimeAndTheGeneratorAndDependsOnNothing()
    {
        using ZipArchive archive = ZipFile.OpenRead(packed.Package("LossGen"));
        string[] files = [.. archive.Entries.Select(entry => entry.FullName)
            .Where(name => name.StartsWith("lib/") || name.StartsWith("analyzers/"))
            .Order(StringComparer.Ordinal)];
        Assert.Equal(["analyzers/dotnet/cs/LossGen.Generator.dll", "lib/net10.0/LossGen.dll", "lib/net10.0/LossGen.xml"], files);
        Assert.Empty(Dependencies(archive));
    }

    [Fact]
    public void TheCatalogueDependsOnLossGenAlone()
    {
        using ZipArchive archive = ZipFile.OpenRead(packed.Package("LossGen.Losses"));
        Assert.Equal(["LossGen"], Dependencies(archive));
        Assert.DoesNotContain(archive.Entries, entry => entry.FullName.StartsWith("analyzers"));
    }

    [Fact]
    public void AFreshProjectBuildsWithoutWarningsAndRuns()
    {
        DotNet run = DotNet.Run(packed.Consumer, BuildConsumer()).Succeeded();

        // Scores of 0 make every probability 1/2: dice = 1 - (2 + 1) / (2 + 2 + 1), bce = log 2;
        // gradient = 1/4 * (-2 y / 5 + 3 / 25) + (1/2 - y) / 4.
        // Ridge: (4 + 9) / 2 + 7 / 2 + 25 / 4; gradient = sign(w) / 2 + w / 2.
        string[] expected =
        [
            "dice+bce 1.09315 0.40000 0.69315 -0.19500 0.15500",
            "ridge 16.25000 2.00000 -2.50000",
            "catalogue 2.50000",
            "SegmentationLosses.DiceBce",
        ];
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(expected, lines[..^1]);

        // The same loss on the first device, by the overload that the package for devices brings.
        if (Environment.GetEnvironmentVariable("LOSSGEN_REQUIRE_OPENCL") == "1" || !lines[^1].StartsWith("no device: ")) Assert.Equal("device 1.09315 0.40000 0.69315 -0.19500 0.15500", lines[^1]);
    }

    [Fact]
    public void ThePackageForDevicesDependsOnLossGenAlone()
    {
        using ZipArchive archive = ZipFile.OpenRead(packed.Package("LossGen.Gpu"));
        Assert.Equal(["LossGen"], Dependencies(archive));
    }

    [Fact]
    public void TheToolIsInstalledAndExportsTheProjectsLosses()
    {
        string consumer = BuildConsumer(), tool = Path.Combine(packed.Consumer, "tool");
        DotNet.Run(packed.Consumer, "tool", "install", "LossGen.Tool", "--tool-path", tool).Succeeded();
        Assert.NotEmpty(Directory.GetFiles(tool, "lossgen*"));
        string program = Assert.Single(Directory.GetFiles(tool, "LossGen.Tool.dll", SearchOption.AllDirectories));
        DotNet list = DotNet.Run(packed.Consumer, program, "export", consumer, "--list").Succeeded();
        Assert.Equal(["Consumer.Outer.Inner.Ridge: skipped, its class is generic.", "Consumer.SegmentationLosses.DiceBce"], list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        DotNet.Run(packed.Consumer, program, "export", consumer, "--loss", "DiceBce", "--dialect", "cuda", "--output", "kernels", "--runner").Succeeded();
        Assert.Equal(
            ["SegmentationLosses.DiceBce.cu", "SegmentationLosses.DiceBce.json", "lossgen_opencl.py", "lossgen_run.py"],
            Directory.GetFiles(Path.Combine(packed.Consumer, "kernels")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>The consumer's assembly. Packages are unpacked into a folder of the project's own, so no copy from an earlier run can stand in.</summary>
    private string BuildConsumer()
    {
        DotNet.Run(packed.Consumer, "build", "-c", "Release", "-nologo", "-p:RestorePackagesPath=" + Path.Combine(packed.Consumer, "unpacked")).Succeeded();
        return Path.Combine("bin", "Release", "net10.0", "Consumer.dll");
    }

    private static IEnumerable<string> Dependencies(ZipArchive archive)
    {
        using Stream stream = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec")).Open();
        return [.. XDocument.Load(stream).Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => element.Attribute("id")!.Value)];
    }
}
