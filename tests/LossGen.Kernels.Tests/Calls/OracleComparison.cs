using System.Globalization;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Model;
using LossGen.Oracle;

namespace LossGen.Kernels.Tests.Calls;

/// <summary>Compares value, parts and gradients of the compiled methods with the oracle's.</summary>
internal sealed class OracleComparison(CompiledCase compiled, Inputs inputs, string where)
{
    // Above this many elements a gradient is compared in three blocks of single elements, and all of it along one random direction.
    private const int Block = 24;

    private readonly List<string> _differences = [];

    public static IReadOnlyList<string> Run(CompiledCase compiled, string shape) =>
        new OracleComparison(compiled, CaseInputs.Create(compiled.Loss, compiled.Real, shape), shape).Run();

    public IReadOnlyList<string> Run()
    {
        Random random = new(CaseInputs.Seed(where));
        double upstream = compiled.Real == ElementType.Single ? (float)(0.5 + random.NextDouble()) : 0.5 + random.NextDouble();
        using CaseCall call = new(compiled, inputs);
        (double value, double[] parts) = call.Value();
        CallResult gradient = call.Gradient(upstream);
        if (call.Damage() is { } damage) _differences.Add($"{where}: {damage}");

        double largest = 0;
        for (int i = 0; i < gradient.Gradients.Length; i++)
            largest = Math.Max(largest, CompareGradient(compiled.Bound!.Differentiated[i], gradient.Gradients[i], upstream, random));
        (double wantedValue, double[] wantedParts) = Interpreter.Evaluate(compiled.Bound!, inputs);
        Compare("value", value, wantedValue, largest / upstream);
        Compare("value beside the gradient", gradient.Value, wantedValue, largest / upstream);
        for (int i = 0; i < parts.Length; i++)
        {
            Compare($"part {i}", parts[i], wantedParts[i], largest / upstream);
            Compare($"part {i} beside the gradient", gradient.Parts[i], wantedParts[i], largest / upstream);
        }

        return _differences;
    }

    private double CompareGradient(DifferentiatedParameter parameter, double[] got, double upstream, Random random)
    {
        int length = got.Length;
        // A float parameter of a double method has a float gradient.
        bool isSingle = (parameter.Tensor?.Element ?? parameter.Scalar!.Element) == ElementType.Single;
        int[] starts = length <= 3 * Block ? [0] : [0, random.Next(Block, length - (2 * Block)), length - Block];
        int count = length <= 3 * Block ? length : Block;
        double[][] blocks = starts.Select(s => Tangents(new Directions(parameter, s, count), upstream)).ToArray();
        double scale = blocks.SelectMany(b => b).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int b = 0; b < starts.Length; b++)
            for (int i = 0; i < count; i++) Compare($"d/d{parameter.Name}[{starts[b] + i}]", got[starts[b] + i], blocks[b][i], scale, isSingle);
        if (starts.Length == 1) return scale;

        double[] direction = Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5).ToArray();
        double along = Tangents(new Directions(parameter, 0, 1, direction), upstream)[0];
        double sum = 0, size = 0;
        for (int i = 0; i < length; i++) (sum, size) = (sum + (got[i] * direction[i]), size + Math.Abs(got[i] * direction[i]));
        if (double.IsFinite(along)) Compare($"d/d{parameter.Name} along a random direction", sum, along, size, isSingle);
        return scale;
    }

    private double[] Tangents(Directions directions, double upstream)
    {
        if (directions.Count == 0) return [];
        Evaluation evaluation = new(compiled.Bound!, inputs, directions);
        evaluation.Run([compiled.Bound!.Result]);
        return evaluation[compiled.Bound.Result].Tangents?.Select(t => t * upstream).ToArray() ?? new double[directions.Count];
    }

    private void Compare(string what, double got, double want, double scale, bool isSingle = false)
    {
        if (IsClose(got, want, scale, isSingle || compiled.Real == ElementType.Single)) return;
        string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
        _differences.Add($"{where}: {what} is {Text(got)}, not {Text(want)} (scale {scale.ToString("G3", CultureInfo.InvariantCulture)})");
    }

    private static bool IsClose(double got, double want, double scale, bool isSingle)
    {
        if (isSingle && double.IsInfinity((float)want)) want = (float)want;
        if (!double.IsFinite(want)) return got.Equals(want);
        (double tolerance, double least) = isSingle ? (1e-5, 4 * float.Epsilon) : (1e-11, 4 * double.Epsilon);
        return Math.Abs(got - want) <= (tolerance * Math.Max(Math.Abs(want), scale)) + least;
    }
}
