using System.Globalization;
using System.Text.RegularExpressions;
using LossGen.Compiler.Ir;
using LossGen.Gpu.Tests.Export;
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

    /// <summary>The polynomial as the text has it, in float, beside float64.</summary>
    [Fact]
    public void Log1p_of_what_is_at_most_1_is_within_two_units_of_its_last_place()
    {
        string text = Prelude.With("LG_KERNEL(256) f(LG_G float* a) { a[0] = lg_log1punit(a[0]); }", isDouble: false);
        float[] coefficients = [.. Coefficient().Matches(text[text.IndexOf("lg_log1punit(float x)", StringComparison.Ordinal)..text.IndexOf("LG_KERNEL(256) f", StringComparison.Ordinal)])
            .Select(m => float.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(10, coefficients.Length);
        for (float x = 1; x > 1e-30f; x *= 0.9993f)
        {
            float p = coefficients[0];
            foreach (float next in coefficients[1..]) p = MathF.FusedMultiplyAdd(p, x, next);
            double sum = 1.0 + x, exact = sum == 1 ? x : Math.Log(sum) * x / (sum - 1), unit = MathF.BitIncrement((float)exact) - (float)exact;
            Assert.True(double.Abs((x * p) - exact) <= 2 * unit, $"{x:g9}: {x * p:g9}, expected {exact:g12}");
        }
    }

    /// <summary>A row's label is asked for before the loops, its logit before the loop that writes, and no loop looks for the label.</summary>
    [Fact]
    public void What_a_label_reads_comes_before_the_loops()
    {
        string text = ExportedLosses.CrossEntropyProgram.GradientKernels!.Source;
        string nest = text[text.IndexOf("LG_KERNEL(CrossEntropy_gradient_nest1_GROUP)", StringComparison.Ordinal)..];
        int label = nest.IndexOf("(lg_i64)label[n]", StringComparison.Ordinal), logit = nest.IndexOf("+ labelValue] : 0.0f)", StringComparison.Ordinal);
        int first = nest.IndexOf("LG_KEEP", StringComparison.Ordinal), gradient = nest.IndexOf("LG_STREAM", StringComparison.Ordinal);
        Assert.InRange(label, 1, first);
        Assert.InRange(logit, first, gradient);
        Assert.DoesNotContain("lg_near", nest, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?:\(|, )(-?\d[\d.]*)f\b")]
    private static partial Regex Coefficient();

    [GeneratedRegex(@"\blg_\w+")]
    private static partial Regex Function();
}
