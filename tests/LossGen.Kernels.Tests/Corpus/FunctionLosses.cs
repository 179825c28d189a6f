namespace LossGen.Kernels.Tests.Corpus;

/// <summary>Every element-wise function alone, on its domain, and powers.</summary>
internal static class FunctionLosses
{
    public static readonly LossCase[] All =
    [
        Of("abs"), Of("sign", "-3..3", "x * sign(x)"), Of("sqrt", "0.01..9"), Of("exp"), Of("expm1"), Of("log", "0.01..9"), Of("log1p", "-0.9..9"),
        Of("log1mexp", "-9..-0.01"), Of("sin", "0.1..3"), Of("cos", "-1.5..1.5"), Of("tan", "0.1..1.4"), Of("atan", "0.1..9"), Of("sinh", "0.1..5"), Of("cosh"),
        Of("tanh", "0.1..5"), Of("sigmoid"), Of("log_sigmoid"), Of("softplus"), Of("relu"), Of("erf", "0.1..3"), Of("erfc"), Of("lgamma", "2.5..30"), Of("digamma", "2..30"),
        Of("log_i0", "0..9"), Of("floor", "1..9", "x * floor(x)"), Of("ceil", "1..9", "x * ceil(x)"), Of("round", "1..9", "x * round(x)"), Of("square"),
        new("clamp", "x real[]: -3..3", "mean(clamp(x, -1, 2) + 3)", Shapes.Flat),
        new("clamp by tensors", "x! real[]; lo! real[]: -2..0; hi! real[]: 0..2", "mean(clamp(x, lo, hi) + 3)", Shapes.Flat),
        new("where", "x! real[]; y! real[]: 1..2", "mean(where(x > 0, x, y))", Shapes.Flat),
        new("logaddexp", "x! real[]; y! real[]", "mean(logaddexp(x, y) + 4)", Shapes.Flat),
        new("logaddexp of three", "x! real[]; y! real[]; z! real[]", "mean(logaddexp(x, y, z) + 4)", Shapes.Flat),
        new("log of exponentials", "x! real[]; y! real[]", "mean(log(exp(x) + exp(y)) + 4)", Shapes.Flat),
        new("xlogy", "x! real[]: 0..2; y! real[]: 1.5..4", "mean(xlogy(x, y))", Shapes.Flat),
        new("xlogy at zero", "x real[]: 0..2 whole; y! real[]: 1.5..4", "mean(xlogy(x, y))", Shapes.Flat),
        new("max of two", "x! real[]; y! real[]", "mean(max(x, y) + 4)", Shapes.Flat),
        new("min of two", "x! real[]; y! real[]", "mean(4 - min(x, y))", Shapes.Flat),
        new("max with ties", "x! real[]: 0..2 whole; y! real[]: 0..2 whole", "mean(max(x, y) + 4)", Shapes.Flat),
        new("min with ties", "x! real[]: 0..2 whole; y! real[]: 0..2 whole", "mean(min(x, y) + 4)", Shapes.Flat),
        new("kinks", "x real[]: -1..1 whole", "mean(abs(x) + relu(x) + max(0, x) + sqrt(abs(x)) + clamp(x, -1, 1))", Shapes.Flat),
        new("detach", "x real[]", "mean(x^2 * detach(exp(x)))", Shapes.Flat),
        new("inverse logit", "x real[]", "p = sigmoid(x); mean((log(p / (1 - p)) + 4))", Shapes.Flat),
        new("power 3", "x real[]", "mean(x^3 + x^4 + x^2 + 30)", Shapes.Flat),
        new("power 0.5", "x real[]: 0.1..4", "mean(x^0.5 + x^1.5)", Shapes.Flat),
        new("power -1", "x real[]: 0.5..4", "mean(x^-1 + x^-2 + x^-0.5)", Shapes.Flat),
        new("power 0", "x real[]: -1..1 whole", "mean(x^0 + x)", Shapes.Flat),
        new("power 0.7", "x real[]: 0.1..4", "mean(x^0.7)", Shapes.Flat),
        new("power by scalar", "x real[]: 0.1..4; k real = 2.5", "mean(x^k)", Shapes.Flat),
        new("power by tensor", "x! real[]: 0.5..4; k! real[]: -2..2", "mean(x^k)", Shapes.Flat),
        new("power of a constant", "x real[]", "mean(2^x)", Shapes.Flat),
        new("negated square", "x real[]: 0..3", "mean(-x^2)", Shapes.Flat),
        new("right-associative power", "x real[]: 0.5..1.5", "mean(x^2^3)", Shapes.Flat),
        new("division", "x! real[]; y! real[]: 0.5..2", "mean(x^2 / y)", Shapes.Flat),
        new("lgamma difference", "x real[]: 5..90", "mean(lgamma(x + 3) - lgamma(x))", Shapes.Flat),
        new("function", "x real[]; y real[]", "sq(a) = a * a; d(a, b) = sq(a - b); mean(d(x, y) + d(y, 2))", Shapes.Flat),
        new("constants", "x real[]", "mean((x - pi)^2 + 1/2 + 1e-3)", Shapes.Flat),
        new("mathematics of half precision", "x real[]: -0.5..0.5", "mean(0.5 * (1 + erf(x / sqrt(2))) + x * tanh(x))", Shapes.Flat),
    ];

    private static LossCase Of(string function, string domain = "-3..3", string? formula = null) =>
        new(function, $"x real[]: {domain}", $"mean({formula ?? function + "(x)"})", Shapes.Flat);
}
