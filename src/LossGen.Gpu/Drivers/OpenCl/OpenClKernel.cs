namespace LossGen.Gpu.Drivers.OpenCl;

/// <summary>A kernel object, which holds its arguments.</summary>
internal sealed unsafe class OpenClKernel(nint kernel) : GpuKernel
{
    private nint _kernel = kernel;

    public override void SetMemory(int index, nint memory) => Set(index, sizeof(nint), &memory);

    public override void SetInteger(int index, long value) => Set(index, sizeof(long), &value);

    public override void SetDouble(int index, double value) => Set(index, sizeof(double), &value);

    public override void SetSingle(int index, float value) => Set(index, sizeof(float), &value);

    // Its devices say nothing of it, so that nothing is asked for.
    public override void Allow(int sharedBytes)
    {
    }

    public override void Launch(nint queue, long groups, int groupSize, int sharedBytes)
    {
        nuint local = (nuint)groupSize, global = (nuint)(groups * groupSize);
        OpenClDriver.Check(OpenClApi.clEnqueueNDRangeKernel(queue, _kernel, 1, null, &global, &local, 0, null, null), "clEnqueueNDRangeKernel");
    }

    public override void Dispose()
    {
        nint kernel = Interlocked.Exchange(ref _kernel, 0);
        if (kernel != 0) _ = OpenClApi.clReleaseKernel(kernel);
    }

    private void Set(int index, int size, void* value) => OpenClDriver.Check(OpenClApi.clSetKernelArg(_kernel, (uint)index, (nuint)size, value), "clSetKernelArg");
}
