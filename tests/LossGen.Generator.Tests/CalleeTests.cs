using LossGen.Compiler.Model;
using LossGen.Generator.Tests.Driver;
using Microsoft.CodeAnalysis;
using Xunit;

namespace LossGen.Generator.Tests;

/// <summary>Which losses a formula's calls may mean, found as C# would find them.</summary>
public class CalleeTests
{
    private const string Library = """
        using static Lib.Inner;
        namespace Lib
        {
            public static partial class Losses
            {
                [Loss("mean(z) * Inner.Square(z) * Far.Away(z) * Own(z)")]
                public static float Dice([Axes("n, c")] ReadOnlySpan<float> z, float smooth = 0.1f, long k = -3, bool on = true) => 0;

                [Loss("sum(z)")]
                public static float Own(ReadOnlySpan<float> z) => 0;
            }

            public static class Inner { [Loss("z^2")] public static float Square(ReadOnlySpan<double> z) => 0; }
        }

        namespace Lib.Deep.Down { public static class Far { [Loss("1")] public static double Away(ReadOnlySpan<float> z) => 0; } }
        """;

    [Theory]
    [InlineData("", "Lib.Losses.Dice(z)")]
    [InlineData("using Lib;", "Losses.Dice(z)")]
    [InlineData("using static Lib.Losses;", "Dice(z)")]
    [InlineData("using L = Lib.Losses;", "L.Dice[n: a, c: b](z, 2)")]
    public void A_call_is_found_through_usings_and_aliases_in_another_file(string directive, string call)
    {
        LossSpec spec = DeclaredLosses.Spec("User", User(directive, call), Library);
        AssertDice(spec);
    }

    [Theory]
    [InlineData("", "Lib.Losses.Dice(z)")]
    [InlineData("using Lib;", "Losses.Dice(z)")]
    [InlineData("using static Lib.Losses;", "Dice(z)")]
    [InlineData("using L = Lib.Losses;", "L.Dice(z)")]
    public void A_call_is_found_in_a_referenced_assembly_and_followed_there(string directive, string call)
    {
        Compilation compilation = GeneratorRun.Compile(User(directive, call)).AddReferences(GeneratorRun.Emit(GeneratorRun.Compile(Library)));
        AssertDice(DeclaredLosses.Read(compilation, "User").Spec);
    }

    [Fact]
    public void A_call_is_found_in_another_project_that_an_editor_references_by_its_sources()
    {
        Compilation compilation = GeneratorRun.Compile(User("using Lib;", "Losses.Dice(z)"))
            .AddReferences(GeneratorRun.Compile(Library).WithAssemblyName("Other").ToMetadataReference());
        AssertDice(DeclaredLosses.Read(compilation, "User").Spec);
    }

    [Fact]
    public void Every_overload_is_a_candidate_and_a_method_without_a_formula_is_none()
    {
        LossSpec spec = DeclaredLosses.Spec("User", User("", "Local(z)", """
            [Loss("1")] public static partial float Local(ReadOnlySpan<float> z);
            [Loss("2", Program = "P")] public static partial double Local(ReadOnlySpan<double> z);
            public static float Local(int n) => n;
            """));
        Assert.Equal([0, 1], Assert.Single(spec.Signature.Calls).Candidates);
        Assert.Equal(["1", "2"], spec.Callees.Select(c => c.Formula));
        Assert.Equal([ElementType.Single, ElementType.Double], spec.Callees.Select(c => c.RealType));
    }

    [Fact]
    public void Built_in_functions_and_unknown_names_are_no_calls_of_losses()
    {
        LossSpec spec = DeclaredLosses.Spec("User", User("", "mean(z) + sigmoid(z) + nothing(z) + No.Such(z) + Math.Abs(z)"));
        Assert.Empty(spec.Signature.Calls);
        Assert.Empty(spec.Callees);
    }

    [Fact]
    public void A_private_loss_of_another_class_is_out_of_scope()
    {
        LossSpec spec = DeclaredLosses.Spec("User", User("", "Other.Hidden(z)"), """
            static partial class Other { [Loss("1")] private static partial float Hidden(ReadOnlySpan<float> z); }
            """);
        Assert.Empty(spec.Callees);
    }

    [Fact]
    public void A_circle_of_calls_ends_and_each_loss_stands_once()
    {
        LossSpec spec = DeclaredLosses.Spec("User", User("", "A(z) + B(z) + A(z)", """
            [Loss("B(z)")] public static partial float A(ReadOnlySpan<float> z);
            [Loss("A(z) + User(z)")] public static partial float B(ReadOnlySpan<float> z);
            """));
        Assert.Equal(["Mine.A", "Mine.B", "Mine.User"], spec.Callees.Select(c => c.Name).Order());
        LossSignature b = spec.Callees.Single(c => c.Name == "Mine.B");
        Assert.Equal(["Mine.A", "Mine.User"], b.Calls.Select(call => spec.Callees[call.Candidates[0]].Name));
    }

    private static string User(string directive, string formula, string more = "") => $$"""
        {{directive}}
        public static partial class Mine
        {
            [Loss("{{formula}}")]
            public static partial float User(ReadOnlySpan<float> z);
            {{more}}
        }
        """;

    private static void AssertDice(LossSpec spec)
    {
        LossSignature dice = spec.Callees[Assert.Single(spec.Signature.Calls).Candidates.Single()];
        Assert.Equal("Losses.Dice", dice.Name);
        Assert.Equal("mean(z) * Inner.Square(z) * Far.Away(z) * Own(z)", dice.Formula);
        Assert.Equal(["n, c", null, null, null], dice.Parameters.Select(p => p.Axes));
        Assert.Equal([null, 0.1f, -3.0, 1.0], dice.Parameters.Select(p => p.Default));

        // Far is not in scope in the library either: the source says so at once, metadata has no usings to tell.
        Assert.Equal(["Inner.Square", "Own"], dice.Calls.Select(c => c.Name).Where(name => name != "Far.Away"));
        Assert.Contains(spec.Callees, c => c is { Name: "Inner.Square", Formula: "z^2" });
        Assert.Contains(spec.Callees, c => c is { Name: "Losses.Own", Formula: "sum(z)" });
    }
}
