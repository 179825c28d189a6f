namespace LossGen.Fuzz.Tests.Grammar;

/// <content>Positions of extremes, and sorting.</content>
internal static partial class Productions
{
    private static IEnumerable<Production> Orders =>
    [
        new("argmax", I, "argmax[{axis0}]({0})", 2, R) { Axes = AxisRule.Reduced with { Bracket = 1 }, NeedsPositions = true },
        new("argmin", I, "argmin[{axis0}]({0})", 1, R) { Axes = AxisRule.Reduced with { Bracket = 1 }, NeedsPositions = true },
        new("argsort", I, "argsort[{axis0}]({0})", 1, R) { Axes = AxisRule.AlongOne, NeedsPositions = true, Sorts = true },
        new("ranks", I, "argsort[{axis0}](argsort[{axis0}]({0}))", 1, R) { Axes = AxisRule.AlongOne, NeedsPositions = true, Sorts = true },
        .. Each([R, P, U], kind => Sorted("sorted", kind, "argsort[{axis0}]({0})", kind)),
        Sorted("sorted downwards", R, "argsort[{axis0}](-{0})", R),
        .. Each([R, B], kind => Sorted("sorted by another", kind, "argsort[{axis0}]({1})", kind, R)),
        .. Each([R, B, P, U], kind => new("at the maximum", kind, "{0}[{axis0}: argmax[{axis0}]({1})]", 1, kind, R) { Axes = AxisRule.Reduced with { Bracket = 1 }, NeedsPositions = true }),
        new("its own minimum", R, "{0}[{axis0}: argmin[{axis0}]({0})]", 1, R) { Axes = AxisRule.Reduced with { Bracket = 1 }, NeedsPositions = true },
        new("median", R, "{0}[{axis0}: argsort[{axis0}]({0})][{axis0}: div(size({axis0}), 2)]", 1, R) { Axes = AxisRule.Reduced with { Bracket = 1 }, NeedsPositions = true, Sorts = true },
    ];

    private static Production Sorted(string name, Kind kind, string order, params Kind[] arguments) =>
        new(name, kind, $"{{0}}[{{axis0}}: {order}]", 1, arguments) { Axes = AxisRule.AlongOne, NeedsPositions = true, Sorts = true };
}
