using LossGen.Tool.Schema;
using Xunit;

namespace LossGen.Gpu.Tests.Export;

/// <summary>The files that <c>lossgen export</c> writes.</summary>
public class ExportTests(ExportFolder folder) : IClassFixture<ExportFolder>
{
    private static readonly string[] Losses =
    [
        "ExportedLosses.Bent", "ExportedLosses.CrossEntropy", "ExportedLosses.DiceBce", "ExportedLosses.Drift", "ExportedLosses.Logistic", "ExportedLosses.OfEach", "ExportedLosses.Pairs",
        "LossGen.Gpu.Tests.Export.Twins.First.Squares.Of", "LossGen.Gpu.Tests.Export.Twins.Second.Squares.Of", "Squares.Inner.Distance",
    ];

    public static TheoryData<string> Names => [.. Losses];

    [Fact]
    public void Each_loss_has_a_plan_and_a_text_for_each_dialect() =>
        Assert.Equal(Losses.SelectMany(l => new[] { l + ".cl", l + ".cu", l + ".hip", l + ".json" }).Concat(["lossgen_opencl.py", "lossgen_run.py"]).Order(StringComparer.Ordinal), folder.Files);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_written_is_read_back(string name)
    {
        string json = folder.Read(name + ".json");
        ExportedLoss loss = ExportFormat.Read(json);
        Assert.Equal(json, ExportFormat.Write(loss));
        Assert.Equal(1, loss.Schema);
        Assert.EndsWith("." + name, "LossGen.Gpu.Tests.Export." + $"{loss.Class}.{loss.Name}", StringComparison.Ordinal);
        Assert.Equal(["cuda", "hip", "opencl"], loss.Kernels.Keys);
        Assert.All(loss.Kernels.Values, file => Assert.Contains(loss.Gradient.Passes[0].Kernel + "(", folder.Read(file), StringComparison.Ordinal));
        Assert.All(loss.Kernels.Values, file => Assert.Contains(loss.Value.Passes[0].Kernel + "(", folder.Read(file), StringComparison.Ordinal));
    }

    /// <summary>The plan names nothing that it does not also explain.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_argument_is_known(string name)
    {
        ExportedLoss loss = ExportFormat.Read(folder.Read(name + ".json"));
        foreach (ExportedPlan plan in new[] { loss.Value, loss.Gradient, loss.Curvature }.OfType<ExportedPlan>())
        {
            foreach (ExportedArgument argument in plan.Passes.SelectMany(p => p.Arguments).Where(a => a.Kind != "slots"))
            {
                IEnumerable<string> known = argument.Kind switch
                {
                    "tensor" => plan.Tensors.Select(t => t.Name),
                    "array" => plan.Arrays.Select(a => a.Name),
                    "size" => plan.Sizes.Select(s => s.Axis),
                    "integer" or "real" => plan.Scalars.Select(s => s.Name),
                    "groups" or "workers" => plan.Passes.Select(p => p.Kernel),
                    _ => [],
                };
                Assert.Contains(argument.Name!, known);
            }
        }
    }

    [Fact]
    public void A_second_export_has_the_same_bytes()
    {
        using ExportFolder again = new();
        Assert.All(folder.Files, file => Assert.Equal(File.ReadAllBytes(folder.Path(file)), File.ReadAllBytes(again.Path(file))));
        Assert.All(folder.Files, file => Assert.DoesNotContain('\r', folder.Read(file)));
    }

    [Fact]
    public void The_plan_says_what_was_declared()
    {
        ExportedLoss loss = ExportFormat.Read(folder.Read("ExportedLosses.Logistic.json"));
        Assert.Equal(("f64", "s = sum[k](x * w) + b; mean(softplus(s) - y * s) + 0.5 * ridge * sum(w * w)"), (loss.Real, loss.Formula));
        Assert.Equal(new ExportedParameter("x", "ReadOnlySpan<double>", "n, k"), loss.Parameters[0]);
        Assert.Equal(["w", "b"], loss.Derivatives.Select(d => d.Parameter));
        Assert.Equal(["argument k", "length y"], loss.Gradient.Sizes.Select(s => $"{s.Rule} {s.Parameter}"));
        Assert.Equal(["loss", "bGradient"], loss.Gradient.Results.Select(r => r.Name));
        Assert.Contains(loss.Gradient.Arrays, a => a is { Bytes: 8, Copies.Per: "worker" });
        Assert.Contains(loss.Gradient.Passes, p => p.MostWorkers == 512);

        ExportedLoss pairs = ExportFormat.Read(folder.Read("ExportedLosses.Pairs.json"));
        Assert.Contains(pairs.Value.Sizes, s => s is { Axis: "p", Rule: "computed", Expression.Operation: "floorDivide" });
        Assert.Contains(pairs.Value.Sizes, s => s is { Axis: "w", Rule: "dimension", Dimension: 1 });
    }

    [Fact]
    public void A_wrong_index_has_its_slot()
    {
        ExportedPlan plan = ExportFormat.Read(folder.Read("ExportedLosses.CrossEntropy.json")).Value;
        ExportedError error = Assert.Single(plan.Errors);
        Assert.Equal(("label", "c"), (error.Parameter, error.Axis));
        Assert.InRange(error.Slot, 0, plan.Slots.Count - 1);
    }
}
