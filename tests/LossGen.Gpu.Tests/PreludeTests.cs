using System.Text.RegularExpressions;
using LossGen.Compiler.Ir;
using Xunit;

namespace LossGen.Gpu.Tests;

/// <summary>The prelude has what the op table names.</summary>
public partial class PreludeTests
{
    public static TheoryData<string> Rows => [.. Ops.All.Where(op => op.C is not null).Select(op => op.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_function_of_the_op_table_is_defined(string row)
    {
        string text = Ops.All.Single(op => op.Name == row).C!;
        string[] types = ["lg_real", "lg_i64"];
        foreach (bool isDouble in new[] { false, true })
            Assert.Equal([], Function().Matches(text).Select(m => m.Value).Except(types).Except(Prelude.Names(isDouble)));
    }

    [Fact]
    public void Only_what_is_used_is_written()
    {
        string text = Prelude.With("LG_KERNEL(256) f(LG_G float* a) { a[0] = lg_sigmoid(a[0]); }", isDouble: false);
        Assert.Contains("lg_sigmoid(float x)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("lg_digamma", text, StringComparison.Ordinal);
        Assert.DoesNotContain("lgw_sigmoid", text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\blg_\w+")]
    private static partial Regex Function();
}
