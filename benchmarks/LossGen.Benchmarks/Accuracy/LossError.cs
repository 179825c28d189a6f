using System.Globalization;
using System.Runtime.InteropServices;
using LossGen.Benchmarks.Report;
using LossGen.Losses;

namespace LossGen.Benchmarks.Accuracy;

/// <summary>How far float losses are from the same sums in double, from four thousand to 256 M elements.</summary>
public static unsafe class LossError
{
    private const int Block = 4096;

    private static readonly int[] Lengths = [1 << 12, 1 << 16, 1 << 20, 1 << 24, 1 << 26, 1 << 28];

    private delegate float Generated(ReadOnlySpan<float> x, ReadOnlySpan<float> y);

    /// <summary>A loss, and the term of one element in double; the loss is <c>Finish(sum of terms, elements)</c>.</summary>
    private sealed record Case(string Name, Generated Loss, Func<double, double, double> Term, Func<double, int, double> Finish);

    private static readonly Case[] Cases =
    [
        new("mean squared error", RegressionLosses.MeanSquaredError, (x, y) => (x - y) * (x - y), Mean),
        new("Huber", (x, y) => RegressionLosses.Huber(x, y, 1f), (x, y) => Math.Abs(x - y) is var r && r <= 1 ? r * r / 2 : r - 0.5, Mean),
        new("log-cosh", RegressionLosses.LogCosh, (x, y) => Math.Abs(x - y) is var r ? r + Math.Log(1 + Math.Exp(-2 * r)) - Math.Log(2) : 0, Mean),
        new("cross-entropy with logits", (x, y) => ClassificationLosses.BinaryCrossEntropyWithLogits(x, y), (x, y) => Softplus(x) - (y * x), Mean),
        new("Poisson, log-rates", (x, y) => RegressionLosses.PoissonLog(x, y), (x, y) => Math.Exp(x) - (y * x), Mean),
        new("elastic net", (x, y) => Regularizers.ElasticNet(x, 1e-3f, 1e-2f), (x, y) => ((double)1e-3f * Math.Abs(x)) + ((double)1e-2f * x * x), (sum, n) => sum),
    ];

    /// <summary>A table: relative error of each loss at each length.</summary>
    public static string Measure()
    {
        float* x = (float*)NativeMemory.Alloc((nuint)Lengths[^1], sizeof(float)), y = (float*)NativeMemory.Alloc((nuint)Lengths[^1], sizeof(float));
        try
        {
            Fill(x, 1, scores: true);
            Fill(y, 2, scores: false);
            MarkdownTable table = new(["loss", .. Lengths.Select(Name)]);
            foreach (Case loss in Cases)
            {
                List<string> cells = [loss.Name];
                foreach ((int length, double sum) in Sums(loss, x, y))
                {
                    double expected = loss.Finish(sum, length), actual = loss.Loss(new(x, length), new(y, length));
                    cells.Add(Math.Abs((actual - expected) / expected).ToString("0.0e+0", CultureInfo.InvariantCulture));
                }

                Console.WriteLine(string.Join("  ", cells));
                table.Add(cells);
            }

            return table.ToString();
        }
        finally
        {
            NativeMemory.Free(x);
            NativeMemory.Free(y);
        }
    }

    private static double Mean(double sum, int n) => sum / n;

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    /// <summary>The terms of the first elements, added up in double: short blocks first, so that rounding stays far below what is measured.</summary>
    private static IEnumerable<(int Length, double Sum)> Sums(Case loss, float* x, float* y)
    {
        List<(int, double)> sums = [];
        double total = 0;
        for (int start = 0; start < Lengths[^1]; start += Block)
        {
            double block = 0;
            for (int i = start; i < start + Block; i++) block += loss.Term(x[i], y[i]);
            total += block;
            if (Lengths.Contains(start + Block)) sums.Add((start + Block, total));
        }

        return sums;
    }

    /// <summary>Scores in [-4, 4], or truth, from a counter's hash.</summary>
    private static void Fill(float* values, uint seed, bool scores)
    {
        for (int i = 0; i < Lengths[^1]; i++)
        {
            uint bits = ((uint)i * 2654435761) ^ (seed * 0x9e3779b9);
            bits = (bits ^ (bits >> 15)) * 0x2c1b3c6d;
            bits = (bits ^ (bits >> 12)) * 0x297a2d39;
            bits ^= bits >> 15;
            values[i] = scores ? ((bits >> 8) * (8f / (1 << 24))) - 4 : bits & 1;
        }
    }

    private static string Name(int length) => length >= 1 << 20 ? $"{length >> 20} M" : $"{length >> 10} K";
}
