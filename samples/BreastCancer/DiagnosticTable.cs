using System.Globalization;

namespace BreastCancer;

/// <summary>Patients with features and diagnosis; features are stored patient after patient.</summary>
public sealed record DiagnosticTable(float[] Features, byte[] Malignant, int FeatureCount)
{
    /// <summary>How many patients the table has.</summary>
    public int PatientCount => Malignant.Length;

    /// <summary>Reads the table: a header with the counts, then a line for each patient, the class last (0 malignant, 1 benign).</summary>
    public static DiagnosticTable Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] header = lines[0].Split(',');
        int patients = int.Parse(header[0], CultureInfo.InvariantCulture);
        int features = int.Parse(header[1], CultureInfo.InvariantCulture);
        float[] values = new float[patients * features];
        byte[] malignant = new byte[patients];
        for (int n = 0; n < patients; n++)
        {
            string[] cells = lines[n + 1].Split(',');
            for (int d = 0; d < features; d++)
                values[n * features + d] = float.Parse(cells[d], CultureInfo.InvariantCulture);
            malignant[n] = cells[features] == "0" ? (byte)1 : (byte)0;
        }
        return new DiagnosticTable(values, malignant, features);
    }

    /// <summary>Splits the patients at random, the same way for the same seed.</summary>
    public (DiagnosticTable Training, DiagnosticTable HeldOut) Split(double trainingShare, int seed)
    {
        int[] order = [.. Enumerable.Range(0, PatientCount)];
        new Random(seed).Shuffle(order);
        int trainingCount = (int)(trainingShare * PatientCount);
        return (Pick(order.AsSpan(0, trainingCount)), Pick(order.AsSpan(trainingCount)));
    }

    /// <summary>Mean and standard deviation of each feature.</summary>
    public (float[] Mean, float[] Deviation) Moments()
    {
        float[] mean = new float[FeatureCount], deviation = new float[FeatureCount];
        for (int d = 0; d < FeatureCount; d++)
        {
            double sum = 0, squares = 0;
            for (int n = 0; n < PatientCount; n++)
                sum += Features[n * FeatureCount + d];
            double average = sum / PatientCount;
            for (int n = 0; n < PatientCount; n++)
                squares += Math.Pow(Features[n * FeatureCount + d] - average, 2);
            (mean[d], deviation[d]) = ((float)average, (float)Math.Sqrt(squares / PatientCount));
        }
        return (mean, deviation);
    }

    /// <summary>The table with each feature shifted and scaled by the given moments.</summary>
    /// <remarks>They are those of the training part, for the held-out part too: nothing is learned from held-out patients.</remarks>
    public DiagnosticTable Standardised((float[] Mean, float[] Deviation) moments)
    {
        float[] scaled = new float[Features.Length];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = (Features[i] - moments.Mean[i % FeatureCount]) / moments.Deviation[i % FeatureCount];
        return this with { Features = scaled };
    }

    private DiagnosticTable Pick(ReadOnlySpan<int> patients)
    {
        float[] values = new float[patients.Length * FeatureCount];
        byte[] malignant = new byte[patients.Length];
        for (int n = 0; n < patients.Length; n++)
        {
            Features.AsSpan(patients[n] * FeatureCount, FeatureCount).CopyTo(values.AsSpan(n * FeatureCount));
            malignant[n] = Malignant[patients[n]];
        }
        return new DiagnosticTable(values, malignant, FeatureCount);
    }
}
