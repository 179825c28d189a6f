using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Sums and extremes over all chunks that are arrays: where they are nothing but an output, they come together there.</summary>
internal sealed partial class KernelBuilder
{
    // Statements that add to one array, with the first of them, whose array it is.
    private readonly Dictionary<Statement, Statement> _together = new();

    /// <summary>
    /// The output that what comes together over all chunks goes to at once: one that has its axes and is not written before the last reader is done.
    /// </summary>
    private KernelOutput? OutputOf(Statement statement, ImmutableArray<Axis> axes)
    {
        if (!statement.Accumulates || statement.AccumulatorDepth > 0 || statement.Value.Type != ValueType.Real) return null;
        if (statement.Consumers.Any(reader => !reader.ElsewhereOf(statement).IsEmpty)) return null;
        return _tree.Statements.Where(store => store.Kind == StatementKind.Store && store.Output!.MayHoldValues && store.Output.Axes.SequenceEqual(axes))
            .FirstOrDefault(store => BufferAliasing.Fits(statement, store) && IsFree(store.Output!))?.Output;

        bool IsFree(KernelOutput output) => !_tree.Statements.Any(s => ReferenceEquals(s.Alias, output)) && !_workspaceOf.Values.Any(w => ReferenceEquals(w.Buffer, _layout.ByOutput[output]));
    }

    /// <summary>Finds scatters of one nest of which nothing but the sum is needed, as the gradient of a table that is read at several indices: all of them use one array.</summary>
    private void PutTogether(Loop root)
    {
        foreach (Statement store in _tree.Statements.Where(s => s.Kind == StatementKind.Store && s.Value.Is(Ops.Add)))
        {
            Statement[] terms = [.. Terms(store.Value).Select(t => _statements.TryGetValue(t, out Statement? s) ? s : store).OrderBy(s => s.Position)];
            if (terms.Distinct().Count() < terms.Length || !terms.All(t => t.Kind == StatementKind.Scatter && t.AccumulatorDepth == 0 && ReferenceEquals(t.Path[0], root) && t.Consumers.Length == 1)) continue;
            ImmutableArray<Axis> axes = AccumulatorAxes(terms[0]);
            if (!terms.All(t => AccumulatorAxes(t).SequenceEqual(axes)) || !ReferenceEquals(OutputOf(terms[0], axes), store.Output)) continue;
            _workspaceOf[terms[0]] = (_layout.ByOutput[store.Output!], axes); // at once: no other statement may take it
            foreach (Statement term in terms) _together[term] = terms[0];
        }
    }

    /// <summary>The statement whose array another one adds to; null for one with an array of its own.</summary>
    private Statement? FirstBefore(Statement statement) => _together.TryGetValue(statement, out Statement first) && !ReferenceEquals(first, statement) ? first : null;

    private static IEnumerable<Node> Terms(Node sum) => sum.Is(Ops.Add) ? Terms(sum[0]).Concat(Terms(sum[1])) : [sum];

    /// <summary>Whether what a store writes stands there already.</summary>
    private bool IsInPlace(Statement store) => Terms(store.Value).All(term => _statements.TryGetValue(term, out Statement? source) && _together.ContainsKey(source))
        || (_statements.TryGetValue(store.Value, out Statement? source)
        && _workspaceOf.TryGetValue(source, out (KernelBuffer Buffer, ImmutableArray<Axis> Axes) home) && ReferenceEquals(home.Buffer, _layout.ByOutput[store.Output!]));
}
