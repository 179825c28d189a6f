namespace LossGen.Oracle;

/// <summary>
/// The value of a node at every combination of its free axes' positions: reals in float64, integers and truth (0 or 1) in 64 bits.
/// A read out of range is <see cref="NoInteger"/> or NaN, which matters only where it is used.
/// </summary>
/// <param name="Layout">The cells.</param>
/// <param name="Reals">The values of a real node, else null.</param>
/// <param name="Integers">The values of an integer or truth node, else null.</param>
/// <param name="Tangents">Derivatives by each direction, cell by cell; null where none depends on the input.</param>
internal sealed record DenseValue(Layout Layout, double[]? Reals, long[]? Integers, double[]? Tangents = null)
{
    public const long NoInteger = long.MinValue;
}
