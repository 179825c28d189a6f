namespace LossGen.Fuzz.Tests.Grammar;

/// <content>What reduces axes, works along them, or replaces them.</content>
internal static partial class Productions
{
    /// <summary>What makes a number of anything.</summary>
    public static Production SumOfAll => All.First(p => p.Name == "sum of all" && p.Result == Kind.Real);

    private static IEnumerable<Production> Reductions =>
    [
        .. Each([R, P], kind => Over("sum", kind, kind, 12)),
        .. Each([R, B, P, U], kind => Over("mean", kind, kind, 8)),
        .. Each([R, B, P, U], kind => Over("max", kind, kind, 3)),
        .. Each([R, B, P, U], kind => Over("min", kind, kind, 3)),
        Over("prod", R, B, 1), Over("prod", P, P, 1), Over("prod", U, U, 1),
        Over("logsumexp", R, B, 4), Over("logsumexp", R, R, 1), Over("norm", R, R, 3), Over("norm", P, P, 1),
        Over("count", R, T, 2), Over("any", T, T, 3), Over("all", T, T, 3),
        .. Each([R, P], kind => OfAll("sum", kind, kind, 8)),
        .. Each([R, B, P, U], kind => OfAll("mean", kind, kind, 8)),
        .. Each([R, B, P, U], kind => OfAll("max", kind, kind, 1)),
        .. Each([R, B, P, U], kind => OfAll("min", kind, kind, 1)),
        OfAll("prod", U, U, 1), OfAll("logsumexp", R, B, 2), OfAll("norm", R, R, 2), OfAll("count", R, T, 1), OfAll("any", T, T, 1), OfAll("all", T, T, 1),
        new("softmax", U, "softmax{axes}({0})", 5, B) { Axes = AxisRule.Along }, new("softmax of anything", B, "softmax{axes}({0})", 1, R) { Axes = AxisRule.Along },
        new("log_softmax", R, "log_softmax{axes}({0})", 5, B) { Axes = AxisRule.Along },
        new("centred", R, "({0} - mean{axes}({0}))", 3, R) { Axes = AxisRule.Along },
        new("scaled by the norm", B, "({0} / (norm{axes}({0}) + 1))", 1, B) { Axes = AxisRule.Along },
    ];

    private static IEnumerable<Production> Structure =>
    [
        .. Each([R, B, P, U, I, T], kind => new("gather", kind, "{0}[{axis0}: {1}]", 4, kind, I) { Axes = AxisRule.Indexed, NeedsPositions = true, Make = (maker, row, wanted) => maker.Gather(row, wanted) }),
        .. Each([R, P, I], kind => Pick("pick of the first", kind, "0")),
        .. Each([R, B, U], kind => Pick("pick of the last", kind, "size({axis0}) - 1")),
        .. Each([R, B], kind => Pick("no replacement", kind, "{axis0}", AxisRule.Along with { Bracket = 1 })),
    ];

    private static IEnumerable<Production> Integers =>
    [
        new("integer add", I, "({0} + {1})", 3, I, I), new("integer subtract", I, "({0} - {1})", 3, I, I), new("integer multiply", I, "({0} * {1})", 2, I, I),
        new("integer negate", I, "(-{0})", 1, I), new("div", I, "div({0}, 3)", 1, I), new("mod", I, "mod({0}, 4)", 1, I),
        new("div by a value", I, "div({0}, {1})", 1, I, I), new("mod by a value", I, "mod({0}, {1})", 1, I, I),
        new("integer max", I, "max({0}, {1})", 1, I, I), new("integer min", I, "min({0}, {1})", 1, I, I),
        new("integer relu", I, "relu({0})", 1, I), new("integer square", I, "square({0})", 1, I), new("integer condition", I, "({0} ? {1} : {2})", 2, T, I, I),
        new("integer where", I, "where({0}, 1, 0)", 1, T),
    ];

    private static IEnumerable<Production> Truths =>
    [
        new("less", T, "({0} < {1})", 4, R, R), new("less or equal", T, "({0} <= {1})", 2, R, R), new("greater", T, "({0} > {1})", 4, R, R),
        new("greater or equal", T, "({0} >= {1})", 2, R, R), new("equal", T, "({0} == {1})", 1, R, R), new("not equal", T, "({0} != {1})", 1, R, R),
        new("above a number", T, "({0} > 0)", 4, R), new("integer less", T, "({0} < {1})", 2, I, I), new("integer equal", T, "({0} == {1})", 3, I, I),
        new("integer not equal", T, "({0} != 0)", 3, I), new("integer against a value", T, "({0} >= {1})", 1, I, R),
        new("and", T, "({0} && {1})", 4, T, T), new("or", T, "({0} || {1})", 4, T, T), new("not", T, "(!{0})", 3, T), new("truth condition", T, "({0} ? {1} : {2})", 1, T, T, T),
    ];

    private static IEnumerable<Production> Calls =>
    [
        .. Each([R, B, P, I, T], kind => new("call of a function", kind, "{symbol}({arguments})", 3) { Axes = AxisRule.Called, Make = (maker, row, wanted) => maker.CallOfFunction(row, wanted) }),
        Call(R, 1, new("Dice", "p real[]; y real[]; smooth real = 1", "1 - (2 * sum(p * y) + smooth) / (sum(p) + sum(y) + smooth)"), "Dice({0}, {1})", AxisRule.All, U, U),
        Call(R, 1, new("Huber", "x real[]; y real[]; margin real = 1", "r = abs(x - y); mean(r <= margin ? 0.5 * r^2 : margin * (r - 0.5 * margin))"), "Huber({0}, {1}, 0.75)", AxisRule.All, R, R),
        Call(R, 1, new("Bce", "z real[]; y bool[]", "mean(softplus(z) - y * z)"), "Bce({0}, {1})", AxisRule.All, B, T),
        Call(R, 1, new("Entropy", "z real[a, b]; y real[a, b]; b int", "-mean[a](sum[b](y * log_softmax[b](z)))"), "Entropy[a: {axis0}, b: {axis1}]({0}, {1})", AxisRule.Exactly(2), B, U),
    ];

    private static Production Over(string name, Kind result, Kind argument, int weight) =>
        new($"{name} over axes", result, name + "{axes}({0})", weight, argument) { Axes = AxisRule.Reduced };

    private static Production OfAll(string name, Kind result, Kind argument, int weight) =>
        new($"{name} of all", result, name + "({0})", weight, argument) { Axes = AxisRule.All };

    private static Production Pick(string name, Kind kind, string position, AxisRule? axes = null) =>
        new(name, kind, $"{{0}}[{{axis0}}: {position}]", 1, kind) { Axes = axes ?? AxisRule.Indexed, NeedsPositions = true };

    private static Production Call(Kind result, int weight, Callee callee, string text, AxisRule axes, params Kind[] arguments) =>
        new("call of " + callee.Name, result, text, weight, arguments) { Axes = axes, Callee = callee };
}
