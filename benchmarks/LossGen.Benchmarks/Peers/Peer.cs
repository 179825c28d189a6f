using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers;

/// <summary>Another way to compute the rows' losses.</summary>
public abstract class Peer(string name) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>Why the peer is not there at all, or null.</summary>
    public string? Missing { get; protected set; }

    /// <summary>The loss of a problem, ready to be called; null where the peer has none.</summary>
    public abstract PreparedLoss? Prepare(Problem problem);

    public virtual void Dispose()
    {
    }
}

/// <summary>A loss with its data in place.</summary>
public abstract class PreparedLoss : IDisposable
{
    /// <summary>Computes once and leaves the gradients in the problem.</summary>
    public abstract double Compute(bool gradient);

    /// <summary>Nanoseconds of so many calls in a row.</summary>
    public abstract double Time(bool gradient, long calls);

    public virtual void Dispose()
    {
    }
}
