using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// The levels of a group along an axis: a level is one loop over it, and before the loop what stands beside it. First each statement takes
/// the earliest level that what it reads allows; then statements sink to the level of their consumers, so that values stay in registers,
/// unless they are to be computed early. Recurrences in opposite directions never share a level, what a recurrence carries shares its own, and
/// a nest has lanes along one axis: statements that would need others have nests of their own.
/// </summary>
internal sealed class Levels
{
    private readonly FusionGroup _group;
    private readonly RecurrenceUnits _units;
    private readonly StatementMap<bool> _inside;
    private readonly Axis _axis;
    private readonly StatementMap<int> _level;
    private readonly Dictionary<int, int> _direction = new();
    private readonly List<StatementFacts> _scans;
    private readonly bool _hasLanes;

    private Levels(FusionGroup group, RecurrenceUnits units, StatementMap<bool> inside, Axis axis, bool isRoot)
    {
        _group = group;
        _units = units;
        _inside = inside;
        _axis = axis;
        _level = new();
        _scans = new();
        if (group.Statements.Any(statement => Direction(statement) != 0)) CollectScans();
        _hasLanes = isRoot && group.Statements.Any(s => s.Lanes is not null && inside[s]);
    }

    private Levels(Levels earliest)
    {
        _group = earliest._group;
        _units = earliest._units;
        _inside = earliest._inside;
        _axis = earliest._axis;
        _level = new(earliest._level);
        _scans = earliest._scans;
        _hasLanes = earliest._hasLanes;
    }

    /// <summary>The last level; what stands beside the loops may be one behind the last loop.</summary>
    public int Last { get; private set; }

    public int this[StatementFacts statement] => _level[statement];

    /// <summary>The earliest levels.</summary>
    public static Levels Earliest(FusionGroup group, RecurrenceUnits units, StatementMap<bool> inside, Axis axis, bool isRoot)
    {
        var levels = new Levels(group, units, inside, axis, isRoot);
        while (levels.Raise())
        {
        }

        return levels;
    }

    /// <summary>The levels where all statements but the early ones sink from their earliest.</summary>
    public Levels Sunk(StatementSet early)
    {
        var levels = new Levels(this);
        int top = 0;
        foreach (StatementFacts statement in _group.Statements) top = Math.Max(top, _inside[statement] ? _level[statement] : 0);
        foreach (StatementFacts scan in _scans) levels._direction[_level[scan]] = scan.DirectionAlong(_axis);
        levels.Sink(top, early);
        levels.Last = top + 1;
        foreach (StatementFacts statement in _group.Statements) levels.Last = Math.Max(levels.Last, levels[statement]);
        return levels;
    }

    /// <summary>The recurrences along the axis, each after those that it, or what belongs together with it, reads.</summary>
    private void CollectScans()
    {
        var visited = new HashSet<StatementFacts>();
        void Visit(StatementFacts statement)
        {
            IReadOnlyList<StatementFacts> members = Members(statement);
            if (visited.Contains(statement)) return;
            visited.UnionWith(members);
            foreach (StatementLink link in members.SelectMany(m => m.Links).Where(l => _group.Contains(l.Source))) Visit(link.Source);
            _scans.AddRange(members.Where(m => Direction(m) != 0));
        }

        foreach (StatementFacts statement in _group.Statements) Visit(statement);
    }

    private IReadOnlyList<StatementFacts> Members(StatementFacts statement) =>
        _units.Together(statement) is { Count: > 0 } together ? together : statement.Alone;

    private int Direction(StatementFacts statement) => _inside[statement] ? statement.DirectionAlong(_axis) : 0;

    private bool Raise()
    {
        bool raised = false;
        for (int i = 0; i < _group.Statements.Count; i++)
        {
            StatementFacts statement = _group.Statements[i];
            int level = _level[statement];
            foreach (StatementLink link in statement.Links)
            {
                if (_group.Contains(link.Source)) level = Math.Max(level, _level[link.Source] + Step(link, statement));
            }

            foreach (StatementFacts other in _units.Together(statement)) level = Math.Max(level, _level[other]);
            int direction = Direction(statement);
            while (direction != 0 && _scans.TakeWhile(s => !ReferenceEquals(s, statement)).Any(s => Direction(s) == -direction && _level[s] == level)) level++;

            while (IsApart(statement, level, before: i)) level++;

            // Each level above the first has a statement that must not stand below it.
            if (level > _group.Statements.Count) throw new InvalidOperationException($"no level along {_axis.Name} for {statement}");
            raised |= level > _level[statement];
            _level[statement] = level;
        }

        return raised;
    }

    private void Sink(int top, StatementSet early)
    {
        var sunk = new StatementMap<bool>();
        for (int i = _group.Statements.Count - 1; i >= 0; i--)
        {
            StatementFacts statement = _group.Statements[i];
            if (sunk[statement]) continue;

            // What belongs together sinks together; the last of it comes first here, when all that reads any of it has its level.
            IReadOnlyList<StatementFacts> members = Members(statement);
            bool isEarly = false;
            for (int k = 0; k < members.Count; k++)
            {
                sunk[members[k]] = true;
                isEarly |= early.Contains(members[k]);
            }

            if (isEarly) continue;
            int level = _level[statement], target = Latest(members) ?? Math.Max(level, _inside[statement] ? top : top + 1);
            int direction = _scans.Count == 0 ? 0 : members.Select(Direction).FirstOrDefault(d => d != 0);
            while (target > level && direction != 0 && _direction.TryGetValue(target, out int other) && other != direction) target--;
            while (target > level && IsApart(members, target)) target--;
            if (direction != 0) _direction[target] = direction;
            for (int k = 0; k < members.Count; k++) _level[members[k]] = target;
        }
    }

    private bool IsApart(IReadOnlyList<StatementFacts> members, int level) => _hasLanes && members.Any(m => IsApart(m, level, _group.Statements.Count));

    /// <summary>Whether a nest of others, the first so many of the group, at a level has lanes along an axis that a statement does not have, or the other way round.</summary>
    private bool IsApart(StatementFacts statement, int level, int before)
    {
        if (!_hasLanes || !_inside[statement]) return false;
        return _group.Statements.Take(before).Any(s => !ReferenceEquals(s, statement) && _level[s] == level && _inside[s]
            && ((s.Lanes is { } lanes && !Fits(statement, lanes)) || (statement.Lanes is { } own && !Fits(s, own))));
    }

    private bool Fits(StatementFacts statement, Axis lanes) => statement.Lanes is { } own
        ? ReferenceEquals(own, lanes)
        : statement.Domain.Contains(lanes) || (statement.Domain - AxisSet.Of(_axis)).IsEmpty;

    private int? Latest(IReadOnlyList<StatementFacts> members)
    {
        int? latest = null;
        for (int i = 0; i < members.Count; i++)
        {
            StatementFacts member = members[i];
            IReadOnlyList<StatementFacts> consumers = _group.ConsumersOf(member);
            for (int k = 0; k < consumers.Count; k++)
            {
                StatementFacts consumer = consumers[k];
                if (members.Contains(consumer)) continue;
                int level = _level[consumer] - Step(consumer.LinkTo(member), consumer);
                latest = latest is null ? level : Math.Min(latest.Value, level);
            }
        }

        return latest;
    }

    // How many levels a reader stands behind what it reads.
    private int Step(StatementLink link, StatementFacts reader)
    {
        if (!_inside[link.Source]) return 0;
        return !_inside[reader] || link.Source.Reduced.Contains(_axis) || link.Elsewhere.Contains(_axis) ? 1 : 0;
    }
}
