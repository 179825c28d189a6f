namespace LossGen.Losses.Tests.Papers;

/// <summary>Lists of documents, the first <c>len</c> of each row.</summary>
public static partial class RankingPapers
{
    private const string ListMleFormula = """
        valid = d < len;
        ranked = s[d: argsort[d](valid ? -relevance : inf)];
        rest = cumlogsumexp[-d](valid ? ranked : -inf);
        mean[q](sum[d](valid ? rest - ranked : 0))
        """;

    /// <summary>Plackett-Luce likelihood of the right order.</summary>
    /// <remarks>Xia, Liu, Wang, Zhang and Li, "Listwise Approach to Learning to Rank: Theory and Algorithm", 2008.</remarks>
    [Loss(ListMleFormula)]
    public static partial float ListMle(
        [Axes("q, d"), Differentiate] ReadOnlySpan<float> s, [Axes("q, d")] ReadOnlySpan<int> relevance,
        [Axes("q")] ReadOnlySpan<int> len);

    /// <summary>In <c>double</c>.</summary>
    [Loss(ListMleFormula, Program = "ListMleDoubleProgram")]
    public static partial double ListMle(
        [Axes("q, d"), Differentiate] ReadOnlySpan<double> s, [Axes("q, d")] ReadOnlySpan<int> relevance,
        [Axes("q")] ReadOnlySpan<int> len);

    private const string ApproxNdcgFormula = """
        axis e = size(d);
        valid = d < len;
        place = 1 + sum[e](e < len && e != d ? sigmoid(alpha * (s[d: e] - s)) : 0);
        gain = valid ? 2^relevance - 1 : 0;
        ideal = sum[d](gain[d: argsort[d](-gain)] / log(2 + d));
        dcg = sum[d](valid ? gain / log(1 + place) : 0);
        -sum(ideal > 0 ? dcg / ideal : 0) / count(ideal > 0)
        """;

    /// <summary>NDCG of positions that a sigmoid approximates.</summary>
    /// <remarks>Qin, Liu and Li, "A General Approximation Framework for Direct Optimization of Information Retrieval Measures", 2010.</remarks>
    [Loss(ApproxNdcgFormula)]
    public static partial float ApproxNdcg(
        [Axes("q, d"), Differentiate] ReadOnlySpan<float> s, [Axes("q, d")] ReadOnlySpan<byte> relevance,
        [Axes("q")] ReadOnlySpan<int> len, [Differentiate] float alpha = 10f);

    /// <summary>In <c>double</c>.</summary>
    [Loss(ApproxNdcgFormula, Program = "ApproxNdcgDoubleProgram")]
    public static partial double ApproxNdcg(
        [Axes("q, d"), Differentiate] ReadOnlySpan<double> s, [Axes("q, d")] ReadOnlySpan<byte> relevance,
        [Axes("q")] ReadOnlySpan<int> len, [Differentiate] double alpha = 10);

    private const string LambdaLossFormula = """
        axis e = size(d);
        valid = d < len;
        rank = argsort[d](argsort[d](valid ? -s : inf));
        gain = valid ? 2^relevance - 1 : 0;
        ideal = sum[d](gain[d: argsort[d](-gain)] / log(2 + d));
        discount = 1 / log(2 + rank);
        delta = abs(gain - gain[d: e]) * abs(discount - discount[d: e]) / ideal;
        pair = valid && e < len && relevance > relevance[d: e];
        mean[q](sum[d, e](pair ? delta * softplus(-sigma * (s - s[d: e])) / log(2) : 0))
        """;

    /// <summary>Pairs weighted by what their exchange would change in NDCG.</summary>
    /// <remarks>Wang, Li, Golbandi, Bendersky and Najork, "The LambdaLoss Framework for Ranking Metric Optimization", 2018, with the weights of
    /// LambdaRank.</remarks>
    [Loss(LambdaLossFormula)]
    public static partial float LambdaLoss(
        [Axes("q, d"), Differentiate] ReadOnlySpan<float> s, [Axes("q, d")] ReadOnlySpan<byte> relevance,
        [Axes("q")] ReadOnlySpan<int> len, [Differentiate] float sigma = 1f);

    /// <summary>In <c>double</c>.</summary>
    [Loss(LambdaLossFormula, Program = "LambdaLossDoubleProgram")]
    public static partial double LambdaLoss(
        [Axes("q, d"), Differentiate] ReadOnlySpan<double> s, [Axes("q, d")] ReadOnlySpan<byte> relevance,
        [Axes("q")] ReadOnlySpan<int> len, [Differentiate] double sigma = 1);
}
