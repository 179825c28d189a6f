using System.Text.RegularExpressions;
using LossGen.Generator.Tests.Driver;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>The examples of the language reference compile as they stand, or give the error that their first line names.</summary>
public partial class LanguagePageTests
{
    private static readonly string[] Blocks = [.. Block().Matches(string.Join('\n', Repository.Lines("docs/language.md"))).Select(m => m.Groups[1].Value)];

    public static TheoryData<int> Examples => [.. Enumerable.Range(1, Blocks.Length)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_compiles_or_gives_the_error_that_it_names(int number)
    {
        string block = Blocks[number - 1];
        string file = block.Contains("class ", StringComparison.Ordinal) ? block : $"public static partial class Examples\n{{\n{block}}}\n";

        GeneratorRun run = GeneratorRun.Of(file);

        // The driver's files have these usings already; a reader's file needs them.
        const string RepeatedUsing = "CS0105";
        string expected = ErrorId().Match(block).Value;
        Assert.Equal(expected, string.Join('\n', run.Diagnostics.Concat(run.CompilerDiagnostics)
            .Where(d => d.Id != RepeatedUsing)
            .Select(d => d.Id == expected ? d.Id : d.ToString())));
        Assert.NotEmpty(run.Sources);
    }

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("(?<=^// )LOSS[0-9]{4}")]
    private static partial Regex ErrorId();
}
