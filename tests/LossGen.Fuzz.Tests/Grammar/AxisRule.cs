using System.Collections.Immutable;

namespace LossGen.Fuzz.Tests.Grammar;

/// <summary>What becomes of the arguments' axes, and which of them a production puts into its bracket.</summary>
/// <param name="Of">The axes of a term.</param>
/// <param name="Bracket">How many axes may stand in the bracket.</param>
/// <param name="Leaves">Whether those axes are gone in the result.</param>
/// <param name="AllLeave">Whether all axes are gone.</param>
internal sealed record AxisRule(Func<Term, ImmutableSortedSet<string>> Of, int Bracket = 0, bool Leaves = false, bool AllLeave = false)
{
    /// <summary>Whether the arguments have the axes in the bracket and no others.</summary>
    public bool IsExact { get; private init; }

    /// <summary>Element by element: the union.</summary>
    public static readonly AxisRule Union = new(UnionOf);

    /// <summary>A leaf has those of its symbol.</summary>
    public static readonly AxisRule OfSymbol = new(term => term.Symbol!.Axes);

    /// <summary>Reduced over those in the bracket.</summary>
    public static readonly AxisRule Reduced = new(term => UnionOf(term).Except(term.Bracket), Bracket: 2, Leaves: true);

    /// <summary>Reduced over all.</summary>
    public static readonly AxisRule All = new(_ => Symbol.NoAxes, AllLeave: true);

    /// <summary>Each argument has those in the bracket and no others, and all are gone: a called loss that declares its axes.</summary>
    public static AxisRule Exactly(int axes) => new(_ => Symbol.NoAxes, axes, AllLeave: true) { IsExact = true };

    /// <summary>Along those in the bracket, which stay.</summary>
    public static readonly AxisRule Along = new(UnionOf, Bracket: 2);

    /// <summary>The axis in the bracket is replaced by those of the index, the second argument; a pick has none.</summary>
    public static readonly AxisRule Indexed = new(
        term => term.Arguments[0].Axes.Except(term.Bracket).Union(term.Arguments.Skip(1).SelectMany(a => a.Axes)), Bracket: 1, Leaves: true);

    /// <summary>Two axes in the bracket, each replaced by an index of its own.</summary>
    public static readonly AxisRule IndexedTwice = Indexed with { Bracket = 2 };

    /// <summary>Along one in the bracket, which stays.</summary>
    public static readonly AxisRule AlongOne = new(UnionOf, Bracket: 1);

    /// <summary>The first axis in the bracket becomes the second.</summary>
    public static readonly AxisRule Renamed = new(term => UnionOf(term).Except(term.Bracket.Take(1)).Union(term.Bracket.Skip(1)), Bracket: 2, Leaves: true);

    /// <summary>The first axis in the bracket stays, the others join.</summary>
    public static readonly AxisRule Joined = new(term => UnionOf(term).Union(term.Bracket), Bracket: 2);

    /// <summary>A recurrence: the axes of its first value and the one that it runs along.</summary>
    public static readonly AxisRule Recurrent = new(term => term.Arguments[0].Axes.Union(term.Bracket.Take(1)), Bracket: 1);

    /// <summary>A call of a function, whose body may reduce axes that the arguments bring.</summary>
    public static readonly AxisRule Called = new(
        term => term.Symbol!.Axes.Union(UnionOf(term).Except(((Function)term.Symbol!).Required)));

    private static ImmutableSortedSet<string> UnionOf(Term term) => term.Arguments.Aggregate(Symbol.NoAxes, (axes, a) => axes.Union(a.Axes));
}
