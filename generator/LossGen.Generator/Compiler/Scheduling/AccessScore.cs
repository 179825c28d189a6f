using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>Votes of memory accesses for the axis along which they are contiguous; those of higher rank count more.</summary>
internal sealed class AccessScore(IReadOnlyList<Axis> axes)
{
    private readonly Dictionary<Axis, double> _scores = new();

    /// <summary>The votes of some statements: of what they load, what they store as outputs, and the arrays of what they read of each other.</summary>
    public static AccessScore Of(IReadOnlyCollection<StatementFacts> statements, IReadOnlyList<Axis> axes, Func<StatementFacts, IReadOnlyList<Axis>> array)
    {
        var scores = new AccessScore(axes);
        foreach (StatementFacts statement in statements)
        {
            if (statement.Statement.Output is { } output) scores.AddArray(output.Axes);
            foreach (StatementLink link in statement.Links) scores.AddArray(array(link.Source));
        }

        foreach (Node load in statements.SelectMany(s => s.Loads).Distinct()) scores.AddLoad(load);
        return scores;
    }

    public void AddLoad(Node load)
    {
        if (load.Axes.IsEmpty) return;
        Add(load.Axes, axis => IsContiguous(load, axis));
    }

    /// <summary>Counts an array with these storage axes, read or written at its own positions.</summary>
    public void AddArray(IReadOnlyList<Axis> storage)
    {
        if (storage.Count == 0) return;
        Add(AxisSet.Of(storage), axis => ReferenceEquals(axis, storage[storage.Count - 1]));
    }

    /// <summary>The axis with the most votes among the candidates, and at least <paramref name="least"/>; of equals the innermost in storage order.</summary>
    public Axis? Best(AxisSet candidates, bool includeConstantSizes, double least = double.NegativeInfinity)
    {
        Axis? best = null;
        double most = least;
        foreach (Axis axis in axes)
        {
            if (!candidates.Contains(axis) || (axis.IsConstantSize && !includeConstantSizes)) continue;
            if (!_scores.TryGetValue(axis, out double score) || score < most) continue;
            most = score;
            best = axis;
        }

        return best;
    }

    /// <summary>Whether neighbours along an axis are neighbours in memory.</summary>
    public static bool IsContiguous(Node load, Axis axis)
    {
        int last = load.Arguments.Length - 1;
        if (last < 0 || !load[last].Is(Ops.Affine)) return false;
        if (load[last].Affine.CoefficientOf(Symbol.PositionOf(axis)) != 1) return false;
        for (int i = 0; i < last; i++)
        {
            if (load[i].Axes.Contains(axis)) return false;
        }

        return true;
    }

    private void Add(AxisSet set, Func<Axis, bool> isContiguous)
    {
        List<Axis> members = axes.Where(set.Contains).ToList();
        double weight = Math.Pow(8, members.Count);
        foreach (Axis axis in members)
        {
            _scores.TryGetValue(axis, out double score);
            // A constant-size axis is too short to be worth a vector loop of its own.
            _scores[axis] = score + (isContiguous(axis) && !axis.IsConstantSize ? weight : -weight / 4);
        }
    }
}
