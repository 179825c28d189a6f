using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// The recurrences of a group whose axis is still to come. All that one of them carries goes into its loop together, so until that loop is
/// open it has one level, and no loop may open along an axis that a part of it reduces, lacks, or reads elsewhere.
/// </summary>
internal sealed class RecurrenceUnits
{
    private static readonly IReadOnlyList<StatementFacts> Nothing = Array.Empty<StatementFacts>();

    private readonly List<Unit> _units = new();
    private readonly Dictionary<StatementFacts, List<StatementFacts>> _together = new();

    private RecurrenceUnits(IReadOnlyList<StatementFacts> statements, AxisSet open)
    {
        foreach (StatementFacts statement in statements)
        {
            foreach (Recurrence recurrence in statement.Recurrences.Where(r => !open.Contains(r.Axis)))
            {
                Unit? unit = _units.FirstOrDefault(u => ReferenceEquals(u.Recurrence, recurrence));
                if (unit is null) _units.Add(unit = new Unit(recurrence));
                unit.Members.Add(statement);
            }
        }

        foreach (Unit unit in _units)
        {
            unit.Close();
            Join(unit.Members);
        }
    }

    public static RecurrenceUnits Of(IReadOnlyList<StatementFacts> statements, AxisSet open) => new(statements, open);

    /// <summary>The statements that have to stay at one level with this one, itself among them; empty when it is free.</summary>
    public IReadOnlyList<StatementFacts> Together(StatementFacts statement) =>
        _together.TryGetValue(statement, out List<StatementFacts>? members) ? members : Nothing;

    /// <summary>Whether a loop over the axis may be opened around a statement now.</summary>
    public bool Allow(StatementFacts statement, Axis axis) => _units.All(u => !u.Blocked.Contains(axis) || !u.Members.Contains(statement));

    /// <summary>The axes over which some recurrence forbids a loop around its own.</summary>
    public AxisSet Forbidden => _units.Aggregate(AxisSet.Empty, (axes, unit) => axes | unit.Blocked);

    /// <summary>Whether some recurrence forbids a loop over the axis.</summary>
    public bool Forbid(Axis axis) => _units.Any(u => u.Blocked.Contains(axis));

    /// <summary>Whether it is the axis of a recurrence that another loop could still go around.</summary>
    public bool IsRecurrent(Axis axis) => _units.Any(u => ReferenceEquals(u.Recurrence.Axis, axis));

    /// <summary>The axis of the first recurrence that its own parts allow to open; null when there is none.</summary>
    public Axis? FirstAxis() => _units
        .FirstOrDefault(u => _units.All(other => !other.Blocked.Contains(u.Recurrence.Axis) || !other.Members.Overlaps(u.Members)))?.Recurrence.Axis;

    private void Join(IEnumerable<StatementFacts> members)
    {
        var joined = new List<StatementFacts>();
        foreach (StatementFacts member in members)
        {
            foreach (StatementFacts other in _together.TryGetValue(member, out List<StatementFacts>? known) ? known : new List<StatementFacts> { member })
            {
                if (!joined.Contains(other)) joined.Add(other);
            }
        }

        foreach (StatementFacts member in joined) _together[member] = joined;
    }

    private sealed class Unit(Recurrence recurrence)
    {
        public Recurrence Recurrence { get; } = recurrence;

        public HashSet<StatementFacts> Members { get; } = new();

        public AxisSet Blocked { get; private set; }

        public void Close()
        {
            AxisSet common = Members.First().Free;
            foreach (StatementFacts member in Members)
            {
                common &= member.Free;
                Blocked |= member.Domain;
            }

            Blocked -= common;
            foreach (StatementLink link in Members.SelectMany(m => m.Links.Concat(m.Carried)).Where(l => Members.Contains(l.Source))) Blocked |= link.Elsewhere;
            Blocked -= AxisSet.Of(Recurrence.Axis);
        }
    }
}
