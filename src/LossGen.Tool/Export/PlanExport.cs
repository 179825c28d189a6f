using LossGen.Gpu.Plans;
using LossGen.Tool.Schema;

namespace LossGen.Tool.Export;

/// <summary>A launch plan in the terms of the schema.</summary>
internal static class PlanExport
{
    private const string Wide = "wide";

    public static ExportedPlan Of(LaunchPlan plan) => new(
        [.. plan.Tensors.Select(t => new ExportedTensor(t.Name, t.Role, t.Element, SizeExport.Forms(t.Sizes)))],
        [.. plan.Scalars.Select(s => new ExportedScalar(s.Name, s.Element))],
        [.. plan.Sizes.Select(SizeExport.Of)],
        [.. plan.Limits.Select(l => new ExportedLimit(l.Axis, SizeExport.Form(l.Size), l.Least, l.Greatest == long.MaxValue ? null : l.Greatest, l.Parameter))],
        new ExportedSlots(plan.Slots, Wide),
        [.. plan.Results.Select(r => new ExportedResult(r.Name, r.Slot, r.Element))],
        [.. plan.Checks.Select(c => new ExportedError(c.Slot, c.Parameter, c.Axis, SizeExport.Form(c.Size)))],
        [.. plan.Arrays.Select(a => Array(plan, a)), .. plan.Passes.Where(p => p.Partials > 0).Select(p => Partials(plan, p))],
        [.. plan.Passes.Select(p => Pass(plan, p))]);

    private static ExportedArray Array(LaunchPlan plan, PlanArray array) => new(
        array.Name, array.Element, plan.BytesOf(array.Element), SizeExport.Forms(array.Sizes), array.Worker is { } worker ? new ExportedCopies("worker", worker) : null);

    /// <summary>What the groups of a pass have each added up.</summary>
    private static ExportedArray Partials(LaunchPlan plan, PlanPass pass) => new(
        pass.PartialsName, "pair", plan.BytesOf("pair"), [SizeExport.Form(new() { [""] = pass.Partials!.Value })], new ExportedCopies("group", pass.Kernel));

    private static ExportedPass Pass(LaunchPlan plan, PlanPass pass) => new(
        pass.Kernel,
        pass.IsNest ? "items" : pass.Items.Length > 0 ? "elements" : "group",
        SizeExport.Forms(pass.Items),
        pass.Lanes is { } lanes ? SizeExport.Form(lanes) : null,
        pass.Merges == true ? NestShape.MostMerged : null,
        pass.Vectors is { } vectors ? new ExportedVectors(vectors.Width, [.. vectors.Arrays.Select(a => Argument(plan, a))], SizeExport.Forms(vectors.Rows), vectors.Kept is { } kept ? new ExportedKept(kept.Width, kept.Bytes) : null) : null,
        pass.Tile is { } tile ? new ExportedTile(tile.Threads, tile.Most, tile.Items) : null,
        pass.IsNest ? Definitions(pass) : null,
        [.. pass.Arguments.Select(argument => Argument(plan, argument))]);

    private static ExportedDefinitions Definitions(PlanPass pass)
    {
        bool keeps = pass.Vectors?.Kept is not null;
        return new ExportedDefinitions(
            NestShape.LanesMacro(pass.Kernel), NestShape.GroupMacro(pass.Kernel), pass.Vectors is null ? null : NestShape.AlignedMacro(pass.Kernel),
            keeps ? NestShape.KeptMacro(pass.Kernel) : null, keeps ? NestShape.RoomMacro(pass.Kernel) : null, keeps ? NestShape.RestMacro(pass.Kernel) : null);
    }

    private static ExportedArgument Argument(LaunchPlan plan, string argument)
    {
        if (argument == "slots") return new(argument);
        if (plan.Tensors.FirstOrDefault(t => t.Buffer == argument) is { } tensor) return new("tensor", tensor.Name);
        if (plan.Arrays.Any(a => a.Name == argument) || plan.Passes.Any(p => p.PartialsName == argument)) return new("array", argument);
        string[] parts = argument.Split(':', 2);
        return parts[0] switch
        {
            "size" or "integer" or "groups" or "workers" => new(parts[0], parts[1], "i64"),
            "real" => new(parts[0], parts[1], Wide),
            _ => throw new NotSupportedException($"The launch plan has an argument '{argument}'."),
        };
    }
}
