using System.Collections.Immutable;
using System.Numerics.Tensors;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LossGen.GeneratorBenchmarks;

/// <summary>A project of many declared losses, one a file, as the compiler sees it.</summary>
public sealed class UserProject
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    private readonly SyntaxTree[] _trees;

    private UserProject(CSharpCompilation compilation, SyntaxTree[] trees) => (Compilation, _trees) = (compilation, trees);

    public CSharpCompilation Compilation { get; }

    public static CSharpParseOptions Options => ParseOptions;

    public static UserProject Of(IEnumerable<string> files)
    {
        SyntaxTree[] trees = [.. files.Select(Parse)];
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(TensorPrimitives).Assembly.Location)
            .Append(typeof(LossAttribute).Assembly.Location);
        return new(
            CSharpCompilation.Create(
                "Losses",
                trees,
                references.Distinct().Select(path => MetadataReference.CreateFromFile(path)).ToImmutableArray<MetadataReference>(),
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, concurrentBuild: false)),
            trees);
    }

    /// <summary>The project after an edit of one file.</summary>
    public UserProject With(int file, string text)
    {
        SyntaxTree[] trees = [.. _trees];
        trees[file] = Parse(text, file);
        return new(Compilation.ReplaceSyntaxTree(_trees[file], trees[file]), trees);
    }

    private static SyntaxTree Parse(string text, int number) => CSharpSyntaxTree.ParseText(text, ParseOptions, $"Loss{number}.cs");
}
