namespace LossGen.Gpu.Drivers.Cuda;

/// <summary>Makes a context the thread's current one, and puts back what was current before: the thread is the caller's.</summary>
internal readonly unsafe ref struct CudaContext
{
    private readonly CudaApi _api;
    private readonly object? _owner;

    /// <param name="api">The functions.</param>
    /// <param name="context">The context.</param>
    /// <param name="owner">Whoever releases the context when it is no longer used: it is, until this ends.</param>
    public CudaContext(CudaApi api, nint context, object? owner = null)
    {
        _api = api;
        _owner = owner;
        api.Check(api.ContextPush(context), "enter its context");
    }

    public void Dispose()
    {
        nint popped;
        _ = _api.ContextPop(&popped);
        GC.KeepAlive(_owner);
    }
}
