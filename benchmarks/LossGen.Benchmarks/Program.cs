using System.Diagnostics;
using LossGen;
using LossGen.Benchmarks;

// Value and gradient at 1 M elements on one thread: generated kernels against chained TensorPrimitives, in turn, on the same data.
// Times are the best of all rounds; the ratio is the median over the rounds of the two times measured next to each other, which a busy machine
// disturbs least.
const int Length = 1 << 20, Rounds = 400;
LossGenOptions.MaxDegreeOfParallelism = 1;
var random = new Random(1);
float[] x = Fill(() => (random.NextSingle() * 8) - 4), y = Fill(() => random.Next(2)), gradient = new float[Length], other = new float[Length];
var chained = new ChainedLosses(Length);

Console.WriteLine($"{"loss",-16} {"LossGen ns/element",20} {"TensorPrimitives",18} {"ratio",8}");
double product = 1;
product *= Compare("MSE", () => BenchmarkLosses.MseGradient(x, y, gradient), () => chained.Mse(x, y, other));
product *= Compare("BCE with logits", () => BenchmarkLosses.BceWithLogitsGradient(x, y, gradient), () => chained.BceWithLogits(x, y, other));
product *= Compare("Dice + BCE", () => BenchmarkLosses.DiceBceGradient(x, y, gradient), () => chained.DiceBce(x, y, other));
product *= CompareCrossEntropy(1024);
CompareCrossEntropy(1000);
CompareCrossEntropy(256);
CompareCrossEntropy(64);
CompareCrossEntropy(10);
Console.WriteLine($"geometric mean of the ratios, with softmax CE of 1024 classes: {Math.Pow(product, 0.25):F2}");

double CompareCrossEntropy(int classes)
{
    int rows = Length / classes, used = rows * classes;
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) labels[i] = random.Next(classes);
    return Compare(
        $"softmax CE, {classes}",
        () => BenchmarkLosses.CrossEntropyGradient(x.AsSpan(0, used), labels, gradient.AsSpan(0, used)),
        () => ChainedLosses.CrossEntropy(x.AsSpan(0, used), labels, other.AsSpan(0, used)));
}

double Compare(string name, Func<float> fused, Func<float> chain)
{
    float a = fused(), b = chain();
    float difference = 0;
    for (int i = 0; i < Length; i++) difference = Math.Max(difference, Math.Abs(gradient[i] - other[i]));
    if (Math.Abs(a - b) > 1e-3 * Math.Abs(b) || difference > 1e-4 * other.Max(Math.Abs)) throw new InvalidOperationException($"{name}: {a} and {b} differ, gradients by {difference}");
    // Long enough for the runtime to have compiled both with full optimization.
    for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1.5);) _ = fused() + chain();
    (double Fused, double Chain)[] times = [.. Enumerable.Range(0, Rounds).Select(_ => (Time(fused), Time(chain)))];
    double ratio = times.Select(t => t.Chain / t.Fused).Order().ElementAt(Rounds / 2);
    Console.WriteLine($"{name,-16} {times.Min(t => t.Fused) / Length,20:F3} {times.Min(t => t.Chain) / Length,18:F3} {ratio,8:F2}");
    return ratio;
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
