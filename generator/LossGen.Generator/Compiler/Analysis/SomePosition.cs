using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>
/// Says whether a condition holds at some position of a range, without going over it. Needs: a truth node. Gives: a condition that does not speak of the
/// range's axis, or null where none is known.
/// </summary>
internal sealed class SomePosition
{
    // Of a condition that is one of many, each pair of alternatives is compared.
    private const int MostAlternatives = 32;

    private readonly Graph _graph;
    private readonly AxisRange _range;

    private SomePosition(Graph graph, AxisRange range) => (_graph, _range) = (graph, range);

    /// <summary>Whether there is a position where the condition holds.</summary>
    public static Node? Has(Graph graph, AxisRange range, Node condition) => new SomePosition(graph, range).Of(condition, true) is { } found
        ? graph.And(graph.Compare(Ops.Less, graph.Affine(range.Low), graph.Affine(range.High)), found)
        : null;

    private bool Changes(Node node) => node.Axes.Contains(_range.Axis);

    private Node Valued(Node condition, bool value) => value ? condition : _graph.Not(condition);

    /// <summary>Whether some position, if there are any, has a condition that has the value.</summary>
    private Node? Of(Node condition, bool value)
    {
        if (!Changes(condition)) return Valued(condition, value);
        if (condition.Is(Ops.Not)) return Of(condition[0], !value);
        if (condition.Op.Is(Ops.And, Ops.Or)) return Any(Alternatives(condition, value));
        if (condition.Arguments.Length != 2 || condition.Arguments.Any(a => a.Type != ValueType.Integer)) return null;

        // not (a < b) is b <= a
        Node a = condition[0], b = condition[1];
        return condition.Is(Ops.Less) ? value ? Ordered(Ops.Less, a, b) : Ordered(Ops.LessOrEqual, b, a)
            : condition.Is(Ops.LessOrEqual) ? value ? Ordered(Ops.LessOrEqual, a, b) : Ordered(Ops.Less, b, a)
            : condition.Is(Ops.Greater) ? value ? Ordered(Ops.Less, b, a) : Ordered(Ops.LessOrEqual, a, b)
            : condition.Is(Ops.GreaterOrEqual) ? value ? Ordered(Ops.LessOrEqual, b, a) : Ordered(Ops.Less, a, b)
            : null;
    }

    /// <summary>Somewhere p or q: somewhere p, or somewhere q.</summary>
    private Node? Any(List<ImmutableHashSet<(Node Condition, bool Value)>> alternatives)
    {
        Node? any = null;
        foreach (ImmutableHashSet<(Node Condition, bool Value)> alternative in alternatives)
        {
            if (All(alternative) is not { } found) return null;
            any = any is null ? found : _graph.Or(any, found);
        }

        return any;
    }

    /// <summary>Somewhere p and q: p and somewhere q, where p is the same everywhere. Of two that change, each may hold elsewhere.</summary>
    private Node? All(ImmutableHashSet<(Node Condition, bool Value)> conditions)
    {
        Node? all = null;
        bool changes = false;
        foreach ((Node condition, bool value) in conditions.OrderBy(c => c.Condition.Id))
        {
            if (Changes(condition) && changes) return null;
            changes |= Changes(condition);
            if (Of(condition, value) is not { } found) return null;
            all = all is null ? found : _graph.And(all, found);
        }

        return all;
    }

    /// <summary>A condition as alternatives, each of conditions that hold together; those that another one covers are left out.</summary>
    private static List<ImmutableHashSet<(Node Condition, bool Value)>> Alternatives(Node condition, bool value)
    {
        var alternatives = new List<ImmutableHashSet<(Node Condition, bool Value)>>();
        void Add(Node part)
        {
            if (part.Is(value ? Ops.Or : Ops.And))
            {
                Add(part[0]);
                Add(part[1]);
            }
            else
            {
                var conditions = ImmutableHashSet.CreateBuilder<(Node Condition, bool Value)>();
                AddConjuncts(part, value, conditions);
                alternatives.Add(conditions.ToImmutable());
            }
        }

        Add(condition);
        if (alternatives.Count > MostAlternatives) return alternatives;

        // p or (q and not p) is p or q
        foreach ((Node Condition, bool Value) alone in alternatives.Where(a => a.Count == 1).Select(a => a.First()).ToArray())
        {
            for (int k = 0; k < alternatives.Count; k++)
            {
                if (alternatives[k].Count > 1) alternatives[k] = alternatives[k].Remove((alone.Condition, !alone.Value));
            }
        }

        // p or (p and q) is p
        return alternatives.Where((a, k) => !alternatives.Where((other, j) => j != k && other.IsSubsetOf(a) && (j < k || other.Count < a.Count)).Any()).ToList();
    }

    private static void AddConjuncts(Node condition, bool value, ImmutableHashSet<(Node Condition, bool Value)>.Builder conditions)
    {
        if (condition.Is(Ops.Not))
        {
            AddConjuncts(condition[0], !value, conditions);
        }
        else if (condition.Is(value ? Ops.And : Ops.Or))
        {
            AddConjuncts(condition[0], value, conditions);
            AddConjuncts(condition[1], value, conditions);
        }
        else
        {
            conditions.Add((condition, value));
        }
    }

    /// <summary>Somewhere a is less than b: where a is least, or b is greatest.</summary>
    private Node? Ordered(Op comparison, Node less, Node greater)
    {
        Node? low = less, high = greater;
        if (Changes(less) && Changes(greater))
        {
            low = less.Is(Ops.Affine) && greater.Is(Ops.Affine) ? Least(_graph.Affine(less.Affine - greater.Affine)) : null;
            high = _graph.Integer(0);
        }
        else if (Changes(less))
        {
            low = Least(less);
        }
        else
        {
            high = Greatest(greater);
        }

        return low is null || high is null ? null : _graph.Compare(comparison, low, high);
    }

    private Node? Least(Node index) => index.Is(Ops.Affine) ? _graph.Affine(IndexBounds.Least(index.Affine, [_range])) : null;

    private Node? Greatest(Node index) => index.Is(Ops.Affine) ? _graph.Affine(-1 * IndexBounds.Least(-1 * index.Affine, [_range])) : null;
}
