using LossGen.Generator.Tests.Driver;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>The compiler knows text and records only; Roslyn stays in front of it.</summary>
public class ArchitectureTests
{
    public static TheoryData<string> CompilerFiles
    {
        get
        {
            string folder = Path.Combine(Repository.Root, "generator/LossGen.Generator/Compiler");
            return [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Repository.Root, path)).Order()];
        }
    }

    [Theory]
    [MemberData(nameof(CompilerFiles))]
    public void A_file_of_the_compiler_knows_neither_Roslyn_nor_the_stages_around_it(string path)
    {
        string text = string.Join('\n', Repository.Lines(path));
        Assert.DoesNotContain("Microsoft.CodeAnalysis", text, StringComparison.Ordinal);
        Assert.DoesNotContain("LossGen.Generator", text, StringComparison.Ordinal);
    }
}
