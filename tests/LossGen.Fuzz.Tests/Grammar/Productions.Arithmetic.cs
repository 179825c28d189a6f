namespace LossGen.Fuzz.Tests.Grammar;

/// <content>Operators, conditions, element-wise functions, and the forms that the compiler promises to compute stably.</content>
internal static partial class Productions
{
    private const Kind R = Kind.Real;
    private const Kind B = Kind.Bounded;
    private const Kind P = Kind.Positive;
    private const Kind U = Kind.Unit;
    private const Kind I = Kind.Integer;
    private const Kind T = Kind.Truth;

    private static IEnumerable<Production> Arithmetic =>
    [
        new("add", R, "({0} + {1})", 8, R, R),
        new("add", B, "({0} + {1})", 5, B, B),
        new("add", P, "({0} + {1})", 5, P, P),
        new("subtract", R, "({0} - {1})", 8, R, R),
        new("subtract", B, "({0} - {1})", 8, B, B),
        new("complement", U, "(1 - {0})", 5, U),
        new("multiply", R, "({0} * {1})", 10, R, R),
        new("multiply", P, "({0} * {1})", 4, P, P),
        new("multiply", U, "({0} * {1})", 4, U, U),
        new("multiply", B, "({0} * {1})", 3, B, U),
        new("divide", R, "({0} / {1})", 5, R, P),
        new("divide", P, "({0} / {1})", 3, P, P),
        new("reciprocal", P, "(1 / {0})", 2, P),
        new("negate", R, "(-{0})", 3, R),
        new("negate", B, "(-{0})", 2, B),
        new("scale", R, "(0.5 * {0})", 3, R),
        new("scale", B, "(1.5 * {0})", 2, B),
        new("square as a power", R, "{0}^2", 4, R),
        new("cube as a power", R, "{0}^3", 2, R),
        new("square plus a number", P, "({0}^2 + 0.5)", 3, B),
        new("square root as a power", P, "{0}^0.5", 1, P),
        new("power of 1.5", P, "{0}^1.5", 1, P),
        new("inverse as a power", P, "{0}^-1", 1, P),
        new("inverse square as a power", P, "{0}^-2", 1, P),
        new("power by a value", P, "{0}^{1}", 2, P, B),
        new("power of 0", P, "{0}^0", 1, P),
        new("power of a number", P, "2^{0}", 1, B),
        new("truth as a number", B, "(1 * {0})", 1, T),
        new("truth times a value", R, "({0} * {1})", 2, T, R),
        new("integer as a number", R, "({0} * {1})", 2, I, R),
        new("integer sum", R, "({0} + {1})", 1, R, I),
        new("integer quotient", R, "({0} / 4)", 1, I),
        .. Each([R, B, P, U], kind => new("condition", kind, "({0} ? {1} : {2})", 5, T, kind, kind)),
        .. Each([R, P], kind => new("where", kind, "where({0}, {1}, {2})", 1, T, kind, kind)),
        .. Each([R, B, P, U], kind => new("max of two", kind, "max({0}, {1})", 2, kind, kind)),
        .. Each([R, B, P, U], kind => new("min of two", kind, "min({0}, {1})", 2, kind, kind)),
        .. Each([R, P], kind => new("detach", kind, "detach({0})", 1, kind)),
    ];

    private static IEnumerable<Production> Functions =>
    [
        new("abs", R, "abs({0})", 4, R), new("abs plus a number", P, "(abs({0}) + 0.25)", 2, B),
        new("sign", B, "sign({0})", 1, R), new("floor", R, "floor({0})", 1, R), new("ceil", R, "ceil({0})", 1, R), new("round", R, "round({0})", 1, R),
        new("sqrt", P, "sqrt({0})", 4, P), new("square", R, "square({0})", 2, R),
        new("exp", P, "exp({0})", 8, B), new("exp of anything", P, "exp({0})", 1, R), new("exp of a negative", U, "exp(-{0})", 3, P),
        new("expm1", R, "expm1({0})", 1, B), new("log", R, "log({0})", 8, P), new("log1p", R, "log1p({0})", 2, P), new("log1mexp", R, "log1mexp(-{0})", 1, P),
        new("logaddexp", R, "logaddexp({0}, {1})", 2, B, B), new("logaddexp of three", R, "logaddexp({0}, {1}, {2})", 1, B, R, B),
        new("xlogy", R, "xlogy({0}, {1})", 2, U, P),
        new("sigmoid", U, "sigmoid({0})", 6, B), new("sigmoid of anything", B, "sigmoid({0})", 1, R),
        new("log_sigmoid", R, "log_sigmoid({0})", 2, R), new("softplus", P, "softplus({0})", 4, B), new("relu", R, "relu({0})", 3, R),
        new("sin", B, "sin({0})", 2, R), new("cos", B, "cos({0})", 2, R), new("tan", R, "tan({0})", 1, U), new("atan", B, "atan({0})", 1, R),
        new("sinh", R, "sinh({0})", 1, B), new("cosh", P, "cosh({0})", 1, B), new("tanh", B, "tanh({0})", 4, R),
        new("erf", B, "erf({0})", 2, R), new("erfc", P, "erfc({0})", 1, B),
        new("lgamma", R, "lgamma({0})", 1, P), new("digamma", R, "digamma({0})", 1, P), new("log_i0", R, "log_i0({0})", 1, B),
        new("clamp", B, "clamp({0}, -1, 1.5)", 3, R), new("clamp between values", R, "clamp({0}, {1}, {1} + {2})", 1, R, R, P),
    ];

    private static IEnumerable<Production> StableForms =>
    [
        new("log of a sigmoid", R, "log(sigmoid({0}))", 2, R), new("log of its complement", R, "log(1 - sigmoid({0}))", 2, R),
        new("log of odds", R, "log({0} / (1 - {0}))", 1, U),
        new("softplus written out", R, "log(1 + exp({0}))", 1, B), new("sigmoid written out", U, "(1 / (1 + exp(-{0})))", 1, B),
        new("log1p written out", R, "log(1 + {0})", 1, P), new("expm1 written out", R, "(exp({0}) - 1)", 1, B),
        new("log1mexp written out", R, "log(1 - exp(-{0}))", 1, P), new("log of exp", R, "log(exp({0}))", 1, B),
        new("log cosh", R, "log(cosh({0}))", 1, R), new("log of a product", R, "log({0} * {1})", 1, P, P), new("log of a quotient", R, "log({0} / {1})", 1, P, P),
        new("log of a power", R, "log({0}^1.5)", 1, P), new("logaddexp written out", R, "log(exp({0}) + exp({1}))", 1, B, B),
        new("lgamma difference", R, "(lgamma({0} + {1}) - lgamma({0}))", 1, P, P),
        new("logsumexp written out", R, "log(sum{axes}(exp({0})))", 2, B) { Axes = AxisRule.Reduced },
        new("log of a mean of exp", R, "log(mean{axes}(exp({0})))", 1, B) { Axes = AxisRule.Reduced },
        new("norm written out", R, "sqrt(sum{axes}({0}^2))", 2, R) { Axes = AxisRule.Reduced },
        new("norm squared", R, "norm{axes}({0})^2", 1, R) { Axes = AxisRule.Reduced },
        new("softmax written out", U, "(exp({0}) / sum{axes}(exp({0})))", 2, B) { Axes = AxisRule.Along },
        new("log of a softmax", R, "log(softmax{axes}({0}))", 1, B) { Axes = AxisRule.Along },
        new("exp of a log_softmax", U, "exp(log_softmax{axes}({0}))", 1, B) { Axes = AxisRule.Along },
    ];
}
