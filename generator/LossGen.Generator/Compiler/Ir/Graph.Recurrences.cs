using System.Collections.Immutable;

namespace LossGen.Compiler.Ir;

/// <summary>Recurrences: a graph without cycles knows what steps belong to the reads of the position before.</summary>
internal sealed partial class Graph
{
    private readonly Dictionary<Recurrence, ImmutableArray<Node>> _steps = new();

    private int _recurrences;

    /// <summary>A recurrence with a number that no other one of the graph has.</summary>
    public Recurrence NewRecurrence(Axis axis, bool isDescending, IEnumerable<ImmutableArray<Axis>> states, IEnumerable<Recurrence> around) =>
        new(_recurrences++, axis, isDescending, states.ToImmutableArray(), around.Distinct().OrderBy(r => r.Number).ToImmutableArray());

    /// <summary>
    /// The states of a recurrence. A step is the state's value at the position of the axis: the first value where the recurrence starts,
    /// elsewhere made of <see cref="Previous(RecurrentState)"/> values.
    /// </summary>
    public ImmutableArray<Node> Scan(Recurrence recurrence, ImmutableArray<Node> steps) =>
        steps.Select((_, k) => Make(Ops.Scan, steps, new RecurrentState(recurrence, k))).ToImmutableArray();

    /// <summary>The value of a state of which some state has been made.</summary>
    public Node ScanOf(RecurrentState state) => Make(Ops.Scan, _steps[state.Recurrence], state);

    /// <summary>Whether the graph has the recurrence's steps already.</summary>
    public bool HasScan(Recurrence recurrence) => _steps.ContainsKey(recurrence);

    /// <summary>A state at the position before, at its own position along its other axes.</summary>
    public Node Previous(RecurrentState state) =>
        Make(Ops.Previous, state.Axes.Select(Position).Prepend(Position(state.Recurrence.Axis)).ToImmutableArray(), state);

    /// <summary>first where the recurrence starts, next elsewhere.</summary>
    public Node Step(Recurrence recurrence, Node first, Node next) => Select(IsLater(recurrence), next, first);

    private void Remember(Recurrence recurrence, ImmutableArray<Node>? steps)
    {
        _recurrences = Math.Max(_recurrences, recurrence.Number + 1);
        if (steps is { } known) _steps[recurrence] = known;
    }

    /// <summary>Whether there is a position before.</summary>
    public Node IsLater(Recurrence recurrence)
    {
        Node position = Position(recurrence.Axis);
        return recurrence.IsDescending
            ? Compare(Ops.LessOrEqual, position, Affine(recurrence.Axis.Size - AffineForm.Of(2)))
            : Compare(Ops.GreaterOrEqual, position, Integer(1));
    }
}
