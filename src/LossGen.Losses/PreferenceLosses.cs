namespace LossGen.Losses;

/// <summary>Losses that align a model with preferences, on rewards or on log-probabilities of whole answers.</summary>
public static partial class PreferenceLosses
{
    private const string RewardRankingFormula = "-mean(log(sigmoid(chosen - rejected)))";

    /// <summary>Negative log-likelihood that the preferred answer wins: <c>-mean(log(sigmoid(chosen - rejected)))</c>; gradients by
    /// both.</summary>
    /// <param name="chosen">Rewards of the preferred answers, flat.</param>
    /// <param name="rejected">Rewards of the other answers, as many.</param>
    /// <returns>The loss in nats; <c>log 2</c> for equal rewards.</returns>
    /// <remarks>
    /// <para>When to use: to train a reward model on pairs.</para>
    /// <para>Source: Bradley and Terry, "Rank Analysis of Incomplete Block Designs", 1952; Ouyang et al., "Training Language Models to
    /// Follow Instructions with Human Feedback", 2022.</para>
    /// </remarks>
    [Loss(RewardRankingFormula)]
    public static partial float RewardRanking([Differentiate] ReadOnlySpan<float> chosen, [Differentiate] ReadOnlySpan<float> rejected);

    /// <inheritdoc cref="RewardRanking(ReadOnlySpan{float}, ReadOnlySpan{float})" />
    [Loss(RewardRankingFormula, Program = "RewardRankingDoubleProgram")]
    public static partial double RewardRanking([Differentiate] ReadOnlySpan<double> chosen, [Differentiate] ReadOnlySpan<double> rejected);

    private const string DpoFormula = """
        h = (policyChosen - referenceChosen) - (policyRejected - referenceRejected);
        mean(-(1 - labelSmoothing) * log(sigmoid(beta * h)) - labelSmoothing * log(sigmoid(-beta * h)))
        """;

    /// <summary>Direct preference optimization: <c>-mean(log(sigmoid(beta h)))</c> with <c>h</c> the log-ratio of policy to reference of
    /// the preferred answer, less that of the other; gradients by both log-probabilities of the policy.</summary>
    /// <param name="policyChosen">Log-probabilities of the preferred answers under the policy, in nats, flat.</param>
    /// <param name="policyRejected">Log-probabilities of the other answers under the policy.</param>
    /// <param name="referenceChosen">Log-probabilities of the preferred answers under the reference; no gradient.</param>
    /// <param name="referenceRejected">Log-probabilities of the other answers under the reference; no gradient.</param>
    /// <param name="beta">How strongly the policy is held to the reference; above 0.</param>
    /// <param name="labelSmoothing">Share of pairs that are assumed to be labelled the wrong way round, in 0 … 0.5.</param>
    /// <returns>The loss in nats; <c>log 2</c> for the reference itself.</returns>
    /// <remarks>
    /// <para>When to use: to align a language model on pairs without a reward model.</para>
    /// <para>Source: Rafailov et al., "Direct Preference Optimization", 2023; with label smoothing, Mitchell, "A Note on DPO with Noisy
    /// Preferences", 2023.</para>
    /// </remarks>
    [Loss(DpoFormula)]
    public static partial float Dpo(
        [Differentiate] ReadOnlySpan<float> policyChosen, [Differentiate] ReadOnlySpan<float> policyRejected,
        ReadOnlySpan<float> referenceChosen, ReadOnlySpan<float> referenceRejected, float beta = 0.1f, float labelSmoothing = 0f);

    /// <inheritdoc cref="Dpo(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, float, float)" />
    [Loss(DpoFormula, Program = "DpoDoubleProgram")]
    public static partial double Dpo(
        [Differentiate] ReadOnlySpan<double> policyChosen, [Differentiate] ReadOnlySpan<double> policyRejected,
        ReadOnlySpan<double> referenceChosen, ReadOnlySpan<double> referenceRejected, double beta = 0.1, double labelSmoothing = 0);

    private const string IpoFormula = """
        h = (policyChosen - referenceChosen) - (policyRejected - referenceRejected);
        mean((h - 1 / (2 * tau))^2)
        """;

    /// <summary>Identity preference optimization: <c>mean((h - 1 / (2 tau))^2)</c> with <c>h</c> as in <c>Dpo</c>; gradients by both
    /// log-probabilities of the policy.</summary>
    /// <param name="policyChosen">Log-probabilities of the preferred answers under the policy, in nats, flat.</param>
    /// <param name="policyRejected">Log-probabilities of the other answers under the policy.</param>
    /// <param name="referenceChosen">Log-probabilities of the preferred answers under the reference; no gradient.</param>
    /// <param name="referenceRejected">Log-probabilities of the other answers under the reference; no gradient.</param>
    /// <param name="tau">Regularisation, above 0; the margin aimed at is <c>1 / (2 tau)</c> nats.</param>
    /// <returns>The loss, in squared nats.</returns>
    /// <remarks>
    /// <para>When to use: as Dpo, where preferences are so clear that Dpo would drive the ratio without end.</para>
    /// <para>Source: Azar et al., "A General Theoretical Paradigm to Understand Learning from Human Preferences", 2023.</para>
    /// </remarks>
    [Loss(IpoFormula)]
    public static partial float Ipo(
        [Differentiate] ReadOnlySpan<float> policyChosen, [Differentiate] ReadOnlySpan<float> policyRejected,
        ReadOnlySpan<float> referenceChosen, ReadOnlySpan<float> referenceRejected, float tau = 0.1f);

    /// <inheritdoc cref="Ipo(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, float)" />
    [Loss(IpoFormula, Program = "IpoDoubleProgram")]
    public static partial double Ipo(
        [Differentiate] ReadOnlySpan<double> policyChosen, [Differentiate] ReadOnlySpan<double> policyRejected,
        ReadOnlySpan<double> referenceChosen, ReadOnlySpan<double> referenceRejected, double tau = 0.1);

    private const string KtoFormula = """
        r = policy - reference;
        z = detach(max(0, mean(policyMismatched - referenceMismatched)));
        good = desirableWeight * sigmoid(-beta * (r - z));
        bad = undesirableWeight * sigmoid(beta * (r - z));
        mean(desirable * good + (1 - desirable) * bad)
        """;

    /// <summary>Kahneman-Tversky optimization: <c>mean(weight (1 - sigmoid(± beta (r - z))))</c> with <c>r</c> the log-ratio of policy to
    /// reference, <c>z</c> its mean over mismatched answers held at 0 or above, and plus for good answers.</summary>
    /// <param name="policy">Log-probabilities of the answers under the policy, in nats, flat.</param>
    /// <param name="reference">Log-probabilities of the answers under the reference.</param>
    /// <param name="desirable">Whether each answer is a good one: 1 or 0.</param>
    /// <param name="policyMismatched">Log-probabilities, under the policy, of answers paired with other questions, <c>[m]</c>: they
    /// estimate how far the policy is from the reference.</param>
    /// <param name="referenceMismatched">The same under the reference, <c>[m]</c>.</param>
    /// <param name="beta">How strongly the policy is held to the reference; above 0.</param>
    /// <param name="desirableWeight">Weight of the good answers.</param>
    /// <param name="undesirableWeight">Weight of the bad answers.</param>
    /// <returns>The loss, in 0 … the larger weight.</returns>
    /// <remarks>
    /// <para>When to use: to align a language model on single answers marked good or bad.</para>
    /// <para>Conventions: no gradient flows through <c>z</c>.</para>
    /// <para>Source: Ethayarajh et al., "KTO: Model Alignment as Prospect Theoretic Optimization", 2024.</para>
    /// </remarks>
    [Loss(KtoFormula)]
    public static partial float Kto(
        [Differentiate] ReadOnlySpan<float> policy, ReadOnlySpan<float> reference, ReadOnlySpan<float> desirable,
        [Axes("m")] ReadOnlySpan<float> policyMismatched, [Axes("m")] ReadOnlySpan<float> referenceMismatched, float beta = 0.1f,
        float desirableWeight = 1f, float undesirableWeight = 1f);

    /// <inheritdoc cref="Kto(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float},
    /// float, float, float)" />
    [Loss(KtoFormula, Program = "KtoDoubleProgram")]
    public static partial double Kto(
        [Differentiate] ReadOnlySpan<double> policy, ReadOnlySpan<double> reference, ReadOnlySpan<double> desirable,
        [Axes("m")] ReadOnlySpan<double> policyMismatched, [Axes("m")] ReadOnlySpan<double> referenceMismatched, double beta = 0.1,
        double desirableWeight = 1, double undesirableWeight = 1);

    private const string OrpoFormula = """
        nll = -mean(chosen);
        odds = -mean(log(sigmoid((chosen - log1mexp(chosen)) - (rejected - log1mexp(rejected)))));
        nll + lambda * odds
        """;

    /// <summary>Odds-ratio preference optimization: <c>-mean(chosen) - lambda mean(log(sigmoid(log odds(chosen) - log odds(rejected))))</c>
    /// with <c>log odds(l) = l - log(1 - exp(l))</c>; gradients by both.</summary>
    /// <param name="chosen">Mean log-probability of a token of each preferred answer, in nats, below 0, flat.</param>
    /// <param name="rejected">The same of the other answers.</param>
    /// <param name="nll">Receives the negative log-likelihood of the preferred answers.</param>
    /// <param name="odds">Receives the odds-ratio part, before it is weighted.</param>
    /// <param name="lambda">Weight of the odds-ratio part.</param>
    /// <returns>The loss in nats.</returns>
    /// <remarks>
    /// <para>When to use: to fine-tune and align in one step, without a reference model.</para>
    /// <para>Source: Hong, Lee and Thorne, "ORPO: Monolithic Preference Optimization without Reference Model", 2024.</para>
    /// </remarks>
    [Loss(OrpoFormula)]
    public static partial float Orpo(
        [Differentiate] ReadOnlySpan<float> chosen, [Differentiate] ReadOnlySpan<float> rejected, out float nll, out float odds,
        float lambda = 0.1f);

    /// <inheritdoc cref="Orpo(ReadOnlySpan{float}, ReadOnlySpan{float}, out float, out float, float)" />
    [Loss(OrpoFormula, Program = "OrpoDoubleProgram")]
    public static partial double Orpo(
        [Differentiate] ReadOnlySpan<double> chosen, [Differentiate] ReadOnlySpan<double> rejected, out double nll, out double odds,
        double lambda = 0.1);

    private const string PpoClipFormula = """
        d = logProbabilities - oldLogProbabilities;
        r = exp(d);
        policy = -mean(min(r * advantages, clamp(r, 1 - epsilon, 1 + epsilon) * advantages));
        kl = mean(expm1(d) - d);
        policy + klWeight * kl
        """;

    /// <summary>Clipped surrogate of proximal policy optimization: <c>-mean(min(r A, clamp(r, 1 - epsilon, 1 + epsilon) A)) + klWeight
    /// mean(r - 1 - log(r))</c> with <c>r</c> the ratio of new to old probability.</summary>
    /// <param name="logProbabilities">Log-probabilities of the actions under the policy, in nats, flat.</param>
    /// <param name="oldLogProbabilities">The same under the policy that chose the actions.</param>
    /// <param name="advantages">By how much each action did better than expected, in units of the return.</param>
    /// <param name="policy">Receives the clipped part.</param>
    /// <param name="kl">Receives the estimated divergence of the new policy from the old one, in nats, before it is weighted.</param>
    /// <param name="epsilon">How far the ratio of new to old probability may go before its gradient ends.</param>
    /// <param name="klWeight">Weight of the divergence.</param>
    /// <returns>The loss, in units of the return.</returns>
    /// <remarks>
    /// <para>When to use: to improve a policy for several steps on the same samples.</para>
    /// <para>Conventions: at the ends of the clipping range the gradient of both branches is shared.</para>
    /// <para>Source: Schulman et al., "Proximal Policy Optimization Algorithms", 2017; the estimate of the divergence is Schulman,
    /// "Approximating KL Divergence", 2020.</para>
    /// </remarks>
    [Loss(PpoClipFormula)]
    public static partial float PpoClip(
        [Differentiate] ReadOnlySpan<float> logProbabilities, ReadOnlySpan<float> oldLogProbabilities, ReadOnlySpan<float> advantages,
        out float policy, out float kl, float epsilon = 0.2f, float klWeight = 0f);

    /// <inheritdoc cref="PpoClip(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, out float, out float, float, float)" />
    [Loss(PpoClipFormula, Program = "PpoClipDoubleProgram")]
    public static partial double PpoClip(
        [Differentiate] ReadOnlySpan<double> logProbabilities, ReadOnlySpan<double> oldLogProbabilities, ReadOnlySpan<double> advantages,
        out double policy, out double kl, double epsilon = 0.2, double klWeight = 0);
}
