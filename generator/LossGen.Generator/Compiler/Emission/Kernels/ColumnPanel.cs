using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// What all rows of a tile share in lanes, apart from what each has of its own: it is computed once for a block of positions and some vectors,
/// and stands in a panel in the order of its use. Rows far apart in memory, which would push each other out of the first cache, are neighbours there.
/// Needs: the statements of a tile at one position. Gives: the same statements in two parts, the second of which reads the panel.
/// </summary>
internal sealed class ColumnPanel
{
    private readonly Declare[] _needed;
    private readonly int _vectors;

    private ColumnPanel(ImmutableArray<KernelStatement> shared, ImmutableArray<KernelStatement> ofRows, Declare[] needed, int vectors)
    {
        Shared = shared;
        OfRows = ofRows;
        _needed = needed;
        _vectors = vectors;
    }

    /// <summary>What is computed once for all rows.</summary>
    public ImmutableArray<KernelStatement> Shared { get; }

    /// <summary>What is computed for each row.</summary>
    public ImmutableArray<KernelStatement> OfRows { get; }

    /// <summary>How many values a position has.</summary>
    public int Count => _needed.Length;

    /// <summary>Vectors from a position to the next.</summary>
    public int Stride => Count * _vectors;

    /// <summary>The panel of a tile, or null where rows share no real numbers of memory, or also something else.</summary>
    public static ColumnPanel? Of(ImmutableArray<KernelStatement> tile, HashSet<KernelLocal> localsOfRows, Axis row, int vectors)
    {
        HashSet<KernelLocal> own = new(localsOfRows);
        var shared = ImmutableArray.CreateBuilder<KernelStatement>();
        var ofRows = ImmutableArray.CreateBuilder<KernelStatement>();
        foreach (KernelStatement statement in tile)
        {
            bool isShared = statement is Declare { Value: var value } && !value.SpeaksOf(row) && !value.Everything().Any(e => e is LocalValue { Local: var local } && own.Contains(local));
            (isShared ? shared : ofRows).Add(statement);
            if (!isShared && statement is Declare declare) own.Add(declare.Local);
        }

        HashSet<KernelLocal> used = new(ofRows.SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything).OfType<LocalValue>().Select(l => l.Local));
        Declare[] needed = shared.OfType<Declare>().Where(d => used.Contains(d.Local)).ToArray();
        bool isReal = needed.All(d => d.Local is { Type: ValueType.Real, IsLanes: true, Precision: Precision.Working });
        return needed.Length == 0 || !isReal ? null : new ColumnPanel(shared.ToImmutable(), ofRows.ToImmutable(), needed, vectors);
    }

    /// <summary>Writes the values of a position.</summary>
    public IEnumerable<KernelStatement> Writes(KernelBuffer panel, KernelExpression first, KernelExpression vector) =>
        _needed.Select((d, k) => new Write(At(panel, k, first, vector), new LocalValue(d.Local)));

    /// <summary>Reads them.</summary>
    public IEnumerable<Declare> Reads(KernelBuffer panel, KernelExpression first, KernelExpression vector) =>
        _needed.Select((d, k) => d with { Value = new Read(At(panel, k, first, vector)) });

    /// <summary>The places in memory where all that is needed stands, or nothing.</summary>
    public ImmutableArray<Place> InMemory(Model.ElementType element)
    {
        Place[] places = _needed.Select(d => d.Value).OfType<Read>().Select(r => r.Place)
            .Where(p => p is { Access: Access.Contiguous, Tests.IsEmpty: true, Buffer.HasLanes: false } && p.Buffer.Element == element && !p.Expressions().Any(e => e.Everything().Any(x => x is LocalValue))).ToArray();
        return places.Length == Count && Shared.Length == Count ? places.ToImmutableArray() : ImmutableArray<Place>.Empty;
    }

    private Place At(KernelBuffer panel, int slot, KernelExpression first, KernelExpression vector) =>
        new(panel, Access.Contiguous, Plus(Plus(first, new IntegerForm(AffineForm.Of(slot * _vectors))), vector), null, ImmutableArray<BoundsTest>.Empty, null);

    private static Operation Plus(KernelExpression a, KernelExpression b) => new(Ops.IntegerAdd, [a, b], false);
}
