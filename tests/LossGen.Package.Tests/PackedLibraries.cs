using System.Reflection;
using Xunit;

namespace LossGen.Package.Tests;

/// <summary>The packages, packed into a folder outside the repository that goes away with the tests.</summary>
public sealed class PackedLibraries : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("lossgen-package-");

    public PackedLibraries()
    {
        // What the build just made is packed as it is: a build here would write over files that other test projects use.
        foreach (string project in (string[])["LossGen", "LossGen.Losses", "LossGen.Gpu", "LossGen.Tool"])
            DotNet.Run(
                Path.Combine(Metadata("RepositoryRoot"), "src", project),
                "pack", "--no-build", "-nologo", "-c", Metadata("BuildConfiguration"), "-o", Path.Combine(Consumer, "packages")).Succeeded();
        string source = Path.Combine(AppContext.BaseDirectory, "Consumer");
        foreach (string file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(Consumer, Path.GetFileName(file)));
    }

    /// <summary>The folder of a project that knows the packages and nothing of the repository.</summary>
    public string Consumer => root.CreateSubdirectory("consumer").FullName;

    /// <summary>The one file of a package, whatever its version.</summary>
    public string Package(string id)
        => Assert.Single(
            Directory.GetFiles(Path.Combine(Consumer, "packages"), id + ".*.nupkg"),
            file => char.IsAsciiDigit(Path.GetFileName(file)[id.Length + 1]));

    public void Dispose() => root.Delete(recursive: true);

    private static string Metadata(string key)
        => typeof(PackedLibraries).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key).Value!;
}
