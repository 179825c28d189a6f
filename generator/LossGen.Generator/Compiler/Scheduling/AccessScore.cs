using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>Votes of memory accesses for the axis along which they are contiguous; those of higher rank count more.</summary>
internal sealed class AccessScore(IReadOnlyList<Axis> axes)
{
    /// <summary>Fewer elements are read one by one.</summary>
    private const int ShortestRow = 4;

    private readonly double[] _scores = new double[axes.Count];

    // The same with short axes.
    private readonly double[] _rows = new double[axes.Count];
    private AxisSet _voted = AxisSet.Empty;

    // Along which a sum, or another reduction, comes to a value for each row.
    private AxisSet _summed = AxisSet.Empty;

    /// <summary>The votes of some statements: of what they load, what they store as outputs, and the arrays of what they read of each other.</summary>
    public static AccessScore Of(IReadOnlyCollection<StatementFacts> statements, IReadOnlyList<Axis> axes, Func<StatementFacts, IReadOnlyList<Axis>> array)
    {
        var scores = new AccessScore(axes);
        foreach (StatementFacts statement in statements)
        {
            foreach (StatementLink link in statement.Links) scores.AddArray(array(link.Source));
        }

        scores.AddStores(statements);
        scores.AddLoads(statements);
        return scores;
    }

    /// <summary>Counts the outputs that some statements store.</summary>
    public void AddStores(IEnumerable<StatementFacts> statements)
    {
        foreach (StatementFacts statement in statements)
        {
            if (statement.Statement.Output is { IsBuffer: true } output) Add(output.Written, output.Written & AxisSet.Of(output.Axes[output.Axes.Length - 1]));
        }
    }

    /// <summary>Counts what some statements load, each load once.</summary>
    public void AddLoads(IEnumerable<StatementFacts> statements)
    {
        var counted = new NodeSet();
        foreach (StatementFacts statement in statements)
        {
            if (!statement.Free.IsEmpty) _summed |= statement.Reduced;
            foreach (Node load in statement.Loads)
            {
                if (!load.Axes.IsEmpty && counted.Add(load)) Add(load.Axes, Contiguous(load));
            }
        }
    }

    /// <summary>Counts an array with these storage axes, read or written at its own positions.</summary>
    public void AddArray(IReadOnlyList<Axis> storage)
    {
        if (storage.Count == 0) return;
        Add(AxisSet.Of(storage), AxisSet.Of(storage[storage.Count - 1]));
    }

    /// <summary>The axis with the most votes among the candidates, and at least <paramref name="least"/>; of equals the innermost in storage order.</summary>
    public Axis? Best(AxisSet candidates, bool includeShort, double least = double.NegativeInfinity)
    {
        // Where no long axis is contiguous, rows of a few elements still are, that come to a value each: lanes run across as many of them as a vector holds.
        int best = Longest(candidates, includeShort, least);
        return best >= 0 && _scores[best] >= 0 ? axes[best] : Rows(candidates) ?? (best < 0 ? null : axes[best]);
    }

    private Axis? Rows(AxisSet candidates)
    {
        for (int i = axes.Count - 1; i >= 0; i--)
        {
            if ((candidates & _summed).Contains(axes[i]) && axes[i] is { IsShort: true, IsLocal: false } && axes[i].Size.Constant >= ShortestRow && _rows[i] > 0) return axes[i];
        }

        return null;
    }

    // The place of the axis with the most votes, or -1.
    private int Longest(AxisSet candidates, bool includeShort, double least)
    {
        int best = -1;
        double most = least;
        for (int i = 0; i < axes.Count; i++)
        {
            Axis axis = axes[i];
            if (!candidates.Contains(axis) || (axis.IsShort && !includeShort)) continue;
            if (!_voted.Contains(axis) || _scores[i] < most) continue;
            most = _scores[i];
            best = i;
        }

        return best;
    }

    /// <summary>Whether neighbours along an axis are neighbours in memory.</summary>
    public static bool IsContiguous(Node load, Axis axis) => Contiguous(load).Contains(axis);

    private static AxisSet Contiguous(Node load)
    {
        int last = load.Arguments.Length - 1;
        if (last < 0 || !load[last].Is(Ops.Affine)) return AxisSet.Empty;
        AxisSet contiguous = AxisSet.Empty;
        foreach (AffineTerm term in load[last].Affine.Terms)
        {
            if (term.Coefficient == 1 && term.Symbol.Kind == SymbolKind.Position) contiguous |= AxisSet.Of(term.Symbol.Axis!);
        }

        for (int i = 0; i < last; i++) contiguous -= load[i].Axes;
        return contiguous;
    }

    private void Add(AxisSet set, AxisSet contiguous)
    {
        int members = 0;
        foreach (Axis axis in axes) members += set.Contains(axis) ? 1 : 0;
        double weight = Math.Pow(8, members);
        for (int i = 0; i < axes.Count; i++)
        {
            if (!set.Contains(axes[i])) continue;
            _voted |= AxisSet.Of(axes[i]);
            // A short axis is not worth a vector loop of its own.
            _scores[i] += contiguous.Contains(axes[i]) && !axes[i].IsShort ? weight : -weight / 4;
            _rows[i] += contiguous.Contains(axes[i]) ? weight : -weight / 4;
        }
    }
}
