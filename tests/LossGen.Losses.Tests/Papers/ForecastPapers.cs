namespace LossGen.Losses.Tests.Papers;

/// <summary>Times of events and ensembles.</summary>
public static partial class ForecastPapers
{
    private const string CoxEfronFormula = """
        axis m = size(n);
        dead = happened != 0;
        tied = dead && dead[n: m] && time == time[n: m];
        ties = count[m](tied);
        before = count[m](tied && m < n);
        risk = logsumexp[m](time[n: m] >= time ? h[n: m] : -inf);
        tie = logsumexp[m](tied ? h[n: m] : -inf);
        sum(dead ? risk + log1p(-before / ties * exp(tie - risk)) - h : 0) / max(1, count(dead))
        """;

    /// <summary>Partial likelihood of the proportional hazards model with ties.</summary>
    /// <remarks>Cox, "Regression Models and Life-Tables", 1972; Efron, "The Efficiency of Cox's Likelihood Function for Censored Data", 1977.</remarks>
    [Loss(CoxEfronFormula)]
    public static partial float CoxEfron(
        [Axes("n"), Differentiate] ReadOnlySpan<float> h, [Axes("n")] ReadOnlySpan<float> time, [Axes("n")] ReadOnlySpan<byte> happened);

    /// <summary>In <c>double</c>.</summary>
    [Loss(CoxEfronFormula, Program = "CoxEfronDoubleProgram")]
    public static partial double CoxEfron(
        [Axes("n"), Differentiate] ReadOnlySpan<double> h, [Axes("n")] ReadOnlySpan<double> time, [Axes("n")] ReadOnlySpan<byte> happened);

    private const string DeepHitFormula = """
        axis m = size(n);
        p = softmax[k](z);
        cumulative = cumsum[k](p);
        likelihood = mean(dead ? -log_softmax[k](z)[k: time] : -logsumexp[k](k > time ? log_softmax[k](z) : -inf));
        own = cumulative[k: time];
        other = cumulative[n: m, k: time];
        ranking = sum(dead && time < time[n: m] ? exp(-(own - other) / sigma) : 0) / (size(n) * size(m));
        likelihood + alpha * ranking
        """;

    /// <summary>Likelihood of discrete times under censoring, and the order of pairs.</summary>
    /// <remarks>Lee, Zame, Yoon and van der Schaar, "DeepHit: A Deep Learning Approach to Survival Analysis with Competing Risks", 2018.</remarks>
    [Loss(DeepHitFormula)]
    public static partial float DeepHit(
        [Axes("n, k"), Differentiate] ReadOnlySpan<float> z, [Axes("n")] ReadOnlySpan<int> time, [Axes("n")] ReadOnlySpan<bool> dead,
        out float likelihood, out float ranking, float alpha = 1f, [Differentiate] float sigma = 0.1f);

    /// <summary>In <c>double</c>.</summary>
    [Loss(DeepHitFormula, Program = "DeepHitDoubleProgram")]
    public static partial double DeepHit(
        [Axes("n, k"), Differentiate] ReadOnlySpan<double> z, [Axes("n")] ReadOnlySpan<int> time, [Axes("n")] ReadOnlySpan<bool> dead,
        out double likelihood, out double ranking, double alpha = 1, [Differentiate] double sigma = 0.1);

    private const string CrpsEnsembleFormula = """
        valid = k < members;
        ranked = x[k: argsort[k](valid ? x : inf)];
        accuracy = sum[k](valid ? abs(x - y) : 0) / members;
        spread = sum[k](valid ? (2 * k - members + 1) * ranked : 0) / members^2;
        mean(accuracy - spread)
        """;

    /// <summary>Continuous ranked probability score of an ensemble, by sorting; the first <c>members</c> of a row count.</summary>
    /// <remarks>Gneiting and Raftery, "Strictly Proper Scoring Rules, Prediction, and Estimation", 2007.</remarks>
    [Loss(CrpsEnsembleFormula)]
    public static partial float CrpsEnsemble(
        [Axes("n, k"), Differentiate] ReadOnlySpan<float> x, [Axes("n"), Differentiate] ReadOnlySpan<float> y, [Axes("n")] ReadOnlySpan<int> members);

    /// <summary>In <c>double</c>.</summary>
    [Loss(CrpsEnsembleFormula, Program = "CrpsEnsembleDoubleProgram")]
    public static partial double CrpsEnsemble(
        [Axes("n, k"), Differentiate] ReadOnlySpan<double> x, [Axes("n"), Differentiate] ReadOnlySpan<double> y, [Axes("n")] ReadOnlySpan<int> members);

    private const string EnergyScoreFormula = """
        axis j = size(k);
        mean(mean[k](norm[d](x - y)^beta) - mean[k, j](norm[d](x - x[k: j])^beta) / 2)
        """;

    /// <summary>The same in several dimensions, by pairs.</summary>
    /// <remarks>As <c>CrpsEnsemble</c>.</remarks>
    [Loss(EnergyScoreFormula)]
    public static partial float EnergyScore(
        [Axes("n, k, d"), Differentiate] ReadOnlySpan<float> x, [Axes("n, d"), Differentiate] ReadOnlySpan<float> y, int n, float beta = 1f);

    /// <summary>In <c>double</c>.</summary>
    [Loss(EnergyScoreFormula, Program = "EnergyScoreDoubleProgram")]
    public static partial double EnergyScore(
        [Axes("n, k, d"), Differentiate] ReadOnlySpan<double> x, [Axes("n, d"), Differentiate] ReadOnlySpan<double> y, int n, double beta = 1);
}
