using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>Statements of one launch, or those without axes between two launches.</summary>
internal sealed class DeviceNest
{
    private readonly DeviceUnitShape _shape;
    private readonly IReadOnlyList<Axis> _axes;
    private readonly List<StatementFacts> _statements;

    public DeviceNest(DeviceUnit first, IReadOnlyList<Axis> axes)
    {
        _shape = first.Shape;
        _axes = axes;
        _statements = first.Members.ToList();
        Items = first.Items;
    }

    /// <summary>The axes of its items; empty for scalars, and where the loops have to be found.</summary>
    public AxisSet Items { get; }

    public IReadOnlyList<StatementFacts> Statements => _statements;

    public void Add(DeviceUnit unit) => _statements.AddRange(unit.Members);

    /// <summary>Whether a unit, whose sources all stand here or before, can run here.</summary>
    public bool Takes(DeviceUnit unit)
    {
        if (_shape == DeviceUnitShape.Scalar || unit.Shape == DeviceUnitShape.Scalar) return _shape == unit.Shape;
        return !Items.IsEmpty && Fits(unit) && unit.Members.All(IsLocal);
    }

    /// <summary>The axis along which neighbouring threads go; null where there is none.</summary>
    public Axis? ThreadAxis => Contiguous(_statements.Aggregate(AxisSet.Empty, (axes, s) => axes | s.Domain)
        - AxisSet.Of(_statements.SelectMany(s => s.Recurrences).Select(r => r.Axis)));

    /// <summary>The loops: one for each axis of the items, and what fusion makes of the statements inside.</summary>
    public IEnumerable<LoopItem> Loops()
    {
        if (_shape == DeviceUnitShape.Scalar) return _statements.Select(s => s.Statement);
        ImmutableArray<LoopItem> body = new LevelFusion(_statements, _axes, mayCut: false).Inside(Items);
        foreach (Axis axis in ItemOrder().Reverse()) body = ImmutableArray.Create<LoopItem>(new Loop(axis, body));
        return body;
    }

    /// <summary>The axis along which most of its memory is contiguous; null where there is none.</summary>
    private Axis? Contiguous(AxisSet among) =>
        AccessScore.Of(_statements, _axes, source => _axes.Where(source.Free.Contains).ToList()).Best(among, includeShort: true);

    /// <summary>Storage order, but neighbours in most of memory last: they go to neighbouring threads.</summary>
    private IEnumerable<Axis> ItemOrder()
    {
        Axis? last = Contiguous(Items);
        return _axes.Where(a => Items.Contains(a) && !ReferenceEquals(a, last)).Concat(last is null ? [] : [last]);
    }

    private bool Fits(DeviceUnit unit) => unit.Shape switch
    {
        DeviceUnitShape.Total => Items.IsSubsetOf(unit.Items),
        DeviceUnitShape.Elements => Items == unit.Items || (Items.IsSubsetOf(unit.Items) && unit.Sources.Any(_statements.Contains)),
        DeviceUnitShape.Row or DeviceUnitShape.Recurrence => Items == unit.Items,
        _ => false,
    };

    // Nothing is read at another item, nor before all items are done.
    private bool IsLocal(StatementFacts statement) =>
        statement.Links.Where(l => _statements.Contains(l.Source)).All(l => !l.Elsewhere.Overlaps(Items) && !l.Source.Reduced.Overlaps(Items));
}
