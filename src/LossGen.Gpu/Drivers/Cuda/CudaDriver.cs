using System.Globalization;
using System.Text;

namespace LossGen.Gpu.Drivers.Cuda;

/// <summary>
/// One CUDA or HIP device, in its primary context, which frameworks use too, or in a caller's. The thread's own context is put back
/// behind every call.
/// </summary>
internal sealed unsafe class CudaDriver : GpuDriver
{
    private readonly CudaApi _api;
    private readonly int _device;
    private readonly nint _context;
    private readonly bool _isPrimary;
    private readonly CudaCompiler _compiler;
    private readonly List<nint> _modules = [];

    /// <param name="api">The functions.</param>
    /// <param name="device">The device.</param>
    /// <param name="context">A caller's context; 0 for the device's primary one.</param>
    public CudaDriver(CudaApi api, CudaDeviceInfo device, nint context = 0)
    {
        _api = api;
        _device = device.Handle;
        _compiler = new CudaCompiler(api, device.Capability);
        Identity = $"{device.Name}\n{device.Uuid}\n{device.DriverVersion}\n{_compiler.Version}\n{string.Join(" ", _compiler.Options)}";
        _isPrimary = context == 0;
        if (_isPrimary) _api.Check(_api.PrimaryContextRetain(&context, _device), $"open {device.Name}");
        _context = context;
    }

    // Nobody holds a queue or a buffer of it any more, since those hold the driver.
    ~CudaDriver()
    {
        if (_context == 0) return;
        if (_api.ContextPush(_context) == 0)
        {
            nint popped;
            foreach (nint module in _modules) _ = _api.ModuleUnload(module);
            _ = _api.ContextPop(&popped);
        }

        if (_isPrimary) _ = _api.PrimaryContextRelease(_device);
    }

    public override string Identity { get; }

    public override nint CreateQueue()
    {
        using CudaContext current = Enter();
        nint stream;
        _api.Check(_api.StreamCreate(&stream, CudaApi.NonBlockingStream), "create a stream");
        return stream;
    }

    /// <summary>A stream runs in order, and an unknown one is refused by the driver.</summary>
    public override void CheckQueue(nint queue)
    {
    }

    public override void ReleaseQueue(nint queue)
    {
        using CudaContext current = Enter();
        _api.Check(_api.StreamDestroy(queue), "release a stream");
    }

    public override void Finish(nint queue)
    {
        using CudaContext current = Enter();
        Synchronize(queue);
    }

    public override nint Allocate(long bytes)
    {
        using CudaContext current = Enter();
        nint memory;
        _api.Check(_api.Allocate(&memory, (nuint)Math.Max(bytes, 16)), $"allocate {bytes.ToString(CultureInfo.InvariantCulture)} bytes");
        return memory;
    }

    public override void CheckMemory(nint memory, long bytes, int alignment)
    {
        if (memory == 0 && bytes > 0) throw new ArgumentException("The device pointer is null.", nameof(memory));
        if (memory % alignment != 0) throw new ArgumentException($"The device pointer is not a multiple of {alignment} bytes.", nameof(memory));
    }

    public override void Free(nint memory)
    {
        using CudaContext current = Enter();
        _ = _api.Free(memory);
    }

    public override (nint Whole, long Offset) Place(nint memory) => (0, memory);

    public override void Write(nint queue, nint memory, ReadOnlySpan<byte> source)
    {
        if (source.IsEmpty) return;
        using CudaContext current = Enter();
        fixed (byte* bytes = source)
        {
            _api.Check(_api.CopyToDevice(memory, bytes, (nuint)source.Length, queue), "copy to the device");
            Synchronize(queue);
        }
    }

    public override void Read(nint queue, nint memory, Span<byte> target)
    {
        if (target.IsEmpty) return;
        using CudaContext current = Enter();
        fixed (byte* bytes = target)
        {
            _api.Check(_api.CopyFromDevice(bytes, memory, (nuint)target.Length, queue), "copy from the device");
            Synchronize(queue);
        }
    }

    public override BuiltProgram Build(string source)
    {
        using CudaContext current = Enter();
        byte[] binary = _compiler.Compile(source);
        return new BuiltProgram(LoadCurrent(binary), () => binary);
    }

    public override nint Load(byte[] binary)
    {
        using CudaContext current = Enter();
        return LoadCurrent(binary);
    }

    public override GpuKernel CreateKernel(nint program, string name, int arguments)
    {
        using CudaContext current = Enter();
        nint function;
        fixed (byte* first = Encoding.UTF8.GetBytes(name + "\0")) _api.Check(_api.ModuleFunction(&function, program, first), $"find the kernel {name}");
        return new CudaKernel(_api, this, function, arguments);
    }

    private nint LoadCurrent(byte[] binary)
    {
        // The driver reads assembly up to its end, and code by its own header.
        nint module;
        fixed (byte* first = binary) _api.Check(_api.ModuleLoad(&module, first), "load the kernels");
        lock (_modules) _modules.Add(module);
        return module;
    }

    private void Synchronize(nint stream) => _api.Check(_api.StreamSynchronize(stream), "run the kernels");

    /// <summary>Makes its context the current one.</summary>
    public CudaContext Enter() => new(_api, _context, this);
}
