using System.Diagnostics;
using LossGen;
using LossGen.Benchmarks;

// Value and gradient at 1 M elements on one thread: generated kernels against chained TensorPrimitives, in turn, on the same data.
const int Length = 1 << 20, Classes = 1024, Rounds = 41;
LossGenOptions.MaxDegreeOfParallelism = 1;
var random = new Random(1);
float[] x = Fill(() => (random.NextSingle() * 8) - 4), y = Fill(() => random.Next(2)), gradient = new float[Length], other = new float[Length];
int[] labels = new int[Length / Classes];
for (int i = 0; i < labels.Length; i++) labels[i] = random.Next(Classes);
var chained = new ChainedLosses(Length);

Console.WriteLine($"{"loss",-16} {"LossGen ns/element",20} {"TensorPrimitives",18} {"ratio",8}");
double product = 1;
product *= Compare("MSE", () => BenchmarkLosses.MseGradient(x, y, gradient), () => chained.Mse(x, y, other));
product *= Compare("BCE with logits", () => BenchmarkLosses.BceWithLogitsGradient(x, y, gradient), () => chained.BceWithLogits(x, y, other));
product *= Compare("Dice + BCE", () => BenchmarkLosses.DiceBceGradient(x, y, gradient), () => chained.DiceBce(x, y, other));
product *= Compare("softmax CE", () => BenchmarkLosses.CrossEntropyGradient(x, labels, gradient), () => ChainedLosses.CrossEntropy(x, labels, other));
Console.WriteLine($"geometric mean of the ratios: {Math.Pow(product, 0.25):F2}");

double Compare(string name, Func<float> fused, Func<float> chain)
{
    float a = fused(), b = chain();
    float difference = 0;
    for (int i = 0; i < Length; i++) difference = Math.Max(difference, Math.Abs(gradient[i] - other[i]));
    if (Math.Abs(a - b) > 1e-3 * Math.Abs(b) || difference > 1e-4 * other.Max(Math.Abs)) throw new InvalidOperationException($"{name}: {a} and {b} differ, gradients by {difference}");
    // Long enough for the runtime to have compiled both with full optimization.
    for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1.5);) _ = fused() + chain();
    double bestFused = double.MaxValue, bestChain = double.MaxValue;
    for (int round = 0; round < Rounds; round++)
    {
        bestFused = Math.Min(bestFused, Time(fused));
        bestChain = Math.Min(bestChain, Time(chain));
    }

    Console.WriteLine($"{name,-16} {bestFused / Length,20:F3} {bestChain / Length,18:F3} {bestChain / bestFused,8:F2}");
    return bestChain / bestFused;
}

static double Time(Func<float> run)
{
    long start = Stopwatch.GetTimestamp();
    run();
    return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
}

static float[] Fill(Func<float> next)
{
    float[] values = new float[Length];
    for (int i = 0; i < Length; i++) values[i] = next();
    return values;
}
