using System.Collections.Immutable;
using LossGen.Fuzz.Tests.Grammar;

namespace LossGen.Fuzz.Tests.Formulas;

/// <content>Reads of terms elsewhere.</content>
internal sealed partial class TermMaker
{
    /// <summary>A read at the positions that integer tensors hold.</summary>
    public Term? Gather(Production row, Wanted wanted) => Read(row, wanted, scope.Stored, (axis, _) => Index(axis, wanted.Axes));

    /// <summary>A read at positions that any integers are made into.</summary>
    public Term? ComputedRead(Production row, Wanted wanted) =>
        Read(row, wanted, scope.Axes, (_, budget) => Make(new Wanted(Kind.Integer, wanted.Axes, budget)));

    private Term? Read(Production row, Wanted wanted, IReadOnlyList<string> from, Func<string, int, Term?> index)
    {
        int count = row.Arguments.Length - 1;
        if (Several(from, count) is not { } bracket) return null;
        Term target = Covering(wanted with { Axes = wanted.Axes.Union(bracket), Budget = wanted.Budget / 2 }, [.. bracket]);
        Term?[] indices = [.. bracket.Select(axis => index(axis, wanted.Budget / 2 / count))];
        return indices.Contains(null) ? null : new Term(row, target.Kind, [target, .. indices.OfType<Term>()], bracket, null);
    }

    /// <summary>A term with one of its axes walked by another, wanted one.</summary>
    public Term? Walk(Production row, Wanted wanted)
    {
        bool stays = row.Axes != AxisRule.Renamed;
        (string From, string To)[] pairs = [.. from to in wanted.Axes
            where scope.IsLocal(to) || scope.Parameters.Any(p => p.Axes.Contains(to))
            from axis in stays ? [.. wanted.Axes] : scope.Axes
            where axis != to && (row.MayLackPositions || scope.HasAllOf(axis, to))
            select (axis, to)];
        if (pairs.Length == 0) return null;
        (string walked, string by) = Any(pairs);
        Term target = Covering(wanted with { Kind = row.Arguments[0], Axes = wanted.Axes.Remove(by).Add(walked), Budget = wanted.Budget - 1 }, [walked]);
        return new Term(row, target.Kind, [target], [walked, by], null);
    }

    /// <summary>A tensor with a local axis, which comes in by an index.</summary>
    private Term Walked(Kind kind, ImmutableSortedSet<string> axes, ImmutableSortedSet<string> needed)
    {
        string by = Any((needed.Any(scope.IsLocal) ? needed : axes).Where(scope.IsLocal).ToArray());
        string walked = scope.Locals.First(a => a.Name == by).Of is { } of && random.Next(6) > 0 ? of : Any(scope.Stored);
        bool isWindow = needed.Contains(walked) || (axes.Contains(walked) && (!scope.HasAllOf(walked, by) || random.Next(8) == 0));
        Term target = Tensor(kind, axes.Remove(by).Add(walked), needed.Remove(by).Add(walked));
        Production row = isWindow ? random.Next(4) == 0 ? Productions.WindowInSteps : Productions.Window
            : scope.HasAllOf(walked, by) ? Productions.Renamed : Productions.RenamedInPart;
        return new Term(row, target.Kind, [target], [walked, by], null);
    }

    private ImmutableArray<string>? Several(IReadOnlyList<string> from, int count)
    {
        if (from.Count < count) return null;
        string[] shuffled = [.. from];
        random.Shuffle(shuffled);
        return [.. shuffled.Take(count)];
    }
}
