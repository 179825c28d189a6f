namespace LossGen.Compiler.Ir;

/// <summary>What passes that copy a graph must see to.</summary>
internal static class Recurrences
{
    /// <summary>
    /// Copies the states behind every read of the position before that stands outside of its recurrence.
    /// </summary>
    /// <param name="from">The graph that is copied.</param>
    /// <param name="to">The copy.</param>
    /// <param name="copied">The nodes copied so far; grows while <paramref name="copy"/> runs.</param>
    /// <param name="copy">Copies a node with all that it needs.</param>
    public static void Complete(Graph from, Graph to, IReadOnlyCollection<Node> copied, Action<Node> copy)
    {
        int before;
        do
        {
            before = copied.Count;
            IEnumerable<RecurrentState> missing = copied.Where(n => n.Is(Ops.Previous)).Select(n => n.State).Where(s => !to.HasScan(s.Recurrence));
            foreach (RecurrentState state in missing.OrderBy(s => s.Recurrence.Number).ThenBy(s => s.Index).ToList()) copy(from.ScanOf(state));
        }
        while (copied.Count > before);
    }
}
