namespace LossGen.Fuzz.Tests.Grammar;

/// <content>Reads elsewhere: shifted, guarded, renamed, in windows, at computed positions.</content>
internal static partial class Productions
{
    /// <summary>How tensors get a local axis of the size of one of theirs.</summary>
    public static readonly Production Renamed = new("renamed axis", Kind.Real, "{0}[{axis0}: {axis1}]", 0, Kind.Real) { Axes = AxisRule.Renamed };

    /// <summary>The same where the sizes have nothing to do with each other.</summary>
    public static readonly Production RenamedInPart = new("renamed axis of another size", Kind.Real, "{0}[{axis0}: {axis1}]", 0, Kind.Real) { Axes = AxisRule.Renamed, MayLackPositions = true };

    /// <summary>How tensors get any local axis.</summary>
    public static readonly Production Window = new("window", Kind.Real, "{0}[{axis0}: {axis0} + {axis1}]", 0, Kind.Real) { Axes = AxisRule.Joined, MayLackPositions = true };

    /// <summary>The same in steps.</summary>
    public static readonly Production WindowInSteps =
        new("window in steps", Kind.Real, "{0}[{axis0}: 2 * {axis0} + {axis1}]", 0, Kind.Real) { Axes = AxisRule.Joined, MayLackPositions = true };

    private static IEnumerable<Production> Indices =>
    [
        Renamed, RenamedInPart, Window, WindowInSteps,
        .. Each([R, B, P, U, I, T], kind => Shift("next", kind, "{axis0} + 1")),
        .. Each([R, B, P, U], kind => Shift("the one before", kind, "{axis0} - 1")),
        Shift("two before", R, "{axis0} - 2"), Shift("stride", R, "2 * {axis0}"), Shift("odd positions", B, "2 * {axis0} + 1"),
        Shift("shift by a size", R, "{axis0} + size({axis0}) - 1"),
        .. Each([R, B, P, U, T], kind => At("mirror", kind, "size({axis0}) - 1 - {axis0}")),
        .. Each([R, B], kind => new("neighbours along two axes", kind, "{0}[{axis0}: {axis0} + 1, {axis1}: {axis1} - 1]", 1, kind) { Axes = AxisRule.Joined with { Bracket = 2 }, MayLackPositions = true }),

        .. Each([R, B, P, U], kind => new("guarded before", kind, "({axis0} > 0 ? {0}[{axis0}: {axis0} - 1] : {1})", 2, kind, kind) { Axes = AxisRule.AlongOne }),
        .. Each([R, U, I, T], kind => new("guarded next", kind, "({axis0} + 1 < size({axis0}) ? {0}[{axis0}: {axis0} + 1] : {1})", 1, kind, kind) { Axes = AxisRule.AlongOne }),
        new("guarded by equality", R, "({axis0} == 0 ? {1} : {0}[{axis0}: {axis0} - 1])", 1, R, R) { Axes = AxisRule.AlongOne },
        new("guarded by and", T, "({axis0} > 0 && {0}[{axis0}: {axis0} - 1])", 2, T) { Axes = AxisRule.AlongOne },
        new("guarded by or", T, "({axis0} < 2 || {0}[{axis0}: {axis0} - 2])", 2, T) { Axes = AxisRule.AlongOne },

        .. Each([R, U, T], kind => At("circular", kind, "mod({axis0} + 1, size({axis0}))")),
        .. Each([R, P, I], kind => At("clamped before", kind, "max({axis0} - 1, 0)")),
        .. Each([R, B], kind => At("clamped next", kind, "min({axis0} + 2, size({axis0}) - 1)")),
        .. Each([R, B, U], kind => At("nearest neighbours", kind, "div({axis0}, 2)")),
        .. Each([R, B, P, U, I, T], kind => Computed("computed index", kind, "mod({1}, size({axis0}))", 2)),
        .. Each([R, B, P], kind => Computed("clamped index", kind, "min(max({1}, 0), size({axis0}) - 1)", 1)),
        .. Each([R, U], kind => Computed("chosen index", kind, "{1} > 0 ? size({axis0}) - 1 : 0", 1)),
        .. Each([R, B, P, U], kind => new("gather along two axes", kind, "{0}[{axis0}: {1}, {axis1}: {2}]", 2, kind, I, I)
            { Axes = AxisRule.IndexedTwice, NeedsPositions = true, Make = (maker, row, wanted) => maker.Gather(row, wanted) }),
        .. Each([R, U], kind => new("computed indices along two axes", kind, "{0}[{axis0}: mod({1}, size({axis0})), {axis1}: mod({2}, size({axis1}))]", 1, kind, I, I)
            { Axes = AxisRule.IndexedTwice, NeedsPositions = true, Make = (maker, row, wanted) => maker.ComputedRead(row, wanted) }),

        .. Each([R, B, P, U, T], kind => new("walked by a second axis", kind, "{0}[{axis0}: {axis1}]", 2, kind)
            { Axes = AxisRule.Renamed, Make = (maker, row, wanted) => maker.Walk(row, wanted) }),
        .. Each([R, U], kind => new("walked by another axis", kind, "{0}[{axis0}: {axis1}]", 1, kind)
            { Axes = AxisRule.Renamed, MayLackPositions = true, Make = (maker, row, wanted) => maker.Walk(row, wanted) }),
        .. Each([R, B, P, U], kind => new("window of an expression", kind, "{0}[{axis0}: {axis0} + {axis1}]", 1, kind)
            { Axes = AxisRule.Joined, MayLackPositions = true, Make = (maker, row, wanted) => maker.Walk(row, wanted) }),
        .. Each([R, B], kind => new("against all others", kind, "({0} - {0}[{axis0}: {axis1}])", 2, kind)
            { Axes = AxisRule.Joined, Make = (maker, row, wanted) => maker.Walk(row, wanted) }),
    ];

    private static Production Shift(string name, Kind kind, string index) => new(name, kind, $"{{0}}[{{axis0}}: {index}]", 1, kind) { Axes = AxisRule.AlongOne, MayLackPositions = true };

    /// <summary>At a position that the axis has, wherever it stands.</summary>
    private static Production At(string name, Kind kind, string index) => new(name, kind, $"{{0}}[{{axis0}}: {index}]", 1, kind) { Axes = AxisRule.AlongOne, NeedsPositions = true };

    private static Production Computed(string name, Kind kind, string index, int weight) => new(name, kind, $"{{0}}[{{axis0}}: {index}]", weight, kind, I)
    { Axes = AxisRule.Indexed, NeedsPositions = true, Make = (maker, row, wanted) => maker.ComputedRead(row, wanted) };
}
