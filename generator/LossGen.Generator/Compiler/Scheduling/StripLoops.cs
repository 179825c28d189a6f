using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// The order of loops inside of a strip. The first pass brings rows one after the other, as they lie in memory; for passes after it they are in a cache,
/// where a reduction across rows does better in a register for each position than in a row of accumulators that each row reads and writes.
/// </summary>
internal static class StripLoops
{
    /// <summary>
    /// Whether the loop across rows goes inside of that along the strip: all it reduces has a value for each position of the strip, and what it keeps stays there.
    /// Rows of an output, or of what a later strip reads, are far from each other, and are written one after the other as well.
    /// </summary>
    public static bool GoInside(IReadOnlyList<StatementFacts> nest, Axis across, Axis along, Func<StatementFacts, bool> isOfStrip)
    {
        bool reduces = false;
        foreach (StatementFacts statement in nest)
        {
            if (!statement.Domain.Contains(along) || statement.Reduced.Contains(along) || statement.Statement.Kind == StatementKind.Store) return false;
            if (statement.Statement.Kind == StatementKind.Materialize && statement.Free.Contains(across) && !statement.Readers.All(r => isOfStrip(r.Reader))) return false;
            reduces |= statement.Reduced.Contains(across);
        }

        return reduces;
    }
}
