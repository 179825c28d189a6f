using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>The sizes that the cost model assumes: a long outermost axis, short other ones, constants as they are.</summary>
internal static class NominalSizes
{
    private const double Outermost = 4096;
    private const double Other = 64;

    public static double Of(Axis axis)
    {
        if (axis.IsConstantSize) return Math.Max(1, axis.Size.Constant);
        return LoopOrder.Origin(axis).Index == 0 ? Outermost : Other;
    }

    /// <summary>Number of positions along some axes.</summary>
    public static double Of(IEnumerable<Axis> axes) => axes.Aggregate(1.0, (product, axis) => product * Of(axis));
}
