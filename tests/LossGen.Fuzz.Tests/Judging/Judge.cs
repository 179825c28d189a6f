using System.Globalization;
using LossGen.Cases;
using LossGen.Cases.Calls;
using LossGen.Cases.Compilation;
using LossGen.Compiler.Model;
using LossGen.Oracle;

namespace LossGen.Fuzz.Tests.Judging;

/// <summary>Calls a compiled formula in guarded memory and compares everything it gives with the oracle, and its bits with those of other calls.</summary>
internal sealed class Judge(CompiledCase compiled, string shape)
{
    // Elements of one gradient that are compared one by one; they are consecutive, somewhere in the tensor.
    private const int Block = 12;
    private const int Samples = 3;

    // Of a curvature, whose expectation takes many evaluations for each.
    private const int FewElements = 4;

    // What rounds to the largest finite number of a type and is not near what rounds to infinity.
    private const double LargestHalf = 65000;
    private const double LargestSingle = 3.4e38;

    /// <summary>Before a difference counts: a comparison that a few roundings turn over, as one of many equal terms, may have been missed by less.</summary>
    private const int SamplesOfDoubt = 400;

    private readonly List<string> _failures = [];
    private readonly Random _random = new(CaseInputs.Seed(shape));
    private readonly Precision _precision = Precision.Of(compiled.Real);
    private int _judged;
    private int _unjudged;

    public static Verdict Of(CompiledCase compiled)
    {
        if (compiled.Errors.Length > 0) return Verdict.Failed(compiled.Errors);
        Verdict[] verdicts = [.. compiled.Loss.Shapes.Select(shape => At(compiled, shape))];
        return new([.. verdicts.SelectMany(v => v.Failures)], verdicts.Sum(v => v.Judged), verdicts.Sum(v => v.Unjudged));
    }

    private static Verdict At(CompiledCase compiled, string shape)
    {
        try
        {
            return new Judge(compiled, shape).Run();
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or IndexOutOfRangeException or NotSupportedException or ArithmeticException)
        {
            return Verdict.Failed($"{shape}: {failure.GetType().Name}: {failure.Message}");
        }
    }

    private Verdict Run()
    {
        Inputs inputs = CaseInputs.Create(compiled.Loss, compiled.Real, shape);
        using var call = new CaseCall(compiled, inputs);
        double[] upstream = [.. Enumerable.Range(0, call.ResultCount).Select(_ => 0.5 + _random.NextDouble()).Select(u => compiled.Real == ElementType.Single ? (float)u : u)];
        (double[] results, double[] parts) = call.Value();
        CallResult gradient = call.Gradient(upstream);
        if (call.Damage() is { } damage) _failures.Add($"{shape}: {damage}");
        CompareCalls(call, upstream, gradient);

        var expectations = new Expectations(compiled.Bound!, inputs, _precision);
        double[] values = [.. results, .. parts], beside = [.. gradient.Values, .. gradient.Parts];
        Compare(samples => expectations.Values(samples), values, "");
        Compare(samples => expectations.Values(samples), beside, " beside the gradient");
        // Where a value is not finite, the derivative is nobody's.
        if (!Interpreter.EvaluateResults(compiled.Bound!, inputs).Results.All(double.IsFinite)) return new(_failures, _judged, _unjudged);
        CompareGradients(expectations, gradient, upstream, inputs, "");
        // No upstream span means ones, in a kernel of its own.
        if (compiled.Loss.Result is not null) CompareGradients(expectations, call.Gradient(), [.. upstream.Select(_ => 1.0)], inputs, " without upstream");
        if (compiled.Loss.HasCurvature) CompareCurvatures(expectations, call, upstream, inputs);
        return new(_failures, _judged, _unjudged);
    }

    private void CompareGradients(Expectations expectations, CallResult result, double[] upstream, Inputs inputs, string when)
    {
        foreach ((int i, double[] got) in result.Gradients.Index())
        {
            int count = Math.Min(Block, got.Length), start = _random.Next(got.Length - count + 1);
            var directions = new Directions(compiled.Bound!.Differentiated[i], start, count);
            if (count == 0) continue;
            double[] block = got[start..(start + count)];
            if (!IsZeroTimesInfinity(expectations.Gradient(directions, upstream, 0), block, inputs)) Compare(samples => expectations.Gradient(directions, upstream, samples), block, when);
        }
    }

    private void CompareCurvatures(Expectations expectations, CaseCall call, double[] upstream, Inputs inputs)
    {
        CallResult result = call.Curvature(upstream);
        if (call.Damage() is { } damage) _failures.Add($"{shape}: {damage} by the curvature");
        int count = result.Gradients.Length / 2;
        Compare(samples => expectations.Values(samples), [.. result.Values, .. result.Parts], " beside the curvature");
        CompareGradients(expectations, result with { Gradients = result.Gradients[..count] }, upstream, inputs, " beside the curvature");
        var curvatures = new Curvatures(compiled.Bound!, inputs, upstream, compiled.Real);
        foreach ((int i, double[] got) in result.Gradients[count..].Index())
        {
            int few = Math.Min(FewElements, got.Length), start = _random.Next(got.Length - few + 1);
            if (few > 0) Compare(samples => curvatures.Of(i, start, few, samples), got[start..(start + few)], "");
        }
    }

    /// <summary>
    /// Whether a derivative that is 0 everywhere came out as NaN behind a value that is not finite: dual numbers give 0 where nothing depends on
    /// the parameter, adjoints 0 times infinity. Where another element counts, masked terms must not do that, and all are judged.
    /// </summary>
    private bool IsZeroTimesInfinity(Expectation[] expected, double[] got, Inputs inputs)
    {
        if (expected[0].Scale != 0 || !got.Contains(double.NaN)) return false;
        bool isInfinite = Interpreter.HasNonFinite(compiled.Bound!, inputs);
        if (isInfinite) _unjudged += got.Length;
        return isInfinite;
    }

    /// <summary>The same bits again, for one thread and for three.</summary>
    private void CompareCalls(CaseCall call, double[] upstream, CallResult first)
    {
        int before = LossGenOptions.MaxDegreeOfParallelism;
        foreach (int threads in new[] { 1, 3 })
        {
            LossGenOptions.MaxDegreeOfParallelism = threads;
            CallResult again = call.Gradient(upstream);
            LossGenOptions.MaxDegreeOfParallelism = before;
            if (!Bits(first).SequenceEqual(Bits(again))) _failures.Add($"{shape}: another call with {threads} threads gives other bits");
        }
    }

    private static IEnumerable<long> Bits(CallResult result) =>
        result.Gradients.SelectMany(g => g).Concat(result.Parts).Concat(result.Values).Select(BitConverter.DoubleToInt64Bits);

    private void Compare(Func<int, Expectation[]> expect, double[] got, string when)
    {
        Expectation[] expected = expect(Samples);
        bool[] wrong = [.. expected.Select((e, i) => IsWrong(e, got[i]))];
        if (wrong.Contains(true))
        {
            expected = expect(SamplesOfDoubt);
            wrong = [.. expected.Select((e, i) => IsWrong(e, got[i]))];
        }

        for (int i = 0; i < got.Length; i++)
        {
            if (IsJudged(expected[i])) _judged++;
            else _unjudged++;
            if (!wrong[i]) continue;
            static string Text(double number, string format = "R") => number.ToString(format, CultureInfo.InvariantCulture);
            _failures.Add($"{shape}: {expected[i].What}{when} is {Text(got[i])}, not {Text(expected[i].Value)} "
                + $"(spread {Text(expected[i].Spread, "G3")}, scale {Text(expected[i].Scale, "G3")})");
        }
    }

    private bool IsWrong(Expectation expected, double got) => IsJudged(expected) && !(Math.Abs(got - expected.Value) <= Tolerance(expected));

    private bool IsJudged(Expectation expected) =>
        double.IsFinite(expected.Value) && _precision.Scale * expected.Spread <= (_precision.Limit * expected.Scale) + _precision.Least
        && Math.Abs(expected.Value) < (TypeOf(expected.What) switch { "Half" => LargestHalf, "float" => LargestSingle, _ => double.PositiveInfinity });

    private double Tolerance(Expectation expected)
    {
        string type = TypeOf(expected.What);
        // Rounded once as it is stored: to single precision, down to the least subnormal number, or to half precision.
        (double relative, double least) = type == "double" ? (_precision.Base, 0) : (Precision.Single.Base, float.Epsilon);
        double allowed = (_precision.Scale * expected.Spread) + (Math.Max(relative, _precision.Base) * expected.Scale) + Math.Max(least, _precision.Least);
        return type == "Half" ? allowed + Math.Max(Math.ScaleB(1, -25), Math.ScaleB(1, -11) * (Math.Abs(expected.Value) + allowed)) : allowed;
    }

    /// <summary>The type that a number is stored in: a gradient in that of its parameter, results in that of their span.</summary>
    private string TypeOf(string what) =>
        (what.StartsWith("value", StringComparison.Ordinal) ? compiled.Loss.Result
            : compiled.Loss.Differentiated.FirstOrDefault(p => what == $"d/d{p.Name}" || what.StartsWith($"d/d{p.Name}[", StringComparison.Ordinal) || what.StartsWith($"d2/d{p.Name}[", StringComparison.Ordinal)))
            ?.CSharpType(compiled.Real) ?? (compiled.Real == ElementType.Single ? "float" : "double");
}
