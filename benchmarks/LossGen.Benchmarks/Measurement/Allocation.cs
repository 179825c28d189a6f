using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Measurement;

/// <summary>Bytes that calls of the generated methods leave to the garbage collector.</summary>
public static class Allocation
{
    private const int Calls = 1000;

    /// <summary>Bytes for each call, after the first ones, which may fill pools.</summary>
    public static double OfCall(Problem problem, bool gradient)
    {
        for (int i = 0; i < Calls; i++) problem.Row.Call(problem, gradient);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++) problem.Row.Call(problem, gradient);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }
}
