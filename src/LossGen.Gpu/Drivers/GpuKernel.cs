namespace LossGen.Gpu.Drivers;

/// <summary>A kernel with its arguments.</summary>
internal abstract class GpuKernel : IDisposable
{
    public abstract void SetMemory(int index, nint memory);

    public abstract void SetInteger(int index, long value);

    public abstract void SetDouble(int index, double value);

    public abstract void SetSingle(int index, float value);

    /// <summary>Makes that many bytes of shared memory possible for its launches.</summary>
    public abstract void Allow(int sharedBytes);

    /// <summary>Enqueues a run with the arguments as they are now. Neither allocates on the device nor waits.</summary>
    public abstract void Launch(nint queue, long groups, int groupSize, int sharedBytes);

    public abstract void Dispose();
}
