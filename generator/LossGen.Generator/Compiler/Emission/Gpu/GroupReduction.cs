using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>How the prelude names the ways in which a group combines the values of its threads.</summary>
internal static class GroupReduction
{
    public static ReductionKind Kind(Op combination) =>
        combination.Is(Ops.Multiply) ? ReductionKind.Product : combination.Is(Ops.Max, Ops.NativeMax) ? ReductionKind.Max : combination.Is(Ops.Min) ? ReductionKind.Min : ReductionKind.Sum;

    public static string Word(ReductionKind kind) => kind switch
    {
        ReductionKind.Product => "product",
        ReductionKind.Max or ReductionKind.Peak => "max",
        ReductionKind.Min => "min",
        _ => "sum",
    };

    public static string Word(Op combination) => Word(Kind(combination));
}
