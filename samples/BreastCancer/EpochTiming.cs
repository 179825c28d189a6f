using System.Diagnostics;
using System.Numerics.Tensors;

namespace BreastCancer;

/// <summary>Time of one epoch's value and gradients: the generated code, and the same loss chained from TensorPrimitives.</summary>
public sealed record EpochTiming(double GeneratedMicroseconds, double ChainedMicroseconds, float LargestDifference)
{
    /// <summary>Times both in turns and takes the median round of each, so that a busy moment of the machine hits neither alone.</summary>
    public static EpochTiming Measure(DiagnosticTable table, LogisticModel model, float l1, float l2, int rounds, int callsPerRound)
    {
        var chained = new ChainedLoss(table.PatientCount, table.FeatureCount);
        float[] generatedGradient = new float[table.FeatureCount], chainedGradient = new float[table.FeatureCount];
        float generatedLoss = 0, chainedLoss = 0, generatedIntercept = 0, chainedIntercept = 0;
        double[] generatedTimes = new double[rounds], chainedTimes = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < callsPerRound; call++)
                generatedLoss = DiagnosisLoss.LogisticElasticNetGradient(
                    table.Features, table.Malignant, model.Weights, generatedGradient, out generatedIntercept, out _, out _,
                    model.Intercept, l1, l2);
            generatedTimes[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / callsPerRound;

            start = Stopwatch.GetTimestamp();
            for (int call = 0; call < callsPerRound; call++)
                chainedLoss = chained.Gradient(
                    table.Features, table.Malignant, model.Weights, chainedGradient, out chainedIntercept, model.Intercept, l1, l2);
            chainedTimes[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / callsPerRound;
        }
        Array.Sort(generatedTimes);
        Array.Sort(chainedTimes);
        TensorPrimitives.Subtract(generatedGradient, chainedGradient, chainedGradient);
        float difference = Math.Max(MathF.Abs(generatedLoss - chainedLoss), MathF.Abs(generatedIntercept - chainedIntercept));
        difference = Math.Max(difference, MathF.Abs(TensorPrimitives.MaxMagnitude<float>(chainedGradient)));
        return new EpochTiming(generatedTimes[rounds / 2], chainedTimes[rounds / 2], difference);
    }
}
