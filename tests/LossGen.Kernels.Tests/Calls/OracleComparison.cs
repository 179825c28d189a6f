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
        using ILossCall call = compiled.Call(inputs);
        double[] upstream = new double[call.ResultCount];
        foreach (ref double factor in upstream.AsSpan()) factor = compiled.Real == ElementType.Single ? (float)(0.5 + random.NextDouble()) : 0.5 + random.NextDouble();
        (double[] values, double[] parts) = call.Value();
        CallResult gradient = call.Gradient(upstream);
        double scale = CompareGradients(gradient, upstream, random);
        (double[] wantedValues, double[] wantedParts) = Interpreter.EvaluateResults(compiled.Bound!, inputs);
        ElementType stored = compiled.Bound!.ResultSpan?.Element ?? compiled.Real;
        CompareValues("value", values, wantedValues, scale, stored);
        CompareValues("value beside the gradient", gradient.Values, wantedValues, scale, stored);
        CompareValues("part", parts, wantedParts, scale, compiled.Real);
        CompareValues("part beside the gradient", gradient.Parts, wantedParts, scale, compiled.Real);

        // An upstream span that is left out means ones.
        if (compiled.Loss.Result is not null)
        {
            CallResult unit = call.Gradient();
            CompareGradients(unit, upstream.Select(_ => 1.0).ToArray(), random);
            CompareValues("value beside the unit gradient", unit.Values, wantedValues, scale, stored);
            CompareValues("part beside the unit gradient", unit.Parts, wantedParts, scale, compiled.Real);
        }

        if (call.Damage() is { } damage) _differences.Add($"{where}: {damage}");
        return _differences;
    }

    /// <summary>The largest component over the largest upstream factor.</summary>
    private double CompareGradients(CallResult got, double[] upstream, Random random)
    {
        double largest = 0;
        for (int i = 0; i < got.Gradients.Length; i++)
            largest = Math.Max(largest, CompareGradient(compiled.Bound!.Differentiated[i], got.Gradients[i], upstream, random));
        return upstream.Length == 0 ? 0 : largest / upstream.Max();
    }

    private void CompareValues(string what, double[] got, double[] want, double scale, ElementType stored)
    {
        if (got.Length != want.Length) _differences.Add($"{where}: {got.Length} numbers of {what}, not {want.Length}");
        for (int i = 0; i < Math.Min(got.Length, want.Length); i++) Compare(want.Length == 1 ? what : $"{what} {i}", got[i], want[i], scale, stored);
    }

    private double CompareGradient(DifferentiatedParameter parameter, double[] got, double[] upstream, Random random)
    {
        int length = got.Length;
        // A gradient is stored as its parameter is: that of a float parameter of a double method is a float.
        ElementType stored = parameter.Tensor?.Element ?? parameter.Scalar!.Element;
        int[] starts = length <= 3 * Block ? [0] : [0, random.Next(Block, length - (2 * Block)), length - Block];
        int count = length <= 3 * Block ? length : Block;
        double[][] blocks = starts.Select(s => Tangents(new Directions(parameter, s, count), upstream)).ToArray();
        double scale = blocks.SelectMany(b => b).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int b = 0; b < starts.Length; b++)
            for (int i = 0; i < count; i++) Compare($"d/d{parameter.Name}[{starts[b] + i}]", got[starts[b] + i], blocks[b][i], scale, stored);
        if (starts.Length == 1) return scale;

        double[] direction = Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5).ToArray();
        double along = Tangents(new Directions(parameter, 0, 1, direction), upstream)[0];
        double sum = 0, size = 0;
        for (int i = 0; i < length; i++) (sum, size) = (sum + (got[i] * direction[i]), size + Math.Abs(got[i] * direction[i]));

        // Every term was rounded to its own Half, however small their sum is.
        if (stored == ElementType.Half) size += Math.ScaleB(size, -11) / 1e-5;
        if (double.IsFinite(along)) Compare($"d/d{parameter.Name} along a random direction", sum, along, size, stored);
        return scale;
    }

    private double[] Tangents(Directions directions, double[] upstream)
    {
        if (directions.Count == 0) return [];
        Evaluation evaluation = new(compiled.Bound!, inputs, directions);
        evaluation.Run([compiled.Bound!.Result]);
        return evaluation.ResultTangents(upstream);
    }

    private void Compare(string what, double got, double want, double scale, ElementType stored)
    {
        if (IsClose(got, want, scale, stored)) return;
        string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
        _differences.Add($"{where}: {what} is {Text(got)}, not {Text(want)} (scale {scale.ToString("G3", CultureInfo.InvariantCulture)})");
    }

    private bool IsClose(double got, double want, double scale, ElementType stored)
    {
        bool isSingle = stored != ElementType.Double || compiled.Real == ElementType.Single;
        if (isSingle && double.IsInfinity((float)want)) want = (float)want;
        if (!double.IsFinite(want)) return got.Equals(want);
        (double tolerance, double least) = isSingle ? (1e-5, 4 * float.Epsilon) : (1e-11, 4 * double.Epsilon);
        double allowed = (tolerance * Math.Max(Math.Abs(want), scale)) + least;

        // Half a unit in the last of 11 digits, or of a subnormal Half.
        if (stored == ElementType.Half) allowed += Math.Max(Math.ScaleB(1, -25), Math.ScaleB(1, -11) * (Math.Abs(want) + allowed));
        return Math.Abs(got - want) <= allowed;
    }
}
