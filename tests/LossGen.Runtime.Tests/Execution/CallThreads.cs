namespace LossGen.Runtime.Tests.Execution;

/// <summary>Calls on another number of threads than the process has set; other test projects compile this file, too.</summary>
internal static class CallThreads
{
    internal static T With<T>(int threads, Func<T> action)
    {
        int before = LossGenOptions.MaxDegreeOfParallelism;
        LossGenOptions.MaxDegreeOfParallelism = threads;
        try
        {
            return action();
        }
        finally
        {
            LossGenOptions.MaxDegreeOfParallelism = before;
        }
    }
}
