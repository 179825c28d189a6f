using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Puts statements into nests for devices, where a nest is a launch and thousands of its items run at once. Needs: statements in dependency
/// order. Gives: nests whose outermost loops are the axes that their values keep. A statement joins a nest where it can run inside of
/// its items, and where it reads nothing of another item.
/// </summary>
internal sealed class DeviceFusion
{
    private readonly IReadOnlyList<Axis> _axes;
    private readonly List<DeviceNest> _nests = new();
    private readonly Dictionary<StatementFacts, int> _nestOf = new();

    private DeviceFusion(IReadOnlyList<Axis> axes) => _axes = axes;

    /// <summary>The nests in order, and what stands between them.</summary>
    public static ImmutableArray<DeviceNest> Fuse(StatementGraph graph, IReadOnlyList<Axis> axes)
    {
        var fusion = new DeviceFusion(axes);
        RecurrenceUnits units = RecurrenceUnits.Of(graph.Statements, AxisSet.Empty);
        List<DeviceUnit> waiting = graph.Statements
            .Select(s => units.Together(s) is { Count: > 0 } together ? together : s.Alone)
            .GroupBy(members => members[0]).Select(g => DeviceUnit.Of(graph.Statements.Where(g.First().Contains).ToList(), axes)).ToList();
        while (waiting.Count > 0)
        {
            DeviceUnit next = waiting.FirstOrDefault(u => u.Sources.All(fusion._nestOf.ContainsKey))
                ?? throw new InvalidOperationException($"no nest for {waiting[0].Members[0]}");
            waiting.Remove(next);
            fusion.Place(next);
        }

        return fusion._nests.ToImmutableArray();
    }

    /// <summary>In the first nest behind its sources, or the one of them, that takes it.</summary>
    private void Place(DeviceUnit unit)
    {
        int first = unit.Sources.Select(s => _nestOf[s]).DefaultIfEmpty(0).Max();
        int at = Enumerable.Range(first, _nests.Count - first).Where(k => _nests[k].Takes(unit)).DefaultIfEmpty(_nests.Count).First();
        if (at == _nests.Count) _nests.Add(new DeviceNest(unit, _axes));
        else _nests[at].Add(unit);
        foreach (StatementFacts member in unit.Members) _nestOf[member] = at;
    }
}
