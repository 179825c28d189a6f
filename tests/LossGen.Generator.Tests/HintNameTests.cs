using System.Globalization;
using LossGen.Generator.Tests.Driver;
using Microsoft.CodeAnalysis;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>Names of generated files: readable, unique ignoring case, the same in every process and culture.</summary>
public class HintNameTests
{
    [Fact]
    public void A_hint_name_is_the_metadata_name_and_a_hash_of_the_signature()
    {
        string name = DeclaredLosses.Spec(
            "DiceBce", "namespace My.App { partial class Segmentation<T> { partial class Losses { [Loss(\"1\")] public partial float DiceBce(ReadOnlySpan<float> z); } } }").HintName;

        // The hash is pinned: a change of it would rename every user's generated files.
        Assert.Equal("My.App.Segmentation_1.Losses.DiceBce.b15e8a61.g.cs", name);
    }

    [Fact]
    public void Names_that_differ_in_case_alone_and_overloads_get_files_of_their_own()
    {
        GeneratorRun run = GeneratorRun.Of("""
            partial class C
            {
                [Loss("1")] public partial float L1(ReadOnlySpan<float> z);
                [Loss("1")] public partial float l1(ReadOnlySpan<float> z);
                [Loss("1", Program = "P1")] public partial float L1(ReadOnlySpan<float> z, float a);
                [Loss("1", Program = "P2")] public partial float L1(ReadOnlySpan<float> z, out float a);
                [Loss("1", Program = "P3")] public partial double L1(ReadOnlySpan<double> z);
            }
            partial class c { [Loss("1")] public partial float L1(ReadOnlySpan<float> z); }
            partial class C<T> { [Loss("1")] public partial float L1(ReadOnlySpan<float> z); }
            partial class Größe { [Loss("1")] public partial float L1(ReadOnlySpan<float> z); }
            partial class Gr__e { [Loss("1")] public partial float L1(ReadOnlySpan<float> z); }
            """);
        Assert.Equal(9, run.Sources.Select(s => s.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void Output_does_not_depend_on_the_culture()
    {
        const string Text = """
            public static partial class C
            {
                [Loss("mean(-0.5 * z^2 * weight) + 1e-7")]
                public static partial float L(ReadOnlySpan<float> z, float weight = -1.5f, double tiny = -2.5e-7, long n = -1234567890123);
                [Loss("mean(-0.5 * z^2 * weight) + 1e-7")]
                public static partial float IiIi(ReadOnlySpan<float> z, float weight = -1.5f);
            }
            """;
        string[] expected = Texts(GeneratorRun.Of(Text));
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo hostile = (CultureInfo)CultureInfo.GetCultureInfo("tr-TR").Clone();
            hostile.NumberFormat.NegativeSign = "\u2212";
            hostile.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = hostile;
            Assert.Equal(expected, Texts(GeneratorRun.Of(Text)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string[] Texts(GeneratorRun run) =>
        [.. run.Sources.Select(s => s.HintName + "\n" + s.SourceText), .. run.Diagnostics.Select(d => d.ToString())];
}
