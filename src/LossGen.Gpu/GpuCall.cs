using System.Runtime.InteropServices;
using LossGen.Gpu.Drivers;
using LossGen.Gpu.Plans;

namespace LossGen.Gpu;

/// <summary>
/// A call with everything compiled, allocated and bound. <see cref="Enqueue"/> only launches, and may run any number of times: arguments
/// are read anew from their buffers.
/// </summary>
public sealed class GpuCall : IDisposable
{
    private readonly GpuQueue _queue;
    private readonly LaunchPlan _plan;
    private readonly PlanSizes _sizes;
    private readonly List<(GpuKernel Kernel, NestShape Shape)> _launches = [];
    private readonly List<nint> _owned = [];
    private readonly nint _slots;
    private bool _isDisposed;

    internal GpuCall(GpuQueue queue, LaunchPlan plan, string source, GpuArguments arguments)
    {
        _queue = queue;
        _plan = plan;
        _sizes = new PlanSizes(plan, arguments);
        CheckOverlaps(plan, arguments);
        Dictionary<string, NestShape> shapes = plan.Passes.ToDictionary(p => p.Kernel, Shape, StringComparer.Ordinal);
        try
        {
            _slots = Own(Driver.Allocate((long)plan.Slots * SlotSize));
            Dictionary<string, nint> memory = Memory(arguments, shapes);
            string definitions = string.Concat(plan.Passes.Where(p => p.IsNest).Select(p => shapes[p.Kernel].Definitions(p, IsAligned(p, memory))));
            nint program = Device.Build(definitions + source);
            foreach (PlanPass pass in plan.Passes)
            {
                GpuKernel kernel = Driver.CreateKernel(program, pass.Kernel, pass.Arguments.Length);
                _launches.Add((kernel, shapes[pass.Kernel]));
                kernel.Allow(shapes[pass.Kernel].Kept.SharedBytes);
                foreach ((int index, string argument) in pass.Arguments.Index()) Bind(kernel, index, argument, memory, shapes, arguments);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private GpuDevice Device => _queue.Device;

    private GpuDriver Driver => Device.Driver;

    // Numbers between passes are held in the widest type that the device has.
    private int SlotSize => Device.HasDouble ? sizeof(double) : sizeof(float);

    /// <summary>Launches all passes. Neither allocates nor waits.</summary>
    public void Enqueue()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        foreach ((GpuKernel kernel, NestShape shape) in _launches) kernel.Launch(_queue.Handle, shape.Groups, shape.GroupSize, shape.Kept.SharedBytes);
    }

    /// <summary>Waits for the last <see cref="Enqueue"/> and reads its numbers.</summary>
    /// <returns>The loss as <c>loss</c>, its parts, and gradients by scalars.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index from data was out of range; the contents of all outputs are unspecified.</exception>
    public GpuResults Wait()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        byte[] bytes = new byte[_plan.Slots * SlotSize];
        Driver.Read(_queue.Handle, _slots, bytes);
        double Slot(int slot) => Device.HasDouble ? MemoryMarshal.Cast<byte, double>(bytes)[slot] : MemoryMarshal.Cast<byte, float>(bytes)[slot];
        foreach (PlanCheck check in _plan.Checks.Where(c => Slot(c.Slot) > 0))
            throw new ArgumentOutOfRangeException(check.Parameter, $"{check.Parameter} holds an index that is out of range: the axis {check.Axis} allows 0 to {_sizes.Of(check.Size) - 1}.");
        return new GpuResults(_plan.Results.ToDictionary(r => r.Name, r => r.Element == "f32" ? (float)Slot(r.Slot) : Slot(r.Slot), StringComparer.Ordinal));
    }

    /// <summary>Gives kernels and memory of the call back. What was enqueued must be done.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        foreach ((GpuKernel kernel, _) in _launches) kernel.Dispose();
        foreach (nint memory in _owned) Driver.Free(memory);
    }

    private static void CheckOverlaps(LaunchPlan plan, GpuArguments arguments)
    {
        PlanTensor[] tensors = [.. plan.Tensors.Where(t => arguments.Has(t.Name))];
        foreach (PlanTensor written in tensors.Where(t => t.IsWritten))
        {
            if (tensors.FirstOrDefault(t => t != written && arguments.Buffer(t).Overlaps(arguments.Buffer(written))) is { } other)
                throw new ArgumentException($"{written.Name} is written and must not share memory with {other.Name}.", written.Name);
        }
    }

    private NestShape Shape(PlanPass pass)
    {
        if (!pass.IsNest) return NestShape.OfElements(pass.Items.Length == 0 ? 0 : _sizes.Product(pass.Items));
        long bytes = _plan.Arrays.Where(a => a.Worker == pass.Kernel).Sum(a => checked(_sizes.Product(a.Sizes) * _plan.BytesOf(a.Element)));
        return NestShape.Of(pass, _sizes, Device.Shape, bytes);
    }

    /// <summary>Whether all rows of what a nest takes in vectors start where whole vectors may. A processor reads others as fast: it compiles one text for all sizes.</summary>
    private bool IsAligned(PlanPass pass, Dictionary<string, nint> memory) =>
        Device.Shape.SharesItems && pass.Vectors is { } vectors && vectors.Rows.All(r => _sizes.Of(r) % vectors.Width == 0) && vectors.Arrays.All(a => Driver.Place(memory[a]).Offset % PlanVectors.Alignment == 0);

    /// <summary>Every array that the passes name.</summary>
    private Dictionary<string, nint> Memory(GpuArguments arguments, Dictionary<string, NestShape> shapes)
    {
        Dictionary<string, nint> memory = new(StringComparer.Ordinal) { ["slots"] = _slots };
        foreach (PlanTensor tensor in _plan.Tensors) memory[tensor.Buffer] = tensor.Role == "upstream" && !arguments.Has(tensor.Name) ? Ones(tensor) : MemoryOf(arguments.Buffer(tensor));
        int number = 0;
        foreach (PlanArray array in _plan.Arrays)
        {
            long workers = array.Worker is { } worker ? shapes[worker].Workers : 1;
            memory[array.Name] = _queue.Scratch(number++, checked(_sizes.Product(array.Sizes) * _plan.BytesOf(array.Element) * workers));
        }

        foreach (PlanPass pass in _plan.Passes.Where(p => p.Partials > 0))
            memory[pass.PartialsName] = _queue.Scratch(number++, pass.Partials!.Value * shapes[pass.Kernel].Groups * _plan.BytesOf("pair"));
        return memory;
    }

    private nint MemoryOf(GpuBuffer buffer) => buffer.Device == Device ? buffer.Handle : throw new ArgumentException("A buffer is one of another device.");

    private nint Ones(PlanTensor tensor)
    {
        int count = checked((int)_sizes.Product(tensor.Sizes));
        nint memory = Own(Driver.Allocate((long)count * _plan.BytesOf(tensor.Element)));
        if (tensor.Element == "f64") Driver.Write(_queue.Handle, memory, MemoryMarshal.AsBytes(Enumerable.Repeat(1.0, count).ToArray().AsSpan()));
        else Driver.Write(_queue.Handle, memory, MemoryMarshal.AsBytes(Enumerable.Repeat(1f, count).ToArray().AsSpan()));
        return memory;
    }

    private nint Own(nint memory)
    {
        _owned.Add(memory);
        return memory;
    }

    private void Bind(GpuKernel kernel, int index, string argument, Dictionary<string, nint> memory, Dictionary<string, NestShape> shapes, GpuArguments arguments)
    {
        if (memory.TryGetValue(argument, out nint array))
        {
            kernel.SetMemory(index, array);
            return;
        }

        string[] parts = argument.Split(':', 2);
        switch (parts[0])
        {
            case "size": kernel.SetInteger(index, _sizes[parts[1]]); break;
            case "integer": kernel.SetInteger(index, _sizes["@" + parts[1]]); break;
            case "groups": kernel.SetInteger(index, shapes[parts[1]].Groups); break;
            case "workers": kernel.SetInteger(index, shapes[parts[1]].Workers); break;
            case "real" when Device.HasDouble: kernel.SetDouble(index, arguments.Real(parts[1])); break;
            case "real": kernel.SetSingle(index, (float)arguments.Real(parts[1])); break;
            default: throw new NotSupportedException($"The launch plan has an argument '{argument}'.");
        }
    }
}
