namespace LossGen.Losses.Tests.Papers;

/// <summary>Trajectories and groups of answers.</summary>
public static partial class PolicyPapers
{
    private const string VTraceFormula = """
        logp = log_softmax[a](z);
        taken = logp[a: action];
        ratio = exp(detach(taken) - behaviour);
        rho = min(ratio, rhoMax);
        c = λ * min(ratio, cMax);
        after = t < size(t) - 1 ? value[t: t + 1] : bootstrap;
        delta = rho * (reward + discount * after - value);
        target = detach(value + scan[-t](delta, next => delta + discount * c * next));
        targetAfter = t < size(t) - 1 ? target[t: t + 1] : bootstrap;
        advantage = detach(rho * (reward + discount * targetAfter - value));
        policy = -mean(taken * advantage);
        baseline = mean((target - value)^2) / 2;
        entropy = -mean(sum[a](exp(logp) * logp));
        policy + baselineWeight * baseline - entropyWeight * entropy
        """;

    /// <summary>Off-policy actor-critic with clipped importance weights, which accumulate from the end.</summary>
    /// <remarks>Espeholt et al., "IMPALA: Scalable Distributed Deep-RL with Importance Weighted Actor-Learner Architectures", 2018,
    /// arXiv:1802.01561.</remarks>
    [Loss(VTraceFormula)]
    public static partial float VTrace(
        [Axes("n, t, a"), Differentiate] ReadOnlySpan<float> z, [Axes("n, t"), Differentiate] ReadOnlySpan<float> value,
        [Axes("n, t")] ReadOnlySpan<int> action, [Axes("n, t")] ReadOnlySpan<float> behaviour, [Axes("n, t")] ReadOnlySpan<float> reward,
        [Axes("n, t")] ReadOnlySpan<float> discount, [Axes("n")] ReadOnlySpan<float> bootstrap,
        out float policy, out float baseline, out float entropy,
        float rhoMax = 1f, float cMax = 1f, float λ = 1f, float baselineWeight = 0.5f, float entropyWeight = 0.01f);

    /// <summary>In <c>double</c>.</summary>
    [Loss(VTraceFormula, Program = "VTraceDoubleProgram")]
    public static partial double VTrace(
        [Axes("n, t, a"), Differentiate] ReadOnlySpan<double> z, [Axes("n, t"), Differentiate] ReadOnlySpan<double> value,
        [Axes("n, t")] ReadOnlySpan<int> action, [Axes("n, t")] ReadOnlySpan<double> behaviour, [Axes("n, t")] ReadOnlySpan<double> reward,
        [Axes("n, t")] ReadOnlySpan<double> discount, [Axes("n")] ReadOnlySpan<double> bootstrap,
        out double policy, out double baseline, out double entropy,
        double rhoMax = 1, double cMax = 1, double λ = 1, double baselineWeight = 0.5, double entropyWeight = 0.01);

    private const string GrpoFormula = """
        advantage = (reward - mean[g](reward)) / (sqrt(mean[g]((reward - mean[g](reward))^2)) + 1e-8);
        ratio = exp(logp - old);
        clipped = min(ratio * advantage, clamp(ratio, 1 - clip, 1 + clip) * advantage);
        kl = exp(reference - logp) - (reference - logp) - 1;
        -mean(sum[t](t < len ? clipped - beta * kl : 0) / max(len, 1))
        """;

    /// <summary>Clipped objective with advantages relative to a group, and the divergence from a reference.</summary>
    /// <remarks>Shao et al., "DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models", 2024, arXiv:2402.03300.</remarks>
    [Loss(GrpoFormula)]
    public static partial float Grpo(
        [Axes("q, g, t"), Differentiate] ReadOnlySpan<float> logp, [Axes("q, g, t")] ReadOnlySpan<float> old,
        [Axes("q, g, t")] ReadOnlySpan<float> reference, [Axes("q, g")] ReadOnlySpan<float> reward, [Axes("q, g")] ReadOnlySpan<int> len,
        int q, float clip = 0.2f, float beta = 0.04f);

    /// <summary>In <c>double</c>.</summary>
    [Loss(GrpoFormula, Program = "GrpoDoubleProgram")]
    public static partial double Grpo(
        [Axes("q, g, t"), Differentiate] ReadOnlySpan<double> logp, [Axes("q, g, t")] ReadOnlySpan<double> old,
        [Axes("q, g, t")] ReadOnlySpan<double> reference, [Axes("q, g")] ReadOnlySpan<double> reward, [Axes("q, g")] ReadOnlySpan<int> len,
        int q, double clip = 0.2, double beta = 0.04);
}
