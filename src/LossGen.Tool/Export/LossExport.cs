using LossGen.Gpu.Plans;
using LossGen.Tool.Assemblies;
using LossGen.Tool.Schema;

namespace LossGen.Tool.Export;

/// <summary>A loss in the terms of the schema.</summary>
internal static class LossExport
{
    public static ExportedLoss Of(FoundLoss loss, Dictionary<string, string> kernels)
    {
        LaunchPlan value = LaunchPlan.Parse(loss.Program!.ValueKernels!.Plan), gradient = LaunchPlan.Parse(loss.Program.GradientKernels!.Plan);
        return new(
            ExportedLoss.CurrentSchema,
            LossAssembly.ToolVersion,
            loss.Namespace.Length == 0 ? loss.Class : $"{loss.Namespace}.{loss.Class}",
            loss.Name,
            loss.Program.Formula.ReplaceLineEndings("\n"),
            value.Real,
            [.. loss.Program.Parameters.Select(p => new ExportedParameter(p.Name, p.Type, p.Axes))],
            [.. loss.Program.Gradients.Select(g => new ExportedDerivative(g.Parameter, g.Formula))],
            kernels,
            Grid(),
            PlanExport.Of(value),
            PlanExport.Of(gradient),
            loss.Program.CurvatureKernels is { } curvature ? PlanExport.Of(LaunchPlan.Parse(curvature.Plan)) : null);
    }

    private static ExportedGrid Grid() => new(
        NestShape.Threads,
        NestShape.MostGroups,
        NestShape.MostScratch,
        LaneSteps(NestShape.LaneSteps),
        NestShape.MostLanes,
        NestShape.MostVectorGroups,
        LaneSteps(NestShape.VectorLaneSteps),
        LaneSteps(NestShape.KeptLaneSteps),
        [.. KeptVectors.RegisterSteps.Select(step => new ExportedByteStep(step.UpTo == long.MaxValue ? null : step.UpTo, step.Bytes))],
        KeptVectors.FewBytes,
        NestShape.FewLanes,
        KeptVectors.Reserved,
        NestShape.FewTiles,
        PlanVectors.Alignment);

    private static ExportedLaneStep[] LaneSteps((long UpTo, int Lanes)[] steps) => [.. steps.Select(step => new ExportedLaneStep(step.UpTo == long.MaxValue ? null : step.UpTo, step.Lanes))];
}
