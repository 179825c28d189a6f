namespace LossGen.Gpu;

/// <summary>The numbers that a call has computed. Tensors stand in the buffers of the call.</summary>
public sealed class GpuResults
{
    private readonly Dictionary<string, double> _values;

    internal GpuResults(Dictionary<string, double> values) => _values = values;

    /// <summary>A number by name.</summary>
    /// <param name="name"><c>loss</c>, a part, or <c>…Gradient</c> of a scalar parameter.</param>
    /// <returns>The number; one of type <see langword="float"/> was rounded to it.</returns>
    /// <exception cref="KeyNotFoundException">The call has no such number.</exception>
    public double this[string name] => _values[name];

    /// <summary>All names.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;
}
