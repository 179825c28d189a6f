using Xunit;

namespace LossGen.Gpu.Tests.Export;

/// <summary>Everything that this assembly's losses are exported to, once for a class of tests.</summary>
public sealed class ExportFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossgen-export");

    public ExportFolder()
    {
        ToolRun run = ToolRun.Of("export", ToolRun.Assembly, "--output", _folder.FullName, "--runner");
        Assert.Equal(0, run.ExitCode);
    }

    public IEnumerable<string> Files => _folder.GetFiles().Select(f => f.Name).Order(StringComparer.Ordinal);

    public string Path(string file) => System.IO.Path.Combine(_folder.FullName, file);

    public string Read(string file) => File.ReadAllText(Path(file));

    public void Dispose() => _folder.Delete(recursive: true);
}
