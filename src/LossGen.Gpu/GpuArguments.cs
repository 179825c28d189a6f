using System.Globalization;
using LossGen.Gpu.Plans;

namespace LossGen.Gpu;

/// <summary>
/// The arguments of a call by name: buffers for tensors, for the result span and for gradients (<c>xGradient</c>), numbers for the rest. A
/// buffer named <c>upstream</c> holds the derivative of what follows the loss; without it that is 1.
/// </summary>
public sealed class GpuArguments
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>Sets an argument.</summary>
    /// <param name="name">The parameter's name, or <c>…Gradient</c>.</param>
    /// <value>A <see cref="GpuBuffer"/>, a number or a truth value.</value>
    public object this[string name]
    {
        set
        {
            ArgumentNullException.ThrowIfNull(name);
            ArgumentNullException.ThrowIfNull(value, name);
            _values[name] = value;
        }
    }

    internal bool Has(string name) => _values.ContainsKey(name);

    internal GpuBuffer Buffer(PlanTensor tensor)
    {
        GpuBuffer buffer = Tensor(tensor.Name);
        if (buffer.Element != tensor.Element) throw new ArgumentException($"{tensor.Name} has elements of type {tensor.Element}, the buffer has {buffer.Element}.", tensor.Name);
        return buffer;
    }

    internal int Length(string name) => Tensor(name).Length;

    internal int Length(string name, int dimension)
    {
        IReadOnlyList<int> lengths = Tensor(name).Lengths;
        return dimension < lengths.Count ? lengths[dimension] : throw new ArgumentException($"{name} has {lengths.Count} axes; the buffer needs a length for each.", name);
    }

    internal long Integer(string name, string element) => Get(name) switch
    {
        bool truth when element == "bool" => truth ? 1 : 0,
        int whole when element != "bool" => whole,
        long whole when element == "i64" => whole,
        _ => throw new ArgumentException($"{name} is not of type {element}.", name),
    };

    internal double Real(string name) => Get(name) is IConvertible number and not bool and not string
        ? number.ToDouble(CultureInfo.InvariantCulture) : throw new ArgumentException($"{name} is a number.", name);

    private GpuBuffer Tensor(string name) => Get(name) as GpuBuffer ?? throw new ArgumentException($"{name} is a tensor and needs a GpuBuffer.", name);

    private object Get(string name) => _values.TryGetValue(name, out object? value) ? value : throw new ArgumentException($"The argument {name} is missing.", name);
}
