namespace LossGen.Compiler.Binding;

/// <summary>What to write for a function that other languages and libraries have under a name of their own.</summary>
internal static class ForeignNames
{
    public static string? Advice(string name) => name.Replace("_", "").ToLowerInvariant() switch
    {
        "ln" => "\"log(x)\"",
        "log2" => "\"log(x) / log(2)\"",
        "log10" => "\"log(x) / log(10)\"",
        "pow" or "power" => "\"x^k\"",
        "sqr" => "\"square(x)\" or \"x^2\"",
        "average" or "avg" => "\"mean(x)\"",
        "maximum" => "\"max(a, b)\"",
        "minimum" => "\"min(a, b)\"",
        "var" or "variance" => "\"mean[n]((x - mean[n](x))^2)\"",
        "std" or "stddev" => "\"sqrt(mean[n]((x - mean[n](x))^2))\"",
        "sort" or "sorted" => "\"x[n: argsort[n](x)]\"",
        "topk" => "\"x[n: argsort[n](-x)]\" and a condition \"n < k\"",
        "onehot" => "\"c == label\", a truth value along axis c",
        "gather" or "take" or "select" or "indexselect" => "\"x[c: label]\"",
        "roll" or "shift" => "\"x[n: n + 1]\"",
        "diff" => "\"x[n: n + 1] - x\"",
        "dot" or "matmul" or "einsum" => "\"sum[d](a * b)\"",
        "normalize" or "normalise" => "\"x / norm[d](x)\"",
        "cosinesimilarity" => "\"sum[d](a * b) / (norm[d](a) * norm[d](b))\"",
        "if" or "iif" or "ifelse" or "cond" => "\"c ? a : b\"",
        "len" or "length" or "numel" or "shape" => "\"size(n)\"",
        "stopgradient" or "nograd" => "\"detach(x)\"",
        _ => null,
    };
}
