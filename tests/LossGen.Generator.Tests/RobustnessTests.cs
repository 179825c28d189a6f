using LossGen.Generator.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>The generator sees every half-typed state of a file, and must answer each without an exception.</summary>
public class RobustnessTests
{
    private const string Text = """"
        namespace N;
        public static partial class C<T>
        {
            const string K = "z + " + K2;
            const string K2 = "a" + K;
            [Loss(@"mean(D(z)) ""x""" + """ raw """ + K, Program = "P")]
            public static partial float L([Axes("n, " + "d = 2"), Differentiate] scoped ReadOnlySpan<float> z, out float a, int d = 3);
            [Loss(Program = "P", formula: "\u0061 = sum[i](z); \t a")] internal static partial void D<S>(ReadOnlySpan<double> z, Span<double> r) where S : IEquatable<S>;
        }
        """";

    [Fact]
    public void Every_beginning_of_a_file_is_answered()
    {
        CSharpCompilation compilation = GeneratorRun.Compile("");
        GeneratorDriver driver = GeneratorRun.NewDriver();
        for (int length = 0; length <= Text.Length; length += 2) driver = Run(driver, compilation, Text[..length]);
    }

    [Fact]
    public void Every_file_with_a_hole_is_answered()
    {
        CSharpCompilation compilation = GeneratorRun.Compile("");
        GeneratorDriver driver = GeneratorRun.NewDriver();
        for (int start = 0; start + 5 < Text.Length; start += 3) driver = Run(driver, compilation, Text.Remove(start, 5));
    }

    private static GeneratorDriver Run(GeneratorDriver driver, CSharpCompilation compilation, string text)
    {
        SyntaxTree old = compilation.SyntaxTrees[0];
        driver = driver.RunGenerators(compilation.ReplaceSyntaxTree(old, GeneratorRun.Parse(text, old.FilePath)));
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        Assert.True(result.Exception is null, $"{result.Exception}\nwith:\n{text}");
        return driver;
    }
}
