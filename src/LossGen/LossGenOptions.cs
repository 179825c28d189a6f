namespace LossGen;

/// <summary>Settings that hold for every loss in the process. They may be read and changed by any thread at any time.</summary>
public static class LossGenOptions
{
    private static volatile int maxDegreeOfParallelism = Environment.ProcessorCount;

    /// <summary>How many threads, the caller included, one call may use; <see cref="Environment.ProcessorCount"/> by default, and 1 keeps all work on the caller.</summary>
    /// <remarks>
    /// The setting changes speed only: results are the same, bit for bit, for every value. Calls with little work stay on the caller, and up to about a
    /// millisecond it is measured from call to call whether other threads make them faster.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public static int MaxDegreeOfParallelism
    {
        get => maxDegreeOfParallelism;
        set
        {
            if (value < 1)
                throw new ArgumentOutOfRangeException(nameof(value), value, FormattableString.Invariant(
                    $"{nameof(MaxDegreeOfParallelism)} must be at least 1 (the calling thread), but {value} was given."));
            maxDegreeOfParallelism = value;
        }
    }
}
