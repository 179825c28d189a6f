using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// A second body for nests over rows that come to one value each: lanes across the rows, so that what a row has once is computed for as many rows at once,
/// and no lane is empty. It pays while rows are short, which only a call knows.
/// </summary>
internal sealed partial class KernelBuilder
{
    /// <summary>A chunk of fewer rows would be a vector's tail.</summary>
    private const int LeastRows = 16;

    private ShortRows? ShortRowsOf(Loop root, ImmutableArray<KernelStatement> usual)
    {
        if (!_vectorAxes.TryGetValue(root, out Axis? row) || ReferenceEquals(row, root.Axis) || !HasShortRows(root, row) || !IsRowByRow(usual, root.Axis)) return null;
        int longest = ShortRowCost.LongestRow(root, row, _statements.ContainsKey, WorkingElement);
        if (longest == 0) return null;

        ImmutableArray<PartialResult> partials = _nest.Partials.ToImmutableArray();
        ImmutableDictionary<Loop, Axis> vectorAxes = _vectorAxes;
        _vectorAxes = vectorAxes.SetItem(root, root.Axis);
        ImmutableArray<KernelStatement> body = BuildBody(root, partials);
        _vectorAxes = vectorAxes;
        if (_nest.Scratch.Any(a => a.Sizes.Length != 1 || !a.Sizes[0].Equals(row.Size))) return null;
        KernelStatement[] arrays = _nest.Scratch.Select(a => new DeclareArray(a, _nest.NewName(a.Name + "Room")))
            .Prepend<KernelStatement>(new Comment($"rows of up to {longest} positions: lanes along {root.Axis.Name}")).ToArray();
        return RowPanels.Run(body, root.Axis, row, WorkingElement, _nest.NewName) is { } turned
            ? new ShortRows(Condition(row, longest), row, longest, LeastRows, arrays.Concat(turned).ToImmutableArray())
            : null;
    }

    private static KernelExpression Condition(Axis row, int longest)
    {
        KernelExpression rows = new Operation(Ops.IntegerSubtract, [new ChunkBound(true), new ChunkBound(false)], false);
        KernelExpression isShort = new Operation(Ops.LessOrEqual, [new IntegerForm(row.Size), new IntegerForm(AffineForm.Of(longest))], false);
        return new Operation(Ops.And, [isShort, new Operation(Ops.GreaterOrEqual, [rows, new IntegerForm(AffineForm.Of(LeastRows))], false)], false);
    }

    /// <summary>Whether a nest has nothing but passes over its rows, of which at least one comes to a value for each row.</summary>
    private bool HasShortRows(Loop root, Axis row) =>
        !root.IsSequential
        && root.Body.OfType<Loop>().All(inner => ReferenceEquals(inner.Axis, row) && !_vectorAxes.ContainsKey(inner) && inner.Body.All(item => item is Statement))
        && root.Statements.All(s => s.Kind is StatementKind.Reduce or StatementKind.Materialize or StatementKind.Store && s.Elsewhere.IsEmpty && s.Consumers.All(c => c.ElsewhereOf(s).IsEmpty))
        && root.Statements.Any(s => s.Reduced.Contains(row) && s.StorageDepth == 1 && s.StorageAxes.IsEmpty);

    /// <summary>Whether rows are neither one loop with their neighbours nor in tiles.</summary>
    private static bool IsRowByRow(ImmutableArray<KernelStatement> body, Axis axis) =>
        body.Where(s => s is not (Comment or Declare or Fill or WritePartial)).All(s => s switch
        {
            JammedLoop loop => ReferenceEquals(loop.Axis, axis) && IsFlat(loop.Jammed) && IsFlat(loop.Single),
            ScalarLoop loop => ReferenceEquals(loop.Axis, axis) && IsFlat(loop.Body),
            PipelinedLoop loop => ReferenceEquals(loop.Axis, axis) && IsFlat(loop.First) && IsFlat(loop.Middle) && IsFlat(loop.Last),
            _ => false,
        });

    private static bool IsFlat(ImmutableArray<KernelStatement> block) => block.All(s => s is Comment or Declare or DeclareRow or Assign or Write or VectorLoop or Alternatives);
}
