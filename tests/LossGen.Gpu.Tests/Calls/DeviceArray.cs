namespace LossGen.Gpu.Tests.Calls;

/// <summary>A buffer whose elements are float64 or integers to the tests, whatever they are on the device.</summary>
internal sealed class DeviceArray : IDisposable
{
    private readonly Action<GpuQueue, double[]> _write;
    private readonly Func<GpuQueue, double[]> _read;

    public DeviceArray(GpuQueue queue, string type, double[] values, params int[] lengths)
    {
        if (lengths.Length == 0) lengths = [values.Length];
        (Buffer, _write, _read) = type switch
        {
            "float" => Of(queue, lengths, v => (float)v, v => v),
            "double" => Of(queue, lengths, v => v, v => v),
            "Half" => Of(queue, lengths, v => (Half)v, v => (double)v),
            "byte" => Of(queue, lengths, v => (byte)v, v => v),
            "int" => Of(queue, lengths, v => (int)v, v => v),
            "long" => Of(queue, lengths, v => (long)v, v => (double)v),
            _ => Of(queue, lengths, v => v != 0, v => v ? 1.0 : 0.0),
        };
        Written = values;
        Write(queue, values);
    }

    public GpuBuffer Buffer { get; }

    public int Length => Buffer.Length;

    /// <summary>What it was made with.</summary>
    public double[] Written { get; }

    public void Write(GpuQueue queue, double[] values) => _write(queue, values);

    public double[] Read(GpuQueue queue) => _read(queue);

    public void Dispose() => Buffer.Dispose();

    private static (GpuBuffer Buffer, Action<GpuQueue, double[]> Write, Func<GpuQueue, double[]> Read) Of<T>(GpuQueue queue, int[] lengths, Func<double, T> to, Func<T, double> from)
        where T : unmanaged
    {
        GpuBuffer<T> buffer = new(queue.Device, lengths);
        return (buffer, (q, values) => buffer.Write(q, values.Select(to).ToArray()), q =>
        {
            T[] elements = new T[buffer.Length];
            buffer.Read(q, elements);
            return [.. elements.Select(from)];
        }
        );
    }
}
