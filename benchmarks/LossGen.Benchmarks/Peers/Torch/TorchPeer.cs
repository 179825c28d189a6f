using System.Globalization;
using System.Runtime.InteropServices;
using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers.Torch;

/// <summary>PyTorch, eager, forward and backward, in a process beside this one that reads the same data from files.</summary>
public sealed class TorchPeer : Peer
{
    private readonly TorchProcess? _process;

    public TorchPeer(string name, int threads)
        : base(name)
    {
        (_process, Missing) = TorchProcess.Start(threads);
        Version = _process?.Ask("version") ?? "";
    }

    public string Version { get; }

    public override PreparedLoss? Prepare(Problem problem)
    {
        // Its matrix products come from whatever BLAS the distribution links, which says nothing about PyTorch.
        if (_process is null || problem.Row.Bound == Bound.Contraction || _process.Ask($"has {problem.Row.Key}") != "yes") return null;
        string folder = Directory.CreateTempSubdirectory("losses").FullName;
        for (int i = 0; i < problem.Reals; i++) Write(Path.Combine(folder, $"x{i}"), MemoryMarshal.AsBytes(problem.Real(i)));
        for (int i = 0; i < problem.Integers; i++) Write(Path.Combine(folder, $"k{i}"), MemoryMarshal.AsBytes(problem.Integer(i)));
        string parameters = string.Join(' ', problem.Row.Parameters.Select(p => p.ToString("R", CultureInfo.InvariantCulture)));
        _process.Ask($"load {problem.Row.Key} {folder} {problem.N} {problem.C} {problem.D} {problem.S} {parameters}");
        return new Prepared(_process, folder, problem);
    }

    public override void Dispose() => _process?.Dispose();

    private static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using FileStream file = File.Create(path);
        file.Write(bytes);
    }

    private sealed class Prepared(TorchProcess process, string folder, Problem problem) : PreparedLoss
    {
        public override double Compute(bool gradient)
        {
            double value = double.Parse(process.Ask($"compute {(gradient ? 1 : 0)}"), CultureInfo.InvariantCulture);
            for (int i = 0; gradient && i < problem.Gradients; i++)
            {
                using FileStream file = File.OpenRead(Path.Combine(folder, $"g{i}"));
                file.ReadExactly(MemoryMarshal.AsBytes(problem.Gradient(i)));
            }

            return value;
        }

        public override double Time(bool gradient, long calls) =>
            double.Parse(process.Ask($"time {(gradient ? 1 : 0)} {calls}"), CultureInfo.InvariantCulture);

        public override void Dispose()
        {
            process.Ask("free");
            Directory.Delete(folder, recursive: true);
        }
    }
}
