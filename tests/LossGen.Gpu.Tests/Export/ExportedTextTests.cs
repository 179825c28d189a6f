using LossGen.Gpu.Tests.Devices;
using LossGen.Gpu.Tests.Dialects;
using Xunit;

namespace LossGen.Gpu.Tests.Export;

/// <summary>Exported texts compile by themselves.</summary>
public class ExportedTextTests(ExportFolder folder) : IClassFixture<ExportFolder>
{
    [ClangTheory]
    [InlineData("opencl", ".cl")]
    [InlineData("cuda", ".cu")]
    [InlineData("hip", ".hip")]
    public void Every_text_compiles_in_its_language(string dialect, string extension)
    {
        string[] files = [.. folder.Files.Where(f => f.EndsWith(extension, StringComparison.Ordinal))];
        Assert.NotEmpty(files);

        // One loss does not need all that the prelude defines for every loss.
        foreach (string file in files) Clang.Compile(dialect, folder.Read(file), "-Wno-unused-function");
    }

    [DeviceFact]
    public void Every_text_builds_on_the_device()
    {
        string[] files = [.. folder.Files.Where(f => f.EndsWith(".cl", StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        foreach (string file in files) Assert.NotEqual(0, TestDevice.Get().Build(folder.Read(file)));
    }
}
