using LossGen.Generator.Tests.Driver;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>What a user sees: real builds of real projects.</summary>
public class BuildTests
{
    /// <summary>A file with one mistake, and where the message must stand.</summary>
    public static TheoryData<string, string> Mistakes => new()
    {
        { "LOSS0202", """
            using LossGen;

            public static partial class C
            {
                /// <summary>Documented.</summary>
                [Loss(@"
                    // a verbatim literal
                    p = sigmoid(z);
                    mean(p * [|sigmod|](z))")]
                public static partial float L(ReadOnlySpan<float> z);

                public static float Use(float[] z, float[] g) => L(z) + LGradient(z, g) + LProgram.Formula.Length;
            }
            """ },
        { "LOSS0102", """
            namespace N;

            public static partial class C
            {
                private const string Start = "a = 1;\n";
                [LossGen.Loss(Start + "mean(z[||]")]
                public static partial float L(ReadOnlySpan<float> z);
            }
            """ },
        { "LOSS0203", """"
            namespace N;

            public static partial class C
            {
                [LossGen.Loss("""
                    d = z^2;
                    sum[c](y) + sum(sum[[|c|]](d))
                    """)]
                public static partial float L([LossGen.Axes("n, d2")] ReadOnlySpan<float> z, [LossGen.Axes("c")] ReadOnlySpan<float> y, int d2);
            }
            """" },
        { "LOSS0205", """
            public static partial class C
            {
                [LossGen.Loss("mean(sum[d](z)^2)")]
                public static partial float L([LossGen.Axes("[|n|], d")] ReadOnlySpan<float> z);
            }
            """ },
        { "LOSS0305", """"
            public static partial class C
            {
                [LossGen.Loss("""
                    d = x - y;
                    sqrt([|mean(d^2)|])
                    """, Curvature = true)]
                public static partial float L(ReadOnlySpan<float> x, ReadOnlySpan<float> y);

                public static float Use(float[] x, float[] g, float[] h) => LCurvature(x, x, g, h);
            }
            """" },
        { "LOSS0215", """
            public static partial class C
            {
                [LossGen.Loss("p = z * z; [|2 * p|]")]
                public static partial void L([LossGen.Axes("n, c")] ReadOnlySpan<float> z, [LossGen.Axes("n")] Span<float> each, int c);

                public static void Use(float[] z, float[] r, float[] g) => LGradient(z, r, g, 3, [1f, 2f]);
            }
            """ },
        { "LOSS0001", """
            public static partial class C
            {
                [LossGen.Loss("mean(z^2)")]
                public static float [|L|](ReadOnlySpan<float> z) => 0;
            }
            """ },
        { "LOSS0005", """
            public static partial class C
            {
                [LossGen.Loss("mean(z^2)")]
                public static partial float L(ReadOnlySpan<float> z, [|float[] y|]);
            }
            """ },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_exactly_one_error_at_its_place(string id, string marked)
    {
        Markup source = Markup.Parse(marked);
        using UserProject project = new("", ("C.cs", source.Text));
        (int exitCode, BuildMessage[] messages, string output) = project.Build();
        Assert.True(exitCode != 0, output);
        Assert.True(messages.Length == 1, output);
        Assert.Equal(new BuildMessage("C.cs", source.Line, source.Column, "error", id), messages[0]);
    }

    [Fact]
    public void A_method_without_partial_and_without_body_gets_the_compilers_message_beside_the_reason()
    {
        using UserProject project = new("", ("C.cs", "public static partial class C { [LossGen.Loss(\"mean(z)\")] public static float L(ReadOnlySpan<float> z); }"));
        Assert.Equal(["CS0501", "LOSS0001"], project.Build().Messages.Select(m => m.Id).Order());
    }

    [Fact]
    public void No_pragma_and_no_missing_analyzer_lets_a_wrong_formula_build_and_other_mistakes_still_show()
    {
        using UserProject project = new("<RunAnalyzers>false</RunAnalyzers>", ("C.cs", """
            #pragma warning disable LOSS0202
            public static partial class C
            {
                [LossGen.Loss("mean(sigmod(z))")] public static partial float L(ReadOnlySpan<float> z);
                public static int Other() => "text";
            }
            """));
        (int exitCode, BuildMessage[] messages, string output) = project.Build();
        Assert.True(exitCode != 0, output);
        Assert.Equal(["LOSS0202", "CS0029"], messages.Select(m => m.Id));
    }

    [Fact]
    public void A_right_loss_builds_without_a_warning_in_a_strict_project()
    {
        const string Strict = """
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <AnalysisLevel>latest-recommended</AnalysisLevel>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            """;
        using UserProject project = new(Strict, ("C.cs", """"
            using LossGen;

            namespace N;

            /// <summary>Losses.</summary>
            public static partial class Outer
            {
                /// <summary>Nested.</summary>
                public static partial class C
                {
                    /// <summary>Documented by the user.</summary>
                    /// <param name="z">Logits.</param>
                    /// <param name="y">Truth.</param>
                    /// <param name="dice">Dice.</param>
                    /// <param name="weight">Weight.</param>
                    /// <returns>The loss.</returns>
                    [Loss("""
                        p    = sigmoid(z);
                        dice = 1 - (2 * sum(p * y) + 1) / (sum(p) + sum(y) + 1);
                        dice + weight * mean(softplus(z) - y * z)
                        """)]
                    public static partial float DiceBce(ReadOnlySpan<float> z, ReadOnlySpan<byte> y, out float dice, float weight = 1f);

                    /// <inheritdoc cref="DiceBce"/>
                    [Loss("mean((a - b)^2)")]
                    internal static partial double Mse(ReadOnlySpan<double> a, ReadOnlySpan<double> b);
                }
            }
            """"));
        (int exitCode, BuildMessage[] messages, string output) = project.Build();
        Assert.True(exitCode == 0, output);
        Assert.Empty(messages);
    }

    [Fact]
    public void A_warning_obeys_pragma_and_editorconfig()
    {
        const string Text = "public static partial class C { [LossGen.Loss(\"p = exp(z); mean(z)\")] public static partial float L(ReadOnlySpan<float> z); }";
        using UserProject plain = new("", ("C.cs", Text));
        using UserProject silenced = new("", ("C.cs", "#pragma warning disable LOSS0501\n" + Text));
        using UserProject raised = new("", ("C.cs", Text), (".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.LOSS0501.severity = error\n"));
        Assert.Equal([new BuildMessage("C.cs", 1, 48, "warning", "LOSS0501")], plain.Build().Messages);
        Assert.Empty(silenced.Build().Messages);
        Assert.Equal([new BuildMessage("C.cs", 1, 48, "error", "LOSS0501")], raised.Build().Messages);
    }
}
