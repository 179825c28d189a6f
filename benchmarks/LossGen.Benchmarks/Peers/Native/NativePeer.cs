using System.Diagnostics;
using System.Runtime.InteropServices;
using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers.Native;

/// <summary>The losses fused by hand in C, on one thread.</summary>
public sealed unsafe class NativePeer : Peer
{
    private readonly nint _library;
    private readonly delegate* unmanaged<nint, NativeProblem*, int, long, double> _repeat;

    public NativePeer(string name)
        : base(name)
    {
        (string? path, Missing) = NativeLibraryBuild.Run();
        if (path is null) return;
        _library = NativeLibrary.Load(path);
        _repeat = (delegate* unmanaged<nint, NativeProblem*, int, long, double>)NativeLibrary.GetExport(_library, "repeat");
    }

    public override PreparedLoss? Prepare(Problem problem) =>
        Missing is null && NativeLibrary.TryGetExport(_library, problem.Row.Key, out nint loss) ? new Prepared(this, loss, problem.ToNative()) : null;

    private sealed class Prepared(NativePeer peer, nint loss, NativeProblem problem) : PreparedLoss
    {
        private NativeProblem _problem = problem;

        public override double Compute(bool gradient) => Repeat(gradient, 1);

        public override double Time(bool gradient, long calls)
        {
            long start = Stopwatch.GetTimestamp();
            Repeat(gradient, calls);
            return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        }

        private double Repeat(bool gradient, long calls)
        {
            fixed (NativeProblem* p = &_problem) return peer._repeat(loss, p, gradient ? 1 : 0, calls);
        }
    }
}
