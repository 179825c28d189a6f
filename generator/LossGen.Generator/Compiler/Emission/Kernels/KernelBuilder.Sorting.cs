using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Rows of keys that are sorted by a call of the runtime.</summary>
internal sealed partial class KernelBuilder
{
    private void Sort(Statement statement)
    {
        Statement keys = _statements[statement.Value[0]];
        _code.Add(new SortRow(RowOf(keys, (Axis)statement.Value.Payload!), RowOf(statement, (Axis)statement.Value.Payload!)));
    }

    /// <summary>The row of a stored value along an axis, at the positions of the loops around.</summary>
    private Row RowOf(Statement statement, Axis axis)
    {
        KernelBuffer buffer = StorageOf(statement);
        int dimension = StorageAxes(statement).IndexOf(axis);
        KernelExpression[] first = StorageAxes(statement).Select(a => ReferenceEquals(a, axis) ? new IntegerForm(AffineForm.Zero) : Value(_graph.Position(a))).ToArray();
        KernelExpression stride = LengthBehind(buffer, dimension, new IntegerForm(AffineForm.One));
        return new Row(buffer, FlatOffset(buffer, first), stride, axis.Size);
    }

    /// <summary>A row without loops around it is sorted between the nests.</summary>
    private void SortAtRoot(Statement statement)
    {
        KernelBuffer keys = WorkspaceOf(_statements[statement.Value[0]]), positions = WorkspaceOf(statement);
        _steps.Add(new SortStep(keys, positions, ((Axis)statement.Value.Payload!).Size));
    }
}
