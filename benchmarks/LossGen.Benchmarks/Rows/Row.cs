namespace LossGen.Benchmarks.Rows;

/// <summary>One call of a loss on the problem's data: returns the loss, and writes the gradients if asked to.</summary>
public delegate float LossCall(Problem problem, bool gradient);

/// <summary>What bounds a row when everything else is done well.</summary>
public enum Bound
{
    /// <summary>The arithmetic of each element.</summary>
    Arithmetic,

    /// <summary>The bytes that must move.</summary>
    Memory,

    /// <summary>Multiply-adds of a contraction.</summary>
    Contraction,
}

/// <summary>One line of the tables: a loss, the sizes at which it is timed, and its data.</summary>
/// <param name="Key">The name by which the peers know it.</param>
/// <param name="Title">The name in the report.</param>
/// <param name="Sizes">Where it is timed.</param>
/// <param name="Check">A small size at which all peers are compared.</param>
/// <param name="Fill">Adds inputs and gradients to a new problem.</param>
/// <param name="Call">The generated methods.</param>
public sealed record Row(string Key, string Title, Size[] Sizes, Size Check, Action<Problem> Fill, LossCall Call)
{
    /// <summary>Scalar parameters, in the order in which all peers read them.</summary>
    public float[] Parameters { get; init; } = [];

    public Bound Bound { get; init; } = Bound.Arithmetic;

    /// <summary>How far a peer's gradient may be away, in relation to the largest component.</summary>
    public double GradientTolerance { get; init; } = 2e-4;

    /// <summary>Floating-point operations of the contractions in value and gradient.</summary>
    public Func<Size, double> Operations { get; init; } = _ => 0;

    /// <summary>Elements by which times are divided.</summary>
    public Func<Size, double> Elements { get; init; } = size => (double)size.N * size.C * size.D;

    /// <summary>Bytes that must move: each input read once, each gradient written once.</summary>
    public static double Bytes(Problem problem, bool gradient)
    {
        double bytes = 0;
        for (int i = 0; i < problem.Reals; i++) bytes += 4.0 * problem.Real(i).Length;
        for (int i = 0; i < problem.Integers; i++) bytes += 4.0 * problem.Integer(i).Length;
        for (int i = 0; gradient && i < problem.Gradients; i++) bytes += 4.0 * problem.Gradient(i).Length;
        return bytes;
    }
}
