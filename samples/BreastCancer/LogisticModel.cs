using System.Numerics.Tensors;

namespace BreastCancer;

/// <summary>Weights and intercept, and the descent that trains them.</summary>
public sealed class LogisticModel(int features, float l1, float l2)
{
    private readonly float[] weights = new float[features];
    private readonly float[] gradient = new float[features];

    /// <summary>One weight for each feature.</summary>
    public ReadOnlySpan<float> Weights => weights;

    /// <summary>The score of a patient whose features are all average.</summary>
    public float Intercept { get; private set; }

    /// <summary>How many weights are exactly zero.</summary>
    public int ZeroWeights => weights.Count(0f);

    /// <summary>The loss on a table, with its two parts.</summary>
    public float Loss(DiagnosticTable table, out float data, out float penalty)
        => DiagnosisLoss.LogisticElasticNet(table.Features, table.Malignant, weights, out data, out penalty, Intercept, l1, l2);

    /// <summary>One epoch: the loss before the step and all gradients from one generated call, then a descent step.</summary>
    public float Step(DiagnosticTable table, float rate)
    {
        float loss = DiagnosisLoss.LogisticElasticNetGradient(
            table.Features, table.Malignant, weights, gradient, out float interceptGradient, out _, out _, Intercept, l1, l2);
        Intercept -= rate * interceptGradient;
        for (int d = 0; d < weights.Length; d++)
            weights[d] = StepWithinOrthant(weights[d], gradient[d], rate);
        return loss;
    }

    /// <summary>The share of patients on the right side of the score 0.</summary>
    public double Accuracy(DiagnosticTable table)
    {
        int right = 0;
        for (int n = 0; n < table.PatientCount; n++)
        {
            float score = TensorPrimitives.Dot<float>(table.Features.AsSpan(n * features, features), weights) + Intercept;
            if (score > 0 == (table.Malignant[n] != 0))
                right++;
        }
        return (double)right / table.PatientCount;
    }

    // The absolute value has no derivative at 0. A weight that would change its sign stops at 0, and leaves it only where the data pull
    // harder than the penalty holds: so weights become exactly zero, not just small.
    private float StepWithinOrthant(float weight, float slope, float rate)
    {
        if (weight == 0)
            return MathF.Abs(slope) <= l1 ? 0 : -rate * (slope - MathF.CopySign(l1, slope));
        float next = weight - rate * slope;
        return next * weight < 0 ? 0 : next;
    }
}
