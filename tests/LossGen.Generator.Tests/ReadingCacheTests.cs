using LossGen.Generator.Reading;
using LossGen.Generator.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>After any edit the generator says what it would say in a fresh process; after one that changes nothing for a declaration, it does not read that again.</summary>
public class ReadingCacheTests
{
    private static readonly string[] Files =
    [
        """
        public static partial class Mine
        {
            [Loss("Near.Middle(z) + mean(z)")] public static partial float Top([Axes("n")] ReadOnlySpan<float> z, float weight = Numbers.Weight);
            [Loss("mean(w * z) + Helper(z)")] public static partial float Other(ReadOnlySpan<float> z, float w = 1f);
            [Loss(Texts.Formula)] public static partial float Named([Axes(Texts.Axes)] ReadOnlySpan<float> z);
        }
        """,
        """
        using Near = Parts;
        public static partial class Parts { [Loss("2 * Leaves.Leaf(z)")] public static partial float Middle(ReadOnlySpan<float> z); }
        """,
        """
        public static partial class Leaves { [Loss("sum(k * z)")] public static partial float Leaf(ReadOnlySpan<float> z, float k = 0.5f); }
        """,
        """
        public static class Texts { public const string Formula = "sum(z) + missing"; public const string Axes = "n"; }
        public static class Numbers { public const float Weight = 2f; public static int Body() { return 1; } }
        """,
        """
        global using Near = Parts;
        public static partial class Mine
        {
            public static int Unrelated => 1;
            [Loss("sum(z^2)")] public static partial double Helper(ReadOnlySpan<double> z);
        }
        """,
    ];

    /// <summary>A file, what of its text is replaced, and by what.</summary>
    public static TheoryData<int, string, string> Edits => new()
    {
        { 0, "mean(z)", "sum(z)" },
        { 0, "\"n\"", "\"m\"" },
        { 0, "public static partial float Other", "\n\n    public static partial float Other" },
        { 2, "sum(k * z)", "mean(k * z)" },
        { 2, "sum(k * z)", "sum(k * wrong)" },
        { 2, "0.5f", "0.25f" },
        { 2, "[Loss(\"sum(k * z)\")]", "" },
        { 2, "Leaf(", "Leave(" },
        { 2, "ReadOnlySpan<float> z,", "[Axes(\"n\")] ReadOnlySpan<float> z," },
        { 2, "public static partial class Leaves", "namespace Elsewhere;\npublic static partial class Leaves" },
        { 2, "float k", "double k" },
        { 3, "missing", "absent" },
        { 3, "+ missing", "" },
        { 3, "public static class Texts", "\n// moved\n    public static class Texts" },
        { 3, "string Axes = \"n\"", "string Axes = \"n, m\"" },
        { 3, "2f", "3f" },
        { 3, "return 1;", "return 2;" },
        { 3, "Formula", "Renamed" },
        { 3, "class Texts", "class Hidden" },
        { 4, "Helper(ReadOnlySpan<double> z)", "Helper(ReadOnlySpan<float> z)" },
        { 4, "Unrelated => 1", "TopProgram => 1" },
        { 4, "Unrelated => 1", "NamedGradient => 1" },
        { 4, "[Loss(\"sum(z^2)\")]", "[Loss(\"sum(z^2)\", Program = \"OtherProgram\")]" },
        { 4, "public static int Unrelated => 1;", "public static partial float Other(ReadOnlySpan<float> z, float w) => 1f;" },
        { 4, "public static int Unrelated => 1;", "public static class Near { }" },
        { 4, "public static partial class Mine", "#nullable disable\npublic static partial class Mine" },
        { 4, "public static partial class Mine", "public static class Mine" },
        { 4, "global using Near = Parts;", "" },
        { 4, "global using Near = Parts;", "global using Near = Leaves;" },
        { 4, "global using Near = Parts;", "global using Near = Parts; public class LossAttribute : Attribute { public LossAttribute(string text) { } public string Program { get; set; } = \"\"; }" },
        { 4, "public static int Unrelated => 1;", "public static int Unrelated => 1; private readonly ref struct ReadOnlySpan<T> { }" },
        { 4, "public static int Unrelated => 1;", "public static int Unrelated => ;" },
        { 4, "public static int Unrelated => 1;", "public static int Unrelated { get { return 1; " },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_and_its_return_give_what_fresh_runs_give(int file, string old, string @new)
    {
        string[] edited = [.. Files];
        edited[file] = Files[file].Replace(old, @new, StringComparison.Ordinal);
        Assert.NotEqual(Files[file], edited[file]);
        GeneratorRun first = GeneratorRun.Of(Files);
        GeneratorRun second = first.Again(Replace(first.Input, file, edited[file]));
        AssertSame(GeneratorRun.Of(edited), second);
        AssertSame(first, second.Again(Replace(second.Input, file, Files[file])));
    }

    [Fact]
    public void Other_references_options_and_files_give_what_fresh_runs_give()
    {
        GeneratorRun first = GeneratorRun.Of(Files);
        CSharpCompilation input = (CSharpCompilation)first.Input;
        SyntaxTree[] trees = [.. input.SyntaxTrees];
        foreach (Compilation changed in (Compilation[])
        [
            input.WithOptions(input.Options.WithNullableContextOptions(NullableContextOptions.Disable)),
            input.RemoveReferences(input.References.Last()),
            input.AddReferences(MetadataReference.CreateFromFile(typeof(Gpu.GpuQueue).Assembly.Location)),
            input.WithAssemblyName("Another"),
            input.AddSyntaxTrees(GeneratorRun.Parse("public static partial class Mine { public static int OtherProgram => 1; }", "/user/More.cs")),
            input.RemoveSyntaxTrees(trees[2]),
            input.RemoveAllSyntaxTrees().AddSyntaxTrees(trees.Reverse()),
        ])
            AssertSame(GeneratorRun.Of(changed), first.Again(changed));
    }

    [Fact]
    public void An_attribute_may_have_an_alias_of_another_file()
    {
        string[] files = ["public static partial class C { [Formula(\"sum(z)\")] public static partial float L(ReadOnlySpan<float> z); }", "global using FormulaAttribute = LossGen.LossAttribute;"];
        GeneratorRun first = GeneratorRun.Of(files);
        Assert.Single(first.Sources);
        GeneratorRun second = first.Again(Replace(first.Input, 1, "global using FormulaAttribute = System.ObsoleteAttribute;"));
        Assert.Empty(second.Sources);
    }

    [Theory]
    [InlineData(3, "return 1;", "return 2;", "Top", true)]
    [InlineData(4, "sum(z^2)", "sum(z^4)", "Top", true)]
    [InlineData(2, "sum(k * z)", "mean(k * z)", "Named", true)]
    [InlineData(2, "sum(k * z)", "mean(k * z)", "Top", false)]
    [InlineData(4, "sum(z^2)", "sum(z^4)", "Other", false)]
    [InlineData(3, "missing", "absent", "Top", false)]
    [InlineData(4, "Unrelated", "Related", "Top", false)]
    public void Only_what_an_edit_may_concern_is_read_again(int file, string old, string @new, string method, bool isKept)
    {
        Compilation before = GeneratorRun.Compile(Files);
        Compilation after = Replace(before, file, Files[file].Replace(old, @new, StringComparison.Ordinal));
        ReadingCache cache = new();
        LossReading? first = Read(cache, before, method), second = Read(cache, after, method);
        Assert.NotNull(first);
        if (isKept) Assert.Same(first, second);
        else Assert.NotSame(first, second);
    }

    private static LossReading? Read(ReadingCache cache, Compilation compilation, string method)
    {
        SyntaxTree tree = compilation.SyntaxTrees.First();
        MethodDeclarationSyntax declaration = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First(m => m.Identifier.ValueText == method);
        return cache.Read(declaration, compilation.GetSemanticModel(tree), CancellationToken.None);
    }

    private static Compilation Replace(Compilation compilation, int file, string text)
    {
        SyntaxTree old = compilation.SyntaxTrees.ElementAt(file);
        return compilation.ReplaceSyntaxTree(old, GeneratorRun.Parse(text, old.FilePath));
    }

    private static void AssertSame(GeneratorRun expected, GeneratorRun actual)
    {
        Assert.Equal(Sources(expected), Sources(actual));
        Assert.Equal(Messages(expected), Messages(actual));
    }

    private static IEnumerable<(string, string)> Sources(GeneratorRun run) =>
        run.Sources.Select(source => (source.HintName, source.SourceText.ToString())).Order();

    private static IEnumerable<string> Messages(GeneratorRun run) => run.Diagnostics.Select(diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal);
}
