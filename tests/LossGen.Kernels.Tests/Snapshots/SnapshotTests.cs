using LossGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LossGen.Kernels.Tests.Snapshots;

/// <summary>What a reader of generated code sees, once for each feature.</summary>
public class SnapshotTests
{
    private static readonly Dictionary<string, string> Declarations = new()
    {
        ["Mse"] = """
            [Loss("mean((x - y)^2)")]
            public static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y);
            """,
        ["MseDouble"] = """
            [Loss("mean((x - y)^2)")]
            public static partial double Loss(ReadOnlySpan<double> x, ReadOnlySpan<double> y);
            """,
        ["DiceBceParts"] = """"
            [Loss("""
                p    = sigmoid(z);
                dice = 1 - (2 * sum(p * y) + smooth) / (sum(p) + sum(y) + smooth);
                bce  = mean(softplus(z) - y * z);
                dice + weight * bce                            // one fused loss
                """)]
            public static partial float Loss(ReadOnlySpan<float> z, ReadOnlySpan<byte> y, out float dice, out float bce, float weight = 1f, float smooth = 1f);
            """",
        ["CrossEntropy"] = """
            [Loss("-mean(log_softmax[c](z)[c: label])")]
            public static partial float Loss([Axes("n, c")] ReadOnlySpan<float> z, [Axes("n")] ReadOnlySpan<int> label);
            """,
        ["CrossEntropyIgnoring"] = """
            [Loss("w_n = label != ignore ? w[c: label] : 0; sum(label != ignore ? -w_n * log_softmax[c](z)[c: label] : 0) / sum(w_n)")]
            public static partial float Loss(
                [Axes("n, c")] ReadOnlySpan<float> z, [Axes("n")] ReadOnlySpan<int> label, [Axes("c")] ReadOnlySpan<float> w, int ignore = -1);
            """,
        ["ElasticNet"] = """
            [Loss("mean((x - y)^2) + rate * (sum(abs(w)) + 0.5 * sum(w^2))")]
            public static partial float Loss(
                [Differentiate] ReadOnlySpan<float> x, ReadOnlySpan<float> y, [Axes("j"), Differentiate] ReadOnlySpan<float> w, float rate = 0.125f);
            """,
        ["Triplet"] = """
            [Loss("mean(max(0, sum[d]((a - p)^2) - sum[d]((a - q)^2) + margin))")]
            public static partial float Loss(
                [Axes("n, d"), Differentiate] ReadOnlySpan<float> a, [Axes("n, d"), Differentiate] ReadOnlySpan<float> p,
                [Axes("n, d"), Differentiate] ReadOnlySpan<float> q, int d, float margin = 1f);
            """,
        ["ClassDice"] = """"
            [Loss("""
                p = softmax[c](z);
                hot = label == c ? 1 : 0;
                mean[c](1 - (2 * sum[n, h, w](p * hot) + 1) / (sum[n, h, w](p) + sum[n, h, w](hot) + 1))
                """)]
            public static partial float Loss([Axes("n, c, h, w")] ReadOnlySpan<float> z, [Axes("n, h, w")] ReadOnlySpan<int> label, int h, int w);
            """",
        ["TemperatureGradient"] = """
            [Loss("-mean(log_softmax[c](z / tau)[c: label])")]
            public static partial float Loss(
                [Axes("n, c"), Differentiate] ReadOnlySpan<float> z, [Axes("n")] ReadOnlySpan<int> label, [Differentiate] float tau);
            """,
        ["Callees"] = """
            [Loss("0.5 * Squared(x, y) + 0.5 * Absolute(x, y)")]
            public static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y);

            [Loss("mean((x - y)^2)")]
            public static partial float Squared(ReadOnlySpan<float> x, ReadOnlySpan<float> y);

            [Loss("mean(abs(x - y))")]
            public static partial float Absolute(ReadOnlySpan<float> x, ReadOnlySpan<float> y);
            """,
        ["Masks"] = """
            [Loss("sum(mask != 0 ? log(x) * y : 0) / count(mask != 0)")]
            public static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<byte> mask);
            """,
        ["Contraction"] = """
            [Loss("s = sum[d](a * b) / tau; -mean(log_softmax[m](s)[m: label])")]
            public static partial float Loss(
                [Axes("n, d"), Differentiate] ReadOnlySpan<float> a, [Axes("m, d"), Differentiate] ReadOnlySpan<float> b,
                [Axes("n")] ReadOnlySpan<int> label, int d, float tau = 0.5f);
            """,
    };

    public static TheoryData<string> Names => [.. Declarations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Generated_text_is_the_accepted_one(string name) => Snapshot.Verify(name, Generate(Declarations[name]));

    private static string Generate(string declaration)
    {
        string file = $"using System;\nusing LossGen;\nnamespace Losses;\n\npublic static partial class Snapshots\n{{\n{declaration}\n}}\n";
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new LossGenerator().AsSourceGenerator()], parseOptions: CompiledCorpus.ParseOptions)
            .RunGenerators(CompiledCorpus.Compile([CSharpSyntaxTree.ParseText(file, CompiledCorpus.ParseOptions, "Snapshots.cs")]));
        return WidestOnly(driver.GetRunResult().Results[0].GeneratedSources.Single(s => s.HintName.StartsWith("Losses.Snapshots.Loss.", StringComparison.Ordinal)).SourceText.ToString());
    }

    // The other widths are the same text with other numbers; a reviewer reads one.
    private static string WidestOnly(string text)
    {
        List<string> kept = [];
        string? end = null;
        foreach (string line in text.Split('\n'))
        {
            if (end is not null)
            {
                if (line == end) end = null;
                continue;
            }

            if (line.Contains("private static", StringComparison.Ordinal) && (line.Contains(" Run256", StringComparison.Ordinal) || line.Contains(" Run128", StringComparison.Ordinal)))
            {
                end = line[..(line.Length - line.TrimStart().Length)] + "}";
                kept.RemoveAt(kept.Count - 1);
                continue;
            }

            kept.Add(line);
        }

        return string.Join('\n', kept);
    }
}
