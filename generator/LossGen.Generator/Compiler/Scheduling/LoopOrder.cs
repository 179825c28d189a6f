using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>The order in which loops nest when nothing else decides: storage order, with a second walk over an axis right after the first.</summary>
internal static class LoopOrder
{
    public static IReadOnlyList<Axis> Of(IReadOnlyList<Axis> axes) => axes.OrderBy(a => Origin(a).Index).ThenBy(a => a.Index).ToList();

    /// <summary>The axis whose length this one has or is derived from; itself when it has its own.</summary>
    public static Axis Origin(Axis axis)
    {
        foreach (AffineTerm term in axis.Size.Terms)
        {
            if (term.Symbol.Kind == SymbolKind.Size) return term.Symbol.Axis!;
        }

        return axis;
    }
}
