namespace LossGen.Fuzz.Tests.Grammar;

/// <content>Recurrences, whose steps keep the kind of the state, and cumulative functions.</content>
internal static partial class Productions
{
    /// <summary>One result of a recurrence of several states; a leaf, since the statement stands elsewhere.</summary>
    public static readonly Production ResultOfSeveral =
        new Production("recurrence of several states", Kind.Real, "{symbol}", 2) { Axes = AxisRule.OfSymbol, Make = (maker, row, wanted) => maker.SeveralStates(row, wanted) };

    private static IEnumerable<Production> Recurrences =>
    [
        // What an average, a product or a sigmoid gives of the states stays as small as they are.
        .. Each([B, U], kind => Scan("recurrence", kind, "scan[{axis0}]({0}, {symbol} => 0.5 * {symbol} + 0.5 * {1})", 2)),
        .. Each([B, U], kind => Scan("recurrence from the end", kind, "scan[-{axis0}]({0}, {symbol} => 0.5 * {symbol} + 0.5 * {1})", 2)),
        Scan("recurrence of anything", U, "scan[{axis0}]({0}, {symbol} => {1})", 3),
        Scan("recurrence of anything from the end", U, "scan[-{axis0}]({0}, {symbol} => {1})", 2),
        Scan("gated recurrence", B, "scan[{axis0}]({0}, {symbol} => tanh({symbol} + {1}))", 2),
        Scan("linear recurrence", R, "scan[{axis0}]({0}, {symbol} => 0.9 * {symbol} + {1})", 2),
        Scan("linear recurrence from the end", R, "scan[-{axis0}]({0}, {symbol} => 0.75 * {symbol} + {1})", 1),
        new Production("iterations", U, "scan[{axis0}]({0}, {symbol} => {1})", 1, U, U) { Axes = AxisRule.Recurrent, NeedsPositions = true, Make = (maker, row, wanted) => maker.Recurrence(row, wanted, usesPosition: false) },
        new Production("recurrence of neighbours", B, "scan[{axis0}]({0}, {symbol} => 0.5 * ({axis1} > 0 ? {symbol}[{axis1}: {axis1} - 1] : {symbol}) + 0.5 * {1})", 2, B, B)
            { Axes = AxisRule.Recurrent with { Bracket = 2 }, NeedsPositions = true, Make = (maker, row, wanted) => maker.Recurrence(row, wanted) },
        new Production("recurrence of the element before", R, "scan[{axis0}]({0}, {symbol} => 0.5 * {symbol} + {1}[{axis0}: {axis0} - 1])", 1, R, R)
            { Axes = AxisRule.Recurrent, NeedsPositions = true, Make = (maker, row, wanted) => maker.Recurrence(row, wanted, usesPosition: null) },
        ResultOfSeveral,
        .. Cumulative("cumsum", R, R), .. Cumulative("cumlogsumexp", R, B),
        .. Cumulative("cummax", R, R), .. Cumulative("cummax", P, P), .. Cumulative("cummax", U, U),
    ];

    private static Production Scan(string name, Kind kind, string text, int weight) => new(name, kind, text, weight, kind, kind)
    { Axes = AxisRule.Recurrent, NeedsPositions = true, Make = (maker, row, wanted) => maker.Recurrence(row, wanted) };

    private static IEnumerable<Production> Cumulative(string name, Kind result, Kind argument) =>
    [
        new(name, result, name + "[{axis0}]({0})", 2, argument) { Axes = AxisRule.AlongOne, NeedsPositions = true },
        new(name + " from the end", result, name + "[-{axis0}]({0})", 1, argument) { Axes = AxisRule.AlongOne, NeedsPositions = true },
    ];
}
