namespace LossGen.Kernels.Tests.Numerics;

/// <summary>One stable form: how it is written, and an input at which the same arithmetic in float, done as written, fails.</summary>
/// <param name="Written">The formula of each element, or of each row, of x and y.</param>
/// <param name="Stable">The same without overflow or cancellation, for the oracle in float64.</param>
/// <param name="X">Values of x: one element each, or one row.</param>
/// <param name="Naive">The result, or the derivative by x, as float arithmetic gives it without a compiler's help, for y = x.</param>
internal sealed record StableForm(string Written, string Stable, float[] X, Func<float[], float[]> Naive)
{
    /// <summary>Whether it is the derivative that fails.</summary>
    public bool IsDerivative { get; init; }

    /// <summary>Whether x is one row along axis c.</summary>
    public bool IsRow { get; init; }

    /// <summary>Whether the row has one result instead of one for each element.</summary>
    public bool IsReduced { get; init; }

    public LossCase Case
    {
        get
        {
            string axes = IsRow ? "n, c" : "", results = IsRow && IsReduced ? "n" : axes;
            string y = Written.Contains('y') ? $"; y! real[{axes}]" : "";
            return new(Written, $"x! real[{axes}]{y}; to each real[{results}]{(IsRow ? "; c int" : "")}", Written, [IsRow ? $"n=1,c={X.Length}" : $"i={X.Length}"], Reference: Stable);
        }
    }
}
