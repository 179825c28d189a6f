using System.Text.RegularExpressions;
using LossGen.Tool.Schema;
using Xunit;

namespace LossGen.Gpu.Tests.Export;

/// <summary>The page's C++ launches what the plan says, with the plan's arguments.</summary>
public partial class ExportPageTests(ExportFolder folder) : IClassFixture<ExportFolder>
{
    [Fact]
    public void The_launches_of_the_page_are_those_of_the_plan()
    {
        ExportedPlan plan = ExportFormat.Read(folder.Read("ExportedLosses.DiceBce.json")).Gradient;
        IEnumerable<string> launches = Launch().Matches(Page()).Select(m => m.Value);
        Assert.Equal(plan.Passes.Select(p => $"launch(\"{p.Kernel}\", {(p.Grid == "group" ? "1" : "groups")}, {{{string.Join(", ", p.Arguments.Select(Written))}}});"), launches);
        Assert.Contains($"allocate({plan.Slots.Count} * sizeof(double))", Page(), StringComparison.Ordinal);
        Assert.Contains($"// slots[{plan.Results[0].Slot}] is the loss, slots[{plan.Results[1].Slot}] its part dice, slots[{plan.Results[2].Slot}] its part bce.", Page(), StringComparison.Ordinal);
    }

    private static string Written(ExportedArgument argument) => argument.Kind switch
    {
        "slots" or "groups" => "&" + argument.Kind,
        "array" => "&partials",
        "size" => "&n",
        _ => "&" + argument.Name,
    };

    private static string Page()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "LossGen.sln"))) root = root.Parent;
        return File.ReadAllText(Path.Combine(root!.FullName, "docs", "gpu.md"));
    }

    [GeneratedRegex(@"^launch\(.*\);", RegexOptions.Multiline)]
    private static partial Regex Launch();
}
