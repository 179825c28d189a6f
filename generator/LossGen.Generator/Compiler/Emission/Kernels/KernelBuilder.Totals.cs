using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Sums and extremes over all chunks that are arrays: where they are nothing but an output, they come together there.</summary>
internal sealed partial class KernelBuilder
{
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

    /// <summary>Whether what a store writes stands there already.</summary>
    private bool IsInPlace(Statement store) => _statements.TryGetValue(store.Value, out Statement? source)
        && _workspaceOf.TryGetValue(source, out (KernelBuffer Buffer, ImmutableArray<Axis> Axes) home) && ReferenceEquals(home.Buffer, _layout.ByOutput[store.Output!]);
}
