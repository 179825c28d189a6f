using LossGen.Compiler.Emission;
using LossGen.Compiler.Emission.Members;
using LossGen.Compiler.Model;
using LossGen.Generator.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>The members around the kernels: headers, orders, names, and files without warnings.</summary>
public class MemberTests
{
    [Theory]
    [InlineData(
        "float L(ReadOnlySpan<float> z, ReadOnlySpan<byte> y, out float dice, out float bce, float weight = 1f, float smooth = 1f)",
        "float LGradient(ROS<float> z, ROS<byte> y, Span<float> zGradient, out float dice, out float bce, float weight = 1f, float smooth = 1f, float upstream = 1f)")]
    [InlineData(
        "double L(int d, [Differentiate] double tau, [Axes(\"n\"), Differentiate] ReadOnlySpan<double> a, ReadOnlySpan<bool> m, [Differentiate] ReadOnlySpan<float> b, double margin = 0.1)",
        "double LGradient(ROS<double> a, ROS<bool> m, ROS<float> b, out double tauGradient, Span<double> aGradient, Span<float> bGradient, int d, double tau, double margin = 0.1d, double upstream = 1d)")]
    [InlineData(
        "void L(ReadOnlySpan<int> k, ReadOnlySpan<Half> z, [Axes(\"n\")] Span<float> result, bool on = true)",
        "void LGradient(ROS<int> k, ROS<Half> z, Span<float> result, Span<Half> zGradient, bool on = true, ROS<float> upstream = default)")]
    [InlineData(
        "float L(scoped ReadOnlySpan<float> @class, ReadOnlySpan<float> weights = default, long k = long.MinValue, int @in = -2)",
        "float LGradient(scoped ROS<float> @class, ROS<float> weights, Span<float> classGradient, long k = long.MinValue, int @in = -2, float upstream = 1f)")]
    [InlineData(
        "float L(System.Numerics.Tensors.ReadOnlyTensorSpan<float> z, float a = float.NaN, float b = float.NegativeInfinity, float c = 1e-7f, float d = -0f)",
        "float LGradient(global::System.Numerics.Tensors.ReadOnlyTensorSpan<float> z, global::System.Numerics.Tensors.TensorSpan<float> zGradient, float a = float.NaN, float b = float.NegativeInfinity, float c = 1E-07f, float d = -0f, float upstream = 1f)")]
    public void The_gradient_method_orders_its_parameters(string declared, string expected)
    {
        LossSpec spec = DeclaredLosses.Spec("L", $"public static partial class C {{ [Loss(\"1\")] public static partial {declared}; }}");
        string header = MemberHeaders.Gradient(spec)
            .Replace("global::System.ReadOnlySpan", "ROS").Replace("global::System.Span", "Span").Replace("global::System.Half", "Half");
        Assert.Equal("public static " + expected, header);
    }

    [Fact]
    public void Curvatures_stand_behind_the_gradients()
    {
        LossSpec spec = DeclaredLosses.Spec("L", """
            public static partial class C
            {
                [Loss("1", Curvature = true)]
                public static partial void L(int k, [Differentiate] ReadOnlySpan<float> z, [Axes("n"), Differentiate] ReadOnlySpan<float> v, [Differentiate] float tau, Span<float> each);
            }
            """);
        Assert.True(spec.HasCurvature);
        Assert.Equal(
            "public static void LCurvature(ROS<float> z, ROS<float> v, Span<float> each, Span<float> zGradient, Span<float> vGradient, out float tauGradient, "
            + "Span<float> zCurvature, Span<float> vCurvature, out float tauCurvature, int k, float tau, ROS<float> upstream = default)",
            MemberHeaders.Curvature(spec).Replace("global::System.ReadOnlySpan", "ROS").Replace("global::System.Span", "Span"));
    }

    [Theory]
    [InlineData("public static partial class", "public static", "public static float LGradient", "public static global::LossGen.LossProgram LProgram")]
    [InlineData("public partial class", "protected internal virtual", "protected internal float LGradient", "protected internal static global::LossGen.LossProgram LProgram")]
    [InlineData("partial struct", "private readonly", "private float LGradient", "private static global::LossGen.LossProgram LProgram")]
    public void Members_are_as_accessible_as_the_method(string type, string modifiers, string gradient, string program)
    {
        LossSpec spec = DeclaredLosses.Spec("L", $"{type} C {{ [Loss(\"1\")] {modifiers} partial float L(ReadOnlySpan<float> z); }}");
        Assert.StartsWith(modifiers + " partial float L(", MemberHeaders.Value(spec), StringComparison.Ordinal);
        Assert.StartsWith(gradient + "(", MemberHeaders.Gradient(spec), StringComparison.Ordinal);
        Assert.Equal(program, MemberHeaders.Program(spec));
    }

    /// <summary>Declarations that the generated file must fit without an error or a warning.</summary>
    public static TheoryData<string> Declarations =>
    [
        "/// <summary>Mine.</summary>\npublic static partial class C { \n/// <summary>Documented.</summary>\n[Loss(\"1\")] public static partial float L(ReadOnlySpan<float> z); }",
        "namespace A.@namespace.B { internal partial class Outer<TFirst, @class> where TFirst : struct { internal partial record struct Inner { internal partial interface IDeep<in T, out U> { [Loss(\"a < b && c > d\")] internal static partial float @float(scoped ReadOnlySpan<float> @out, out float @ref, float @upstreamed = 1); } } } }",
        "internal static partial class C { [Loss(\"1\")] public static partial float L(this ReadOnlySpan<float> z, int n = 3); }",
        "internal static partial class C { [Loss(\"1\")] public static partial float L(this int n, ReadOnlySpan<float> z); }",
        "internal abstract partial class A { [Loss(\"1\")] public virtual partial float L(ReadOnlySpan<float> z); } internal sealed partial class B : A { [Loss(\"2\")] public override partial float L(ReadOnlySpan<float> z); }",
        "internal readonly ref partial struct C { [Loss(\"1\")] public readonly partial float L(ReadOnlySpan<float> z); }",
        "internal partial record R(int X) { [Loss(\"1\")] private protected partial double L(ReadOnlySpan<double> z, out double part); }",
        "internal static partial class C { [Loss(\"1\")] public static partial float L(ReadOnlySpan<float> z); [Loss(\"1\", Program = \"Second\")] public static partial double L(ReadOnlySpan<double> z); [Loss(\"1\")] public static partial double l(ReadOnlySpan<double> z); }",
        "internal static partial class C { [Loss(\"1\")] public static partial void L(ReadOnlySpan<float> z, [Axes(\"n\")] Span<float> each); }",
        "internal static partial class C { [Loss(\"mean(z^2)\", Curvature = true)] public static partial float L(ReadOnlySpan<float> z); [Loss(\"z^2\", Curvature = true)] public static partial void M(ReadOnlySpan<Half> z, Span<Half> each); }",
        "internal static partial class C { [Loss(\"mean(z)^2\", Curvature = true)] public static partial float L(ReadOnlySpan<float> z); public static float Use(float[] z) => LCurvature(z, z, z); }",
        "internal static partial class C { [Loss(\"f = c < 2 ? z : -inf; mean(exp(f - (f > -inf ? round(f) : 0)))\")] public static partial float L([Axes(\"n, c\")] ReadOnlySpan<float> z, int c); }",
        "internal static partial class C { [Loss(null!)] public static partial ref readonly float L<T, S>(T[] x, ref float a, in int b, ref readonly int c, out S d, float[]? e = null, params ReadOnlySpan<float> z) where T : class?, new() where S : struct, IEquatable<S>; }",
    ];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Generated_files_have_no_warnings_of_their_own(string declaration) => AssertNoWarnings(GeneratorRun.Compile(declaration));

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Generated_files_for_devices_have_no_warnings_of_their_own(string declaration) => AssertNoWarnings(GeneratorRun.CompileForDevices(declaration));

    private static void AssertNoWarnings(CSharpCompilation input)
    {
        input = input.WithOptions(input.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Error).WithWarningLevel(9999));
        input = input.ReplaceSyntaxTree(
            input.SyntaxTrees[0],
            input.SyntaxTrees[0].WithRootAndOptions(
                input.SyntaxTrees[0].GetRoot(),
                ((CSharpParseOptions)input.SyntaxTrees[0].Options).WithDocumentationMode(DocumentationMode.Diagnose)));

        GeneratorRun run = GeneratorRun.Of(input);

        Assert.Empty(run.CompilerDiagnostics);
        Assert.NotEmpty(run.Sources);
    }

    [Fact]
    public void The_users_documentation_is_not_replaced()
    {
        LossSpec spec = DeclaredLosses.Spec("L", "partial class C {\n/// <summary>Mine.</summary>\n[Loss(\"a < b\")] public partial float L(ReadOnlySpan<float> z); }");
        string text = MemberWriter.WriteStubs(spec, EquatableArray<LossProblem>.Empty);
        string beforeMethod = text[..text.IndexOf("partial float L(", StringComparison.Ordinal)];
        Assert.DoesNotContain("///", beforeMethod, StringComparison.Ordinal);
        Assert.Contains("// a < b\n", beforeMethod, StringComparison.Ordinal);
        Assert.Contains("/// a &lt; b\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_file_has_program_and_kernels_after_the_type()
    {
        LossSpec spec = DeclaredLosses.Spec("L", "namespace N; static partial class C { [Loss(\"mean(z)\")] public static partial float L(ReadOnlySpan<float> z); }");
        SourceWriter writer = new();
        MemberWriter.WriteFile(writer, spec, new MemberBodies(
            body => body.WriteLine("return Kernels.Value(z);"),
            body => body.WriteLine("return Kernels.Value(z);"),
            "new(\n    \"L\", \"mean(z)\", [], [])",
            ["One pass."],
            ["zGradient = 1 / size(i)"],
            ["Two passes."],
            kernels =>
            {
                using (kernels.WriteBlock("file static class Kernels"))
                    kernels.WriteLine("internal static float Value(global::System.ReadOnlySpan<float> z) => z.Length;");
            }));
        CSharpCompilation compilation = GeneratorRun.Compile("namespace N; static partial class C { [Loss(\"mean(z)\")] public static partial float L(ReadOnlySpan<float> z); }")
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(writer.ToString(), new CSharpParseOptions(LanguageVersion.Preview), "L.g.cs"));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity != DiagnosticSeverity.Hidden));
        Assert.DoesNotContain(writer.ToString().Split('\n'), line => line.EndsWith(' '));
    }
}
