using System.Numerics;
using System.Runtime.CompilerServices;

namespace LossGen.Runtime;

/// <summary>
/// Whether a nest is sooner done by its caller alone or with other threads. Waking a thread takes from one microsecond, where it has not yet fallen asleep,
/// to more than fifty on a virtual machine, so both ways are timed, for each nest and magnitude of its work. It changes speed only, never a result.
/// </summary>
/// <remarks>Callers at once may take each other's times for their own, which misleads a choice until the next trial.</remarks>
/// <typeparam name="TNest">The nest.</typeparam>
internal static class ThreadChoice<TNest>
    where TNest : struct, INestKernel
{
    private static ByMagnitude choices;

    /// <summary>The choice for so much work, or a null reference where there is none to make.</summary>
    internal static ref TimedChoice For(long work)
    {
        if (work >= ThreadChoice.CertainWork || ThreadChoice.AlwaysMany)
            return ref Unsafe.NullRef<TimedChoice>();
        return ref choices[BitOperations.Log2((ulong)(work / ThreadChoice.TimedWork))];
    }

    [InlineArray(ThreadChoice.Magnitudes)]
    private struct ByMagnitude
    {
        private TimedChoice first;
    }
}

/// <summary>What the choices of all nests have in common.</summary>
internal static class ThreadChoice
{
    /// <summary>Nests with less work than this, some 5 microseconds, stay on the caller: other threads would cost more than they save.</summary>
    internal const long TimedWork = 256 * 1024;

    /// <summary>Magnitudes of work that are timed, each up to twice the one before.</summary>
    internal const int Magnitudes = 8;

    /// <summary>Nests with so much work or more take a millisecond and use all threads: there waking them hardly counts.</summary>
    internal const long CertainWork = TimedWork << Magnitudes;

    /// <summary>Whether nests of several chunks always use several threads, as tests of threads want: the switch <c>LossGen.AlwaysManyThreads</c>.</summary>
    internal static bool AlwaysMany { get; set; } = AppContext.TryGetSwitch("LossGen.AlwaysManyThreads", out bool isSet) && isSet;

    /// <summary>Nests with so much work may use several threads.</summary>
    internal static long LeastWork => AlwaysMany ? ChunkPlan.WorkPerChunk : TimedWork;
}
