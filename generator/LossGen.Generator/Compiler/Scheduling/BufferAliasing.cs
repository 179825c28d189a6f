namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Lets kept values live in the caller's output buffers. A buffer of the same axes holds a value until the buffer's own store, provided that
/// every reader comes no later than that store and reads at its own index. Each buffer holds one value, and none of less precision than it has.
/// What is read of a tensor is kept for another order of its elements, which a buffer does not have. What is computed for all rows of a strip at each position
/// has rows of its own, which stay in a cache: those of a buffer are far from each other.
/// </summary>
internal static class BufferAliasing
{
    public static void Apply(StatementGraph graph)
    {
        var taken = new HashSet<Statement>();
        List<Statement> stores = graph.Statements.Select(s => s.Statement).Where(s => s.Kind == StatementKind.Store && s.Output!.MayHoldValues).ToList();
        foreach (StatementFacts facts in graph.Statements)
        {
            Statement value = facts.Statement;
            if (value.Kind != StatementKind.Materialize || value.IsTemporary || value.StorageAxes.IsEmpty) continue;
            if (value.Value.Type != Ir.ValueType.Real || value.Value.Op.Is(Ir.Ops.Operand, Ir.Ops.Load) || facts.Readers.Any(r => !r.Elsewhere.IsEmpty)) continue;
            if (IsAcrossStrip(value)) continue;
            Statement? store = stores.FirstOrDefault(s => !taken.Contains(s) && Fits(value, s));
            if (store is null) continue;
            taken.Add(store);
            value.Alias = store.Output;
        }
    }

    /// <summary>Whether a value that stays in a strip is computed position by position, for all rows each.</summary>
    private static bool IsAcrossStrip(Statement value) =>
        value.Path.Take(value.StorageDepth).FirstOrDefault(l => l.StripsOf is not null) is { } strips && !ReferenceEquals(value.Path[value.Path.Length - 1].Axis, strips.StripsOf);

    /// <summary>Whether the buffer of a store has the value's axes and is not written before the last reader is done.</summary>
    public static bool Fits(Statement value, Statement store) =>
        store.Free == value.Free && value.Position < store.Position && value.Consumers.All(c => c.Position <= store.Position);
}
