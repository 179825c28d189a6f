using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Register tiles for sums along the lanes over two loops, as in a matrix of inner products or distances: some rows of either side go
/// through the vector loop together, each vector loaded once for all of the other side; and blocks of rows stay in the caches meanwhile.
/// Needs: a nest's body in its final form, before <see cref="LoopJamming"/>. Gives: the same sums, the terms of each in one order
/// wherever its rows stand.
/// </summary>
internal sealed class DotTiling
{
    /// <summary>Vectors that a register file holds at least.</summary>
    private const int Registers = 16;

    /// <summary>Rows of the outer loop that stay in the first cache, a multiple of all heights of tiles.</summary>
    private const int OuterBlock = 8;

    /// <summary>Rows of the inner loop that stay in the second cache, a multiple of all widths of tiles.</summary>
    private const int InnerBlock = 48;

    /// <summary>Heights and widths by falling ratio of operations to loads.</summary>
    private static readonly (int Outer, int Inner)[] Tiles = [(4, 3), (4, 2), (2, 3), (2, 2)];

    private readonly ScalarLoop _outer;
    private readonly ScalarLoop _inner;
    private readonly Func<string, string> _newName;

    private DotTiling(ScalarLoop outer, ScalarLoop inner, Func<string, string> newName)
    {
        _outer = outer;
        _inner = inner;
        _newName = newName;
    }

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body, Func<string, string> newName) =>
        body.SelectMany(s => s is BlockLoop block ? [block with { Body = Run(block.Body, newName) }] : s is ScalarLoop loop ? Run(loop, newName) : [s]).ToImmutableArray();

    private static ImmutableArray<KernelStatement> Run(ScalarLoop loop, Func<string, string> newName)
    {
        ScalarLoop? inner = loop.Body.Count(s => s is not Comment) == 1 ? loop.Body.OfType<ScalarLoop>().FirstOrDefault() : null;
        if (inner is null || !Accepts(loop, inner, newName)) return [loop with { Body = Run(loop.Body, newName) }];
        (int rows, int columns) = TileOf(loop, inner);

        // One vector a step: the accumulators of a tile need not wait for one another.
        inner = inner with { Body = inner.Body.Select(s => s is VectorLoop v ? v with { Unroll = 1 } : s).ToImmutableArray() };
        return loop.Body.OfType<Comment>().Concat(new DotTiling(loop, inner, newName).Tiled(rows, columns)).ToImmutableArray();
    }

    /// <summary>Whether tiles fit two loops, the inner one alone in the outer one.</summary>
    public static bool Accepts(ScalarLoop loop, ScalarLoop inner, Func<string, string> newName) =>
        inner.Body.OfType<VectorLoop>().FirstOrDefault() is { Accumulators.IsEmpty: false } && LoopJamming.OnlyVectors(inner.Body) is not null
        && TileOf(loop, inner).Outer > 0 && LoopJamming.MayJam(loop, newName) && LoopJamming.MayJam(inner, newName);

    private static (int Outer, int Inner) TileOf(ScalarLoop loop, ScalarLoop inner) =>
        Tiles.FirstOrDefault(t => Held(inner.Body.OfType<VectorLoop>().First(), loop.Axis, inner.Axis, t) <= Registers);

    /// <summary>Vectors that a tile holds: its accumulators, one side of what it reads, a vector of the other side, and what it computes on the way.</summary>
    private static int Held(VectorLoop vectors, Axis outer, Axis inner, (int Outer, int Inner) tile)
    {
        Read[] reads = vectors.Body.SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything).OfType<Read>().Where(r => r.IsLanes).ToArray();
        int ofInner = reads.Count(r => r.SpeaksOf(inner)), others = reads.Length - ofInner;
        bool computes = vectors.Body.Any(s => s is Declare { Value: Operation } || (s is Assign assign && assign.Value.Everything().OfType<Operation>().Count(o => o.Lanes) > 1));
        return (tile.Outer * tile.Inner * vectors.Accumulators.Length) + (tile.Inner * ofInner) + others + (computes ? 1 : 0);
    }

    private ImmutableArray<KernelStatement> Tiled(int rows, int columns)
    {
        (Axis outerStart, KernelLocal outerEnd) = Bounds(_outer.Axis);
        (Axis innerStart, KernelLocal innerEnd) = Bounds(_inner.Axis);
        ScalarLoop ofRows = _inner with { Body = LoopJamming.BodyOf(_outer with { Body = _inner.Body }, rows, _newName) };
        JammedLoop Rows(ImmutableArray<KernelStatement> tile, ImmutableArray<KernelStatement> single) =>
            new(_outer.Axis, Position(outerStart), new LocalValue(outerEnd), rows, tile, single);
        JammedLoop pairs = new(
            _inner.Axis,
            Position(innerStart),
            new LocalValue(innerEnd),
            columns,
            [Rows(Jammed(ofRows, columns), Jammed(_inner, columns))],
            [Rows(RowReferences.Run(ofRows.Body, _newName), RowReferences.Run(_inner.Body, _newName))]);
        BlockLoop outer = new(_outer.Axis, outerStart, outerEnd, _outer.From, _outer.To, OuterBlock, [pairs]);
        return [new BlockLoop(_inner.Axis, innerStart, innerEnd, _inner.From, _inner.To, InnerBlock, [outer])];
    }

    private ImmutableArray<KernelStatement> Jammed(ScalarLoop loop, int copies) => RowReferences.Run(LoopJamming.BodyOf(loop, copies, _newName), _newName);

    private (Axis Start, KernelLocal End) Bounds(Axis axis)
    {
        string name = axis.Name.Replace("'", "");
        return (new Axis(axis.Index, _newName("from_" + name), size: null, isLocal: false), new KernelLocal(_newName("until_" + name), ValueType.Integer, false, Precision.Working));
    }

    private static IntegerForm Position(Axis axis) => new(AffineForm.Of(Symbol.PositionOf(axis)));
}
