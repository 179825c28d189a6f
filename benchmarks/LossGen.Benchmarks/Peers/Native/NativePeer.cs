using System.Runtime.InteropServices;
using LossGen.Benchmarks.Measurement;
using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers.Native;

/// <summary>The losses fused by hand in C, on one thread.</summary>
public sealed unsafe class NativePeer : Peer
{
    private readonly delegate* unmanaged<nint, NativeProblem*, int, long, double> _repeat;

    public NativePeer(string name)
        : base(name)
    {
        (string? path, Missing) = NativeLibraryBuild.Run();
        if (path is null) return;
        Library = NativeLibrary.Load(path);
        _repeat = (delegate* unmanaged<nint, NativeProblem*, int, long, double>)NativeLibrary.GetExport(Library, "repeat");
    }

    /// <summary>The loaded library; 0 where there is none.</summary>
    public nint Library { get; }

    public override PreparedLoss? Prepare(Problem problem) =>
        Missing is null && NativeLibrary.TryGetExport(Library, problem.Row.Key, out nint loss) ? new Prepared(this, loss, problem.ToNative()) : null;

    private sealed class Prepared(NativePeer peer, nint loss, NativeProblem problem) : PreparedLoss
    {
        private NativeProblem _problem = problem;

        public override double Compute(bool gradient) => Repeat(gradient, 1);

        public override double Time(bool gradient, long calls)
        {
            Clock clock = Clock.Start();
            Repeat(gradient, calls);
            return clock.Nanoseconds;
        }

        private double Repeat(bool gradient, long calls)
        {
            fixed (NativeProblem* p = &_problem) return peer._repeat(loss, p, gradient ? 1 : 0, calls);
        }
    }
}
