using LossGen.Cases.Compilation;
using LossGen.Compiler.Model;
using LossGen.Oracle;

namespace LossGen.Cases.Calls;

/// <summary>What one call of a gradient method gave: the value, or the results of a loss per sample.</summary>
internal sealed record CallResult(double[] Values, double[] Parts, double[][] Gradients);

/// <summary>Calls the compiled methods of a case with all arguments and outputs in guarded memory, outputs filled with NaN.</summary>
internal sealed class CaseCall : ILossCall
{
    private readonly CompiledCase _case;
    private readonly GuardedArray[] _tensors;
    private readonly GuardedArray? _result;
    private readonly GuardedArray?[] _gradients;
    private readonly GuardedArray?[] _curvatures;
    private readonly double[] _scalars;
    private readonly long[] _integers;

    public CaseCall(CompiledCase compiled, Inputs inputs)
    {
        _case = compiled;
        LossCase loss = compiled.Loss;
        ElementLayout? Layout(CaseParameter tensor, int number) =>
            tensor.IsTensorSpan ? ElementLayout.Some([.. tensor.AxisList.Select(a => (nint)inputs.Sizes[a.Name])], number + (int)inputs.Sizes.Values.Sum()) : null;
        _tensors = loss.Tensors.Select((t, k) => t.IsReal
            ? new GuardedArray(t.CSharpType(compiled.Real), inputs.Reals[t.Name], Layout(t, k))
            : new GuardedArray(t.TypeName, inputs.Integers[t.Name], Layout(t, k))).ToArray();
        _result = loss.Result is { } result
            ? NanFilled(result.CSharpType(compiled.Real), result.AxisList.Aggregate(1, (product, axis) => product * (int)inputs.Sizes[axis.Name])) : null;
        GuardedArray?[] Derivatives(int number) => loss.Differentiated.Select(p => p.IsTensor ? NanFilled(p.CSharpType(compiled.Real), inputs.Reals[p.Name].Length, Layout(p, number)) : null).ToArray();
        _gradients = Derivatives(1);
        _curvatures = loss.HasCurvature ? Derivatives(2) : [];
        _scalars = loss.Scalars.Where(s => s.IsReal).Select(s => inputs.Scalars[s.Name]).ToArray();
        _integers = loss.Scalars.Where(s => !s.IsReal).Select(s => inputs.IntegerScalars[s.Name]).ToArray();
    }

    /// <summary>How many results there are: one for a loss that returns a number.</summary>
    public int ResultCount => _result?.Length ?? 1;

    public (double[] Values, double[] Parts) Value()
    {
        double[] parts = NanArray(_case.Loss.Parts.Count());
        double value = _case.Value!(Addresses(_tensors), Extents(_tensors), Shapes(_tensors), _result?.Address ?? 0, _result?.Length ?? 0, _scalars, _integers, parts);
        return (_result?.ToDoubles() ?? [value], parts);
    }

    /// <summary>The gradient method, on outputs that hold NaN before.</summary>
    /// <param name="upstream">One for each result; none for the default.</param>
    public CallResult Gradient(params double[] upstream) => Derivatives(_case.Gradient!, _gradients, upstream);

    /// <summary>The method with second derivatives: all gradients, and behind them all curvatures.</summary>
    /// <param name="upstream">One for each result; none for the default.</param>
    public CallResult Curvature(params double[] upstream) => Derivatives(_case.Curvature!, [.. _gradients, .. _curvatures], upstream);

    private CallResult Derivatives(GradientCall call, GuardedArray?[] outputs, double[] upstream)
    {
        double[] parts = NanArray(_case.Loss.Parts.Count()), scalars = NanArray(outputs.Length);
        foreach (GuardedArray? output in outputs.Append(_result)) output?.Fill(double.NaN);
        using GuardedArray upstreams = new(_case.Real == ElementType.Single ? "float" : "double", _result is null ? [] : upstream);
        double value = call(
            Addresses(_tensors), Extents(_tensors), Shapes(_tensors), _result?.Address ?? 0, _result?.Length ?? 0, Addresses(outputs), Extents(outputs), Shapes(outputs), scalars, _scalars, _integers, parts,
            upstream.FirstOrDefault(1), upstreams.Address, upstreams.Length);
        return new(_result?.ToDoubles() ?? [value], parts, outputs.Select((g, i) => g?.ToDoubles() ?? [scalars[i]]).ToArray());
    }

    /// <summary>What was written where nothing should have been, or null.</summary>
    public string? Damage()
    {
        foreach ((int index, CaseParameter tensor) in _case.Loss.Tensors.Index())
            if (!_tensors[index].IsUnchanged || !_tensors[index].IsIntact) return $"input {tensor.Name} was written";
        if (_result is { IsIntact: false }) return "something was written outside the result";
        foreach ((int index, CaseParameter parameter) in _case.Loss.Differentiated.Index())
        {
            if (_gradients[index] is { IsIntact: false }) return $"something was written outside the gradient by {parameter.Name}";
            if (_curvatures.ElementAtOrDefault(index) is { IsIntact: false }) return $"something was written outside the curvature by {parameter.Name}";
        }

        return null;
    }

    public void Dispose()
    {
        foreach (GuardedArray? array in _tensors.Concat(_gradients).Concat(_curvatures).Append(_result)) array?.Dispose();
    }

    private static GuardedArray NanFilled(string type, int length, ElementLayout? layout = null) => new(type, NanArray(length), layout);

    private static double[] NanArray(int length) => Enumerable.Repeat(double.NaN, length).ToArray();

    private static nint[] Addresses(GuardedArray?[] arrays) => arrays.Select(a => a?.Address ?? 0).ToArray();

    private static int[] Extents(GuardedArray?[] arrays) => arrays.Select(a => (int)(a?.Layout.Extent ?? 0)).ToArray();

    private static nint[][] Shapes(GuardedArray?[] arrays) => arrays.Select(a => a?.Layout.Shape ?? []).ToArray();
}
