using System.Reflection;
using LossGen.Gpu.Tests.Calls;
using LossGen.Losses.Tests.Declarations;
using LossGen.Losses.Tests.References;

namespace LossGen.Gpu.Tests.Catalogue;

/// <summary>Runs the program of an overload on a device; a gradient twice, which must give the same bits.</summary>
internal sealed class DeviceRunner(GpuQueue queue) : ILossRunner
{
    private readonly Dictionary<LossProgram, GpuLoss> _loaded = [];

    public LossResults Value(DeclaredLoss loss, ReferenceCase arguments)
    {
        using Call call = new(queue, loss, arguments, [], isGradient: false);
        return call.Results(Load(loss).Value(queue, call.Arguments));
    }

    public LossResults Gradient(DeclaredLoss loss, ReferenceCase arguments, params double[] upstream)
    {
        using Call call = new(queue, loss, arguments, upstream, isGradient: true);
        LossResults first = call.Results(Load(loss).Gradient(queue, call.Arguments)), second = call.Results(Load(loss).Gradient(queue, call.Arguments));
        if (!Bits(first).SequenceEqual(Bits(second))) throw new InvalidOperationException($"a second run of {loss} gave other bits");
        return first;
    }

    private GpuLoss Load(DeclaredLoss loss) => _loaded.TryGetValue(loss.Program, out GpuLoss? known) ? known : _loaded[loss.Program] = queue.Device.Load(loss.Program);

    private static IEnumerable<long> Bits(LossResults results) =>
        results.Values.Concat(results.Parts.Values).Concat(results.Gradients.Values.SelectMany(g => g)).Select(BitConverter.DoubleToInt64Bits);

    /// <summary>Arguments and outputs in the device's memory.</summary>
    private sealed class Call : IDisposable
    {
        private readonly GpuQueue _queue;
        private readonly DeclaredLoss _loss;
        private readonly ReferenceCase _case;
        private readonly List<DeviceArray> _owned = [];
        private readonly Dictionary<string, DeviceArray> _outputs = [];

        public Call(GpuQueue queue, DeclaredLoss loss, ReferenceCase arguments, double[] upstream, bool isGradient)
        {
            (_queue, _loss, _case) = (queue, loss, arguments);
            foreach (ParameterInfo parameter in (isGradient ? loss.Gradient : loss.Method).GetParameters().Where(p => !p.IsOut))
            {
                string name = parameter.Name!;
                if (name == "upstream")
                {
                    if (upstream.Length > 0) Arguments[name] = Array(loss.IsDouble ? typeof(double) : typeof(float), upstream).Buffer;
                }
                else if (DeclaredLoss.ElementOf(parameter.ParameterType) is not { } element)
                {
                    Arguments[name] = CaseArguments.Scalar(parameter, arguments)!;
                }
                else if (arguments.Arguments.TryGetValue(name, out double[]? values))
                {
                    Arguments[name] = Array(element, values).Buffer;
                }
                else
                {
                    _outputs[name] = Array(element, CaseArguments.NaN(CaseArguments.Length(name, loss, arguments)));
                    Arguments[name] = _outputs[name].Buffer;
                }
            }
        }

        public GpuArguments Arguments { get; } = new();

        public LossResults Results(GpuResults results)
        {
            Dictionary<string, double[]> written = _outputs.ToDictionary(o => o.Key, o => o.Value.Read(_queue));
            foreach (string name in results.Names.Where(n => n != "loss")) written[name] = [results[name]];
            ILookup<bool, KeyValuePair<string, double[]>> byKind = written.Where(w => w.Key != _loss.Result?.Name).ToLookup(w => CaseArguments.IsGradient(w.Key, _case));
            return new(
                _loss.Result is null ? [results["loss"]] : written[_loss.Result.Name!], byKind[false].ToDictionary(p => p.Key, p => p.Value.Single()),
                byKind[true].ToDictionary(g => g.Key[..^"Gradient".Length], g => g.Value));
        }

        public void Dispose() => _owned.ForEach(array => array.Dispose());

        private DeviceArray Array(Type element, double[] values)
        {
            _owned.Add(new DeviceArray(_queue, Name(element), values));
            return _owned[^1];
        }

        private static string Name(Type element) =>
            element == typeof(float) ? "float" : element == typeof(double) ? "double" : element == typeof(int) ? "int" : element == typeof(long) ? "long" : element == typeof(bool) ? "bool" : element.Name is "Byte" ? "byte" : element.Name;
    }
}
