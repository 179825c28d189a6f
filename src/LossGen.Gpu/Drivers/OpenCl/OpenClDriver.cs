using System.Globalization;
using System.Text;

namespace LossGen.Gpu.Drivers.OpenCl;

/// <summary>One OpenCL device with a context of its own.</summary>
internal sealed unsafe class OpenClDriver : GpuDriver
{
    // No option that lets the compiler reorder additions: compensated sums would lose what they keep.
    private const string BuildOptions = "-cl-std=CL1.2";

    private readonly nint _device;
    private readonly nint _context;

    public OpenClDriver(nint device)
    {
        _device = device;
        int error;
        _context = OpenClApi.clCreateContext(null, 1, &device, null, null, &error);
        Check(error, "clCreateContext");
    }

    /// <summary>Further options for the device's compiler.</summary>
    public static string ExtraOptions { get; set; } = "";

    /// <summary>Every device of every platform.</summary>
    /// <exception cref="DllNotFoundException">There is no OpenCL loader.</exception>
    public static IEnumerable<(nint Device, string Platform)> Devices()
    {
        List<(nint, string)> found = [];
        uint count;

        // The loader without any platform says -1001.
        if (OpenClApi.clGetPlatformIDs(0, null, &count) != 0 || count == 0) return found;
        nint[] platforms = new nint[count];
        fixed (nint* list = platforms) Check(OpenClApi.clGetPlatformIDs(count, list, null), "clGetPlatformIDs");
        foreach (nint platform in platforms)
        {
            int error = OpenClApi.clGetDeviceIDs(platform, OpenClApi.DeviceTypeAll, 0, null, &count);
            if (error != 0 || count == 0) continue;
            nint[] devices = new nint[count];
            fixed (nint* list = devices) Check(OpenClApi.clGetDeviceIDs(platform, OpenClApi.DeviceTypeAll, count, list, null), "clGetDeviceIDs");
            string name = Text((size, value, needed) => OpenClApi.clGetPlatformInfo(platform, OpenClApi.PlatformName, size, (void*)value, (nuint*)needed));
            found.AddRange(devices.Select(device => (device, name)));
        }

        return found;
    }

    public static string Text(nint device, uint what) =>
        Text((size, value, needed) => OpenClApi.clGetDeviceInfo(device, what, size, (void*)value, (nuint*)needed));

    public static bool IsCpu(nint device)
    {
        ulong type;
        Check(OpenClApi.clGetDeviceInfo(device, OpenClApi.DeviceType, sizeof(ulong), &type, null), "clGetDeviceInfo");
        return (type & OpenClApi.DeviceTypeCpu) != 0;
    }

    public override nint CreateQueue()
    {
        int error;
        nint queue = OpenClApi.clCreateCommandQueue(_context, _device, 0, &error);
        Check(error, "clCreateCommandQueue");
        return queue;
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

    public override void Free(nint memory) => _ = OpenClApi.clReleaseMemObject(memory);

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

    public override nint Build(string source)
    {
        byte[] text = Encoding.UTF8.GetBytes(source), options = Encoding.UTF8.GetBytes(BuildOptions + ExtraOptions + "\0");
        nint device = _device, program;
        int error;
        nuint length = (nuint)text.Length;
        fixed (byte* first = text)
        {
            byte* start = first;
            program = OpenClApi.clCreateProgramWithSource(_context, 1, &start, &length, &error);
        }

        Check(error, "clCreateProgramWithSource");
        fixed (byte* first = options) error = OpenClApi.clBuildProgram(program, 1, &device, first, null, null);
        if (error == 0) return program;
        string log = Text((size, value, needed) => OpenClApi.clGetProgramBuildInfo(program, _device, OpenClApi.ProgramBuildLog, size, (void*)value, (nuint*)needed));
        ReleaseProgram(program);
        throw new GpuException($"OpenCL could not build the kernels ({error.ToString(CultureInfo.InvariantCulture)}).", error, log.Length == 0 ? "The compiler left no log." : log);
    }

    public override void ReleaseProgram(nint program) => _ = OpenClApi.clReleaseProgram(program);

    public override nint CreateKernel(nint program, string name)
    {
        int error;
        nint kernel = OpenClApi.clCreateKernel(program, name, &error);
        Check(error, $"clCreateKernel {name}");
        return kernel;
    }

    public override void ReleaseKernel(nint kernel) => _ = OpenClApi.clReleaseKernel(kernel);

    public override void SetMemory(nint kernel, int index, nint memory) => Set(kernel, index, sizeof(nint), &memory);

    public override void SetInteger(nint kernel, int index, long value) => Set(kernel, index, sizeof(long), &value);

    public override void SetDouble(nint kernel, int index, double value) => Set(kernel, index, sizeof(double), &value);

    public override void SetSingle(nint kernel, int index, float value) => Set(kernel, index, sizeof(float), &value);

    public override void Launch(nint queue, nint kernel, long groups, int groupSize)
    {
        nuint local = (nuint)groupSize, global = (nuint)(groups * groupSize);
        Check(OpenClApi.clEnqueueNDRangeKernel(queue, kernel, 1, null, &global, &local, 0, null, null), "clEnqueueNDRangeKernel");
    }

    private static void Set(nint kernel, int index, int size, void* value) => Check(OpenClApi.clSetKernelArg(kernel, (uint)index, (nuint)size, value), "clSetKernelArg");

    private static string Text(Func<nuint, nint, nint, int> query)
    {
        nuint size;
        if (query(0, 0, (nint)(&size)) != 0 || size == 0) return "";
        byte[] bytes = new byte[size];
        fixed (byte* first = bytes)
        {
            if (query(size, (nint)first, 0) != 0) return "";
        }

        return Encoding.UTF8.GetString(bytes).TrimEnd('\0').Trim();
    }

    private static void Check(int error, string function)
    {
        if (error != 0) throw new GpuException($"{function} failed with {error.ToString(CultureInfo.InvariantCulture)}.", error);
    }
}
