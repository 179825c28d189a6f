using LossGen;

namespace BreastCancer;

/// <summary>The model and its loss, declared once; LossGen writes the bodies and the gradients.</summary>
public static partial class DiagnosisLoss
{
    /// <summary>Logistic regression: cross-entropy of the scores <c>x w + b</c>, plus an elastic net on the weights.</summary>
    /// <param name="x">Standardised features, <c>[n, d]</c>: a row for each patient.</param>
    /// <param name="y">Diagnoses, <c>[n]</c>: 1 malignant, 0 benign.</param>
    /// <param name="w">Weights, <c>[d]</c>: one for each feature.</param>
    /// <param name="data">Receives the cross-entropy, in nats.</param>
    /// <param name="penalty">Receives the elastic net.</param>
    /// <param name="b">The intercept, which is not penalised.</param>
    /// <param name="l1">Strength of the penalty on absolute weights.</param>
    /// <param name="l2">Strength of the penalty on squared weights.</param>
    /// <returns>The sum of both parts.</returns>
    [Loss("""
        z       = sum[d](x * w) + b;                       // the model: one score a patient
        data    = mean(softplus(z) - y * z);               // cross-entropy of sigmoid(z)
        penalty = Regularizers.ElasticNet(w, l1, l2);      // a loss of the catalogue, fused into this one
        data + penalty
        """)]
    public static partial float LogisticElasticNet(
        [Axes("n, d")] ReadOnlySpan<float> x, [Axes("n")] ReadOnlySpan<byte> y, [Axes("d"), Differentiate] ReadOnlySpan<float> w,
        out float data, out float penalty, [Differentiate] float b, float l1, float l2);
}
