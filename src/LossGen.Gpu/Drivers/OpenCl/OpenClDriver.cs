using System.Globalization;
using System.Text;

namespace LossGen.Gpu.Drivers.OpenCl;

/// <summary>One OpenCL device, in a context of its own or in a caller's.</summary>
internal sealed unsafe class OpenClDriver : GpuDriver
{
    // No option that lets the compiler reorder additions: compensated sums would lose what they keep.
    private const string BuildOptions = "-cl-std=CL1.2";

    private readonly nint _device;
    private readonly nint _context;
    private readonly List<nint> _programs = [];

    /// <param name="device">The device.</param>
    /// <param name="identity">What tells it and its driver from others.</param>
    /// <param name="context">A caller's context; 0 for one of its own.</param>
    public OpenClDriver(nint device, string identity, nint context)
    {
        _device = device;
        Identity = identity + "\n" + BuildOptions;
        int error;
        if (context == 0)
        {
            context = OpenClApi.clCreateContext(null, 1, &device, null, null, &error);
            Check(error, "clCreateContext");
        }
        else
        {
            Check(OpenClApi.clRetainContext(context), "clRetainContext");
        }

        _context = context;
    }

    // Nobody holds a queue or a buffer of it any more, since those hold the driver. A caller's context loses what the constructor added.
    ~OpenClDriver()
    {
        foreach (nint program in _programs) _ = OpenClApi.clReleaseProgram(program);
        if (_context != 0) _ = OpenClApi.clReleaseContext(_context);
    }

    public override string Identity { get; }

    public override nint CreateQueue()
    {
        int error;
        nint queue = OpenClApi.clCreateCommandQueue(_context, _device, 0, &error);
        Check(error, "clCreateCommandQueue");
        return queue;
    }

    public override void CheckQueue(nint queue)
    {
        nint context, device;
        ulong properties;
        Check(OpenClApi.clGetCommandQueueInfo(queue, OpenClApi.QueueContext, (nuint)sizeof(nint), &context, null), "clGetCommandQueueInfo");
        Check(OpenClApi.clGetCommandQueueInfo(queue, OpenClApi.QueueDevice, (nuint)sizeof(nint), &device, null), "clGetCommandQueueInfo");
        Check(OpenClApi.clGetCommandQueueInfo(queue, OpenClApi.QueueProperties, sizeof(ulong), &properties, null), "clGetCommandQueueInfo");
        if (context != _context || device != _device) throw new ArgumentException("The queue is one of another context or device.", nameof(queue));
        if ((properties & OpenClApi.QueueOutOfOrder) != 0) throw new ArgumentException("The queue may run out of order, but each pass of a loss needs the one before it.", nameof(queue));
    }

    public override void ReleaseQueue(nint queue) => Check(OpenClApi.clReleaseCommandQueue(queue), "clReleaseCommandQueue");

    public override void Finish(nint queue) => Check(OpenClApi.clFinish(queue), "clFinish");

    public override nint Allocate(long bytes)
    {
        int error;
        nint memory = OpenClApi.clCreateBuffer(_context, 1, (nuint)Math.Max(bytes, 16), null, &error);
        Check(error, $"clCreateBuffer of {bytes.ToString(CultureInfo.InvariantCulture)} bytes");
        return memory;
    }

    public override void CheckMemory(nint memory, long bytes, int alignment)
    {
        if (memory == 0) throw new ArgumentException("The memory object is null.", nameof(memory));
        nint context;
        nuint size;
        Check(OpenClApi.clGetMemObjectInfo(memory, OpenClApi.MemoryContext, (nuint)sizeof(nint), &context, null), "clGetMemObjectInfo");
        Check(OpenClApi.clGetMemObjectInfo(memory, OpenClApi.MemorySize, (nuint)sizeof(nuint), &size, null), "clGetMemObjectInfo");
        if (context != _context) throw new ArgumentException("The memory object is one of another context.", nameof(memory));
        if ((long)size < bytes) throw new ArgumentException($"The memory object has {size} bytes, but {bytes} are needed.", nameof(memory));
    }

    public override void Free(nint memory) => _ = OpenClApi.clReleaseMemObject(memory);

    public override (nint Whole, long Offset) Place(nint memory)
    {
        nint whole;
        nuint offset;
        if (OpenClApi.clGetMemObjectInfo(memory, OpenClApi.MemoryWhole, (nuint)sizeof(nint), &whole, null) != 0 || whole == 0) return (memory, 0);
        Check(OpenClApi.clGetMemObjectInfo(memory, OpenClApi.MemoryOffset, (nuint)sizeof(nuint), &offset, null), "clGetMemObjectInfo");
        return (whole, (long)offset);
    }

    public override void Write(nint queue, nint memory, ReadOnlySpan<byte> source)
    {
        if (source.IsEmpty) return;
        fixed (byte* bytes = source) Check(OpenClApi.clEnqueueWriteBuffer(queue, memory, 1, 0, (nuint)source.Length, bytes, 0, null, null), "clEnqueueWriteBuffer");
    }

    public override void Read(nint queue, nint memory, Span<byte> target)
    {
        if (target.IsEmpty) return;
        fixed (byte* bytes = target) Check(OpenClApi.clEnqueueReadBuffer(queue, memory, 1, 0, (nuint)target.Length, bytes, 0, null, null), "clEnqueueReadBuffer");
    }

    public override BuiltProgram Build(string source)
    {
        byte[] text = Encoding.UTF8.GetBytes(source);
        nint program;
        int error;
        nuint length = (nuint)text.Length;
        fixed (byte* first = text)
        {
            byte* start = first;
            program = OpenClApi.clCreateProgramWithSource(_context, 1, &start, &length, &error);
        }

        Check(error, "clCreateProgramWithSource");
        BuildFor(program);
        return new BuiltProgram(program, () => Binary(program));
    }

    public override nint Load(byte[] binary)
    {
        nint device = _device, program;
        int error, state;
        nuint length = (nuint)binary.Length;
        fixed (byte* first = binary)
        {
            byte* start = first;
            program = OpenClApi.clCreateProgramWithBinary(_context, 1, &device, &length, &start, &state, &error);
        }

        Check(error, "clCreateProgramWithBinary");
        BuildFor(program);
        return program;
    }

    public override GpuKernel CreateKernel(nint program, string name, int arguments)
    {
        int error;
        nint kernel = OpenClApi.clCreateKernel(program, name, &error);
        Check(error, $"clCreateKernel {name}");
        return new OpenClKernel(kernel);
    }

    public static void Check(int error, string function)
    {
        if (error != 0) throw new GpuException($"{function} failed with {error.ToString(CultureInfo.InvariantCulture)}.", error);
    }

    private void BuildFor(nint program)
    {
        nint device = _device;
        int error;
        fixed (byte* options = Encoding.UTF8.GetBytes(BuildOptions + "\0")) error = OpenClApi.clBuildProgram(program, 1, &device, options, null, null);
        if (error == 0)
        {
            lock (_programs) _programs.Add(program);
            return;
        }

        string log = LogOf(program);
        _ = OpenClApi.clReleaseProgram(program);
        throw new GpuException($"OpenCL could not build the kernels ({error.ToString(CultureInfo.InvariantCulture)}).", error, log.Length == 0 ? "The compiler left no log." : log);
    }

    private string LogOf(nint program)
    {
        nuint size;
        if (OpenClApi.clGetProgramBuildInfo(program, _device, OpenClApi.ProgramBuildLog, 0, null, &size) != 0 || size == 0) return "";
        byte[] log = new byte[size];
        fixed (byte* first = log) _ = OpenClApi.clGetProgramBuildInfo(program, _device, OpenClApi.ProgramBuildLog, size, first, null);
        return Encoding.UTF8.GetString(log).TrimEnd('\0').Trim();
    }

    /// <summary>What the driver made of the program for this device: a program has a binary for each device of its context.</summary>
    private byte[] Binary(nint program)
    {
        uint count;
        Check(OpenClApi.clGetProgramInfo(program, OpenClApi.ProgramDeviceCount, sizeof(uint), &count, null), "clGetProgramInfo");
        nint[] devices = new nint[count];
        nuint[] sizes = new nuint[count];
        fixed (nint* list = devices) Check(OpenClApi.clGetProgramInfo(program, OpenClApi.ProgramDevices, count * (nuint)sizeof(nint), list, null), "clGetProgramInfo");
        fixed (nuint* list = sizes) Check(OpenClApi.clGetProgramInfo(program, OpenClApi.ProgramBinarySizes, count * (nuint)sizeof(nuint), list, null), "clGetProgramInfo");
        int own = Array.IndexOf(devices, _device);
        if (own < 0 || sizes[own] == 0) return [];
        byte[] binary = new byte[sizes[own]];

        // The driver skips those that are null.
        nint[] targets = new nint[count];
        fixed (byte* first = binary)
        fixed (nint* list = targets)
        {
            targets[own] = (nint)first;
            Check(OpenClApi.clGetProgramInfo(program, OpenClApi.ProgramBinaries, count * (nuint)sizeof(nint), list, null), "clGetProgramInfo");
        }

        return binary;
    }
}
