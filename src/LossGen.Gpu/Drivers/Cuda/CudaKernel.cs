using System.Runtime.InteropServices;

namespace LossGen.Gpu.Drivers.Cuda;

/// <summary>
/// A function of a module with a block of arguments, of eight bytes at most each, and the list of their places that a launch takes. The
/// list ends with a null, which drivers do not need: it lets a checker count.
/// </summary>
internal sealed unsafe class CudaKernel : GpuKernel
{
    private readonly CudaApi _api;
    private readonly CudaDriver _driver;
    private readonly nint _function;
    private readonly int _count;
    private long* _values;

    public CudaKernel(CudaApi api, CudaDriver driver, nint function, int count)
    {
        _api = api;
        _driver = driver;
        _function = function;
        _count = count;
        _values = (long*)NativeMemory.AllocZeroed((nuint)((2 * count) + 1), sizeof(long));
        for (int k = 0; k < count; k++) Places[k] = (nint)(_values + k);
    }

    private nint* Places => (nint*)(_values + _count);

    public override void SetMemory(int index, nint memory) => *(nint*)At(index) = memory;

    public override void SetInteger(int index, long value) => *At(index) = value;

    public override void SetDouble(int index, double value) => *(double*)At(index) = value;

    public override void SetSingle(int index, float value) => *(float*)At(index) = value;

    // A group has 48 KiB without asking, of which its arrays of fixed length are a part.
    public override void Allow(int sharedBytes)
    {
        if (sharedBytes == 0) return;
        using CudaContext current = _driver.Enter();
        _api.Check(_api.FunctionAttribute(_function, CudaApi.MostDynamicSharedBytes, sharedBytes), "give a kernel shared memory");
    }

    public override void Launch(nint queue, long groups, int groupSize, int sharedBytes)
    {
        ObjectDisposedException.ThrowIf(_values == null, this);
        using CudaContext current = _driver.Enter();
        _api.Check(_api.Launch(_function, checked((uint)groups), 1, 1, (uint)groupSize, 1, 1, (uint)sharedBytes, queue, Places, null), "launch a kernel");
    }

    public override void Dispose()
    {
        NativeMemory.Free(_values);
        _values = null;
    }

    private long* At(int index)
    {
        ObjectDisposedException.ThrowIf(_values == null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(index));
        return _values + index;
    }
}
