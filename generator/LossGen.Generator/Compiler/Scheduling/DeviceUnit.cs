using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>What goes into one nest of a device: a statement, or all that a recurrence carries.</summary>
/// <param name="Members">In dependency order.</param>
/// <param name="Items">The axes whose positions can run at once; empty where there are none, or where loops have to be found.</param>
/// <param name="Shape">How it may stand in a nest.</param>
internal sealed record DeviceUnit(IReadOnlyList<StatementFacts> Members, AxisSet Items, DeviceUnitShape Shape)
{
    /// <summary>The statements of other units that it reads.</summary>
    public IEnumerable<StatementFacts> Sources => Members.SelectMany(m => m.Links).Select(l => l.Source).Where(s => !Members.Contains(s));

    public static DeviceUnit Of(IReadOnlyList<StatementFacts> members, IReadOnlyList<Axis> axes)
    {
        StatementFacts statement = members[0];
        if (members.Any(m => m.Recurrences.Length > 0)) return new(members, ItemsOfRecurrence(members), DeviceUnitShape.Recurrence);
        if (statement.Domain.IsEmpty) return new(members, AxisSet.Empty, DeviceUnitShape.Scalar);
        if (statement.Statement.Kind == StatementKind.Sort || IsColumnSum(statement, axes)) return new(members, AxisSet.Empty, DeviceUnitShape.Array);
        if (!statement.Reduced.IsEmpty && statement.Free.IsEmpty) return new(members, statement.Reduced, DeviceUnitShape.Total);
        return new(members, Kept(statement), statement.Reduced.IsEmpty ? DeviceUnitShape.Elements : DeviceUnitShape.Row);
    }

    // The axes that all of it keeps, along which no iteration reads another position.
    private static AxisSet ItemsOfRecurrence(IReadOnlyList<StatementFacts> members)
    {
        AxisSet items = members.Aggregate(members[0].Free, (common, member) => common & member.Free);
        foreach (StatementFacts member in members)
        {
            items -= AxisSet.Of(member.Recurrences.Select(r => r.Axis));
            foreach (StatementLink link in member.Links.Concat(member.Carried).Where(l => members.Contains(l.Source))) items -= link.Elsewhere;
        }

        return items;
    }

    // Sums along the outer axis of memory, as those over samples for each parameter: few of them, each of them long, and neighbours in memory.
    private static bool IsColumnSum(StatementFacts statement, IReadOnlyList<Axis> axes) =>
        !statement.Reduced.IsEmpty && !statement.Free.IsEmpty && FusionGroup.Unbounded(statement.Reduced, axes) > 0
        && (FusionGroup.Unbounded(Kept(statement), axes) == 0
            || (FusionGroup.Unbounded(Kept(statement), axes) == 1 && AxisChoice.RowAxis([statement], axes) is { } row && statement.Free.Contains(row)));

    // The axes that it keeps and loops over.
    private static AxisSet Kept(StatementFacts statement) => statement.Free - statement.Statement.Targets;
}

/// <summary>How a unit may stand in a nest.</summary>
internal enum DeviceUnitShape
{
    /// <summary>No axes: between nests.</summary>
    Scalar,

    /// <summary>A value for each position of its items, with nothing to add up across these.</summary>
    Elements,

    /// <summary>A reduction for each item.</summary>
    Row,

    /// <summary>A reduction over all items, to one number.</summary>
    Total,

    /// <summary>An array that items accumulate into together, or rows that are sorted: in a nest of its own.</summary>
    Array,

    /// <summary>All that a recurrence carries.</summary>
    Recurrence,
}
