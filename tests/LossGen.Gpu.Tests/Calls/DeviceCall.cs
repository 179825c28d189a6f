using LossGen.Compiler.Model;
using LossGen.Oracle;

namespace LossGen.Gpu.Tests.Calls;

/// <summary>Calls a case on a device, outputs filled with NaN. Inputs must come back unchanged.</summary>
internal sealed class DeviceCall : ILossCall
{
    private readonly GpuLoss _loss;
    private readonly LossCase _case;
    private readonly ElementType _real;
    private readonly GpuQueue _queue;
    private readonly Dictionary<string, DeviceArray> _inputs = [];
    private readonly Dictionary<string, DeviceArray> _outputs = [];
    private readonly Dictionary<string, object> _scalars = [];

    public DeviceCall(GpuLoss loss, LossCase @case, ElementType real, Inputs inputs)
    {
        _loss = loss;
        _case = @case;
        _real = real;
        _queue = loss.Device.CreateQueue();
        foreach (CaseParameter tensor in @case.Tensors)
            _inputs[tensor.Name] = new DeviceArray(_queue, tensor.CSharpType(real), tensor.IsReal ? inputs.Reals[tensor.Name] : [.. inputs.Integers[tensor.Name].Select(v => (double)v)],
                [.. tensor.AxisList.Select(a => (int)inputs.Sizes[a.Name])]);
        if (@case.Result is { } result)
        {
            ResultCount = result.AxisList.Aggregate(1, (product, axis) => product * (int)inputs.Sizes[axis.Name]);
            _outputs[result.Name] = new DeviceArray(_queue, result.CSharpType(real), NaN(ResultCount));
        }

        foreach (CaseParameter parameter in @case.Differentiated.Where(p => p.IsTensor))
            _outputs[parameter.Name + "Gradient"] = new DeviceArray(_queue, parameter.CSharpType(real), NaN(inputs.Reals[parameter.Name].Length));
        foreach (CaseParameter scalar in @case.Scalars)
        {
            _scalars[scalar.Name] = scalar.IsReal ? inputs.Scalars[scalar.Name] : scalar.TypeName switch
            {
                "bool" => inputs.IntegerScalars[scalar.Name] != 0,
                "int" => (int)inputs.IntegerScalars[scalar.Name],
                _ => inputs.IntegerScalars[scalar.Name],
            };
        }
    }

    public int ResultCount { get; } = 1;

    public (double[] Values, double[] Parts) Value()
    {
        GpuResults results = _loss.Value(_queue, Arguments(_case.Result is { } result ? [result.Name] : []));
        return (Values(results), Parts(results));
    }

    public CallResult Gradient(params double[] upstream)
    {
        foreach (DeviceArray output in _outputs.Values) output.Write(_queue, NaN(output.Length));
        GpuArguments arguments = Arguments(_outputs.Keys);
        using DeviceArray? factors = upstream.Length == 0 ? null : new DeviceArray(_queue, _real == ElementType.Single ? "float" : "double", upstream);
        if (factors is not null) arguments["upstream"] = factors.Buffer;
        GpuResults results = _loss.Gradient(_queue, arguments);
        double[][] gradients = [.. _case.Differentiated.Select(p => p.IsTensor ? _outputs[p.Name + "Gradient"].Read(_queue) : [results[p.Name + "Gradient"]])];
        CallResult first = new(Values(results), Parts(results), gradients);

        // The same bits again, in the same memory.
        GpuResults again = _loss.Gradient(_queue, arguments);
        bool isSame = results.Names.All(name => results[name].Equals(again[name]))
            && _case.Differentiated.Where(p => p.IsTensor).All(p => _outputs[p.Name + "Gradient"].Read(_queue).SequenceEqual(gradients[Array.IndexOf(_case.Differentiated, p)]));
        return isSame ? first : throw new InvalidOperationException("a second run gave other bits");
    }

    public string? Damage() =>
        _inputs.Where(i => !i.Value.Read(_queue).SequenceEqual(i.Value.Written)).Select(i => $"input {i.Key} was written").FirstOrDefault();

    public void Dispose()
    {
        foreach (DeviceArray array in _inputs.Values.Concat(_outputs.Values)) array.Dispose();
        _queue.Dispose();
    }

    private GpuArguments Arguments(IEnumerable<string> outputs)
    {
        GpuArguments arguments = new();
        foreach ((string name, DeviceArray array) in _inputs) arguments[name] = array.Buffer;
        foreach (string name in outputs) arguments[name] = _outputs[name].Buffer;
        foreach ((string name, object value) in _scalars) arguments[name] = value;
        return arguments;
    }

    private double[] Values(GpuResults results) => _case.Result is { } result ? _outputs[result.Name].Read(_queue) : [results["loss"]];

    private double[] Parts(GpuResults results) => [.. _case.Parts.Select(p => results[p.Name])];

    private static double[] NaN(int length) => [.. Enumerable.Repeat(double.NaN, length)];
}
