using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LossGen.Benchmarks.Measurement;

/// <summary>
/// A stopwatch. With one thread, on Linux, it counts the time that this thread has spent on a processor, which leaves out what other programs take;
/// with several, the time that has passed.
/// </summary>
public readonly partial struct Clock
{
    private const int ThreadProcessorTime = 3;

    private readonly double _start;

    private Clock(double start) => _start = start;

    public double Nanoseconds => Now - _start;

    public double Milliseconds => Nanoseconds / 1e6;

    /// <summary>Whether everything that is timed runs on the thread that calls.</summary>
    public static bool OneThread { get; set; } = true;

    private static double Now => OneThread && OperatingSystem.IsLinux() ? ThreadTime() : Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency);

    public static Clock Start() => new(Now);

    private static double ThreadTime()
    {
        _ = GetTime(ThreadProcessorTime, out TimeSpec time);
        return (time.Seconds * 1e9) + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
