using System.Globalization;
using System.Runtime.InteropServices;
using Xunit;

namespace LossGen.Kernels.Tests.Declared;

/// <summary>Thread counts, callers at once, memory and culture change no bit.</summary>
[Collection(ProcessSettings.Name)]
public class ThreadTests
{
    private delegate float Run(float[] gradient);

    public static TheoryData<string> Losses => ["mse", "dice and bce", "cross-entropy", "triplet", "contraction", "pictures", "bce of each", "cross-entropy of each"];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Same_bits_at_every_thread_count(string name)
    {
        (Run run, int length) = Loss(name);
        (float Value, byte[] Gradient) Bits(int threads)
        {
            float[] gradient = Enumerable.Repeat(float.NaN, length).ToArray();
            float value = CallThreads.With(threads, () => run(gradient));
            return (value, MemoryMarshal.AsBytes(gradient.AsSpan()).ToArray());
        }

        (float value, byte[] gradient) = Bits(1);
        Assert.True(float.IsFinite(value));
        Assert.DoesNotContain(float.NaN, MemoryMarshal.Cast<byte, float>(gradient).ToArray());
        foreach (int threads in new[] { 2, 3, 8, 1 })
        {
            (float again, byte[] gradientAgain) = Bits(threads);
            Assert.Equal(BitConverter.SingleToInt32Bits(value), BitConverter.SingleToInt32Bits(again));
            Assert.True(gradient.AsSpan().SequenceEqual(gradientAgain), $"the gradient differs at {threads} threads");
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void No_allocation_after_the_first_call_on_one_thread(string name)
    {
        (Run run, int length) = Loss(name);
        float[] gradient = new float[length];
        long allocated = CallThreads.With(1, () =>
        {
            run(gradient);
            return AllocatedBytes.By(() =>
            {
                run(gradient);
                run(gradient);
            });
        });
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Callers_at_once_get_what_one_gets()
    {
        foreach (string name in new[] { "dice and bce", "contraction" })
        {
            (Run run, int length) = Loss(name);
            float[] wanted = new float[length];
            float value = run(wanted);
            string[] wrong = CallThreads.With(2, () =>
            {
                List<string> found = [];
                Thread[] callers = Enumerable.Range(0, 6).Select(caller => new Thread(() =>
                {
                    float[] gradient = new float[length];
                    for (int round = 0; round < 4; round++)
                    {
                        gradient.AsSpan().Fill(float.NaN);
                        bool same = run(gradient) == value && gradient.AsSpan().SequenceEqual(wanted);
                        if (same) continue;
                        lock (found) found.Add($"{name}: caller {caller}, round {round}");
                    }
                })).ToArray();
                foreach (Thread caller in callers) caller.Start();
                foreach (Thread caller in callers) caller.Join();
                return found.ToArray();
            });
            Assert.Empty(wrong);
        }
    }

    [Fact]
    public void Culture_changes_neither_values_nor_messages()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo hostile = (CultureInfo)CultureInfo.GetCultureInfo("tr-TR").Clone();
        hostile.NumberFormat.NegativeSign = "minus";
        hostile.NumberFormat.NumberDecimalSeparator = ";";
        try
        {
            CultureInfo.CurrentCulture = hostile;
            Assert.Equal(3.5f, UserLosses.Mse([2, 0, 3, 7], [1, 2, 0, 7]));
            string message = Assert.Throws<ArgumentOutOfRangeException>(() => UserLosses.CrossEntropy([1, 2, 3, 4], [0, -1])).Message;
            Assert.Contains("label[1] is -1", message);
            Assert.Equal("mean((x - y)^2)", UserLosses.MseProgram.Formula);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Sixteen_million_elements_within_a_millionth_of_float64()
    {
        const int Count = 16_000_003;
        float[] x = ProcessSettings.Samples(Count, 1), y = ProcessSettings.Samples(Count, 2), gradient = new float[Count];
        double sum = 0, lost = 0;
        for (int i = 0; i < Count; i++)
        {
            double difference = (double)x[i] - y[i], next = sum + (difference * difference);
            lost += sum - next + (difference * difference);
            sum = next;
        }

        double wanted = (sum + lost) / Count;
        Assert.InRange(UserLosses.MseGradient(x, y, gradient) / wanted, 1 - 1e-6, 1 + 1e-6);
        Assert.InRange(UserLosses.Mse(x, y) / wanted, 1 - 1e-6, 1 + 1e-6);
        for (int i = 0; i < Count; i += 9973) Assert.Equal(2 * ((double)x[i] - y[i]) / Count, gradient[i], 1e-5 * 12.0 / Count);

        double entropy = 0;
        for (int i = 0; i < Count; i++) entropy += Math.Log(1 + Math.Exp(x[i])) - (i % 3 == 0 ? x[i] : 0);
        byte[] mask = new byte[Count];
        for (int i = 0; i < Count; i += 3) mask[i] = 1;
        UserLosses.DiceBce(x, mask, out _, out float bce);
        Assert.InRange(bce / (entropy / Count), 1 - 1e-6, 1 + 1e-6);
    }

    private delegate void RunEach(Span<float> each, Span<float> gradient);

    private static float OfEach(float[] outputs, int results, RunEach run)
    {
        run(outputs.AsSpan(0, results), outputs.AsSpan(results));
        return 0;
    }

    private static (Run Run, int Length) Loss(string name)
    {
        switch (name)
        {
            case "mse":
                float[] x = ProcessSettings.Samples(1_000_003, 1), y = ProcessSettings.Samples(1_000_003, 2);
                return (gradient => UserLosses.MseGradient(x, y, gradient), x.Length);
            case "dice and bce":
                float[] z = ProcessSettings.Samples(1_000_003, 3);
                byte[] mask = Array.ConvertAll(ProcessSettings.Labels(z.Length, 2, 4), label => (byte)label);
                return (gradient => UserLosses.DiceBceGradient(z, mask, gradient, out _, out _), z.Length);
            case "cross-entropy":
                float[] logits = ProcessSettings.Samples(4096 * 300, 5);
                int[] labels = ProcessSettings.Labels(4096, 300, 6);
                return (gradient => UserLosses.CrossEntropyGradient(logits, labels, gradient), logits.Length);
            case "triplet":
                float[] a = ProcessSettings.Samples(8000 * 65, 7), p = ProcessSettings.Samples(a.Length, 8), q = ProcessSettings.Samples(a.Length, 9);
                return (gradient => UserLosses.TripletGradient(
                    a, p, q, gradient.AsSpan(0, a.Length), gradient.AsSpan(a.Length, a.Length), gradient.AsSpan(2 * a.Length), d: 65), 3 * a.Length);
            case "contraction":
                float[] left = ProcessSettings.Samples(600 * 33, 10, 0.5f), right = ProcessSettings.Samples(500 * 33, 11, 0.5f);
                int[] pairs = ProcessSettings.Labels(600, 500, 12);
                return (gradient => UserLosses.InfoNceGradient(left, right, pairs, gradient.AsSpan(0, left.Length), gradient.AsSpan(left.Length), d: 33), left.Length + right.Length);
            case "bce of each":
                float[] elements = ProcessSettings.Samples(1_000_003, 15), factors = ProcessSettings.Samples(elements.Length, 16);
                byte[] truth = Array.ConvertAll(ProcessSettings.Labels(elements.Length, 2, 17), label => (byte)label);
                return (outputs => OfEach(outputs, elements.Length, (each, gradient) => UserLosses.BceOfEachGradient(elements, truth, each, gradient, factors)), 2 * elements.Length);
            case "cross-entropy of each":
                float[] rows = ProcessSettings.Samples(4096 * 300, 18);
                int[] picked = ProcessSettings.Labels(4096, 300, 19);
                return (outputs => OfEach(outputs, 4096, (each, gradient) => UserLosses.CrossEntropyOfEachGradient(rows, picked, each, gradient)), 4096 + rows.Length);
            default:
                float[] pictures = ProcessSettings.Samples(8 * 5 * 96 * 100, 13);
                int[] classes = ProcessSettings.Labels(8 * 96 * 100, 5, 14);
                return (gradient => UserLosses.ClassDiceGradient(pictures, classes, gradient, h: 96, w: 100), pictures.Length);
        }
    }
}
