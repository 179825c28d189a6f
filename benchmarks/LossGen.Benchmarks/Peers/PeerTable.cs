using LossGen.Benchmarks.Peers.Chained;
using LossGen.Benchmarks.Peers.Native;
using LossGen.Benchmarks.Peers.Scalar;
using LossGen.Benchmarks.Peers.Torch;

namespace LossGen.Benchmarks.Peers;

/// <summary>All peers, in the order of the columns.</summary>
public static class PeerTable
{
    public const string LossGenName = "LossGen", NativeName = "C", ChainedName = "TensorPrimitives", TorchName = "PyTorch", ScalarName = "scalar C#", OneThreadName = "one thread";

    public static Peer Generated() => new ManagedPeer(LossGenName, row => row.Call);

    /// <summary>For a run on several threads: the peers that have threads, and LossGen without.</summary>
    public static Peer[] Threaded(int threads) => [new OneThreadPeer(OneThreadName), new TorchPeer(TorchName, threads)];

    public static Peer[] Others(int threads) =>
    [
        new NativePeer(NativeName),
        new ManagedPeer(ChainedName, row => ChainedLosses.All.GetValueOrDefault(row.Key)),
        new TorchPeer(TorchName, threads),
        new ManagedPeer(ScalarName, row => ScalarLosses.All.GetValueOrDefault(row.Key)),
    ];
}
