namespace LossGen;

/// <summary>Names the axes of a tensor parameter, outermost first; the elements are stored densely in row-major order.</summary>
/// <remarks>
/// <c>"n, c, h, w"</c> names four axes, <c>"n, k = 4"</c> fixes a size, and <c>"k = c, c"</c> gives a second axis the size of another.
/// A tensor parameter without this attribute has the single axis <c>i</c>.
/// </remarks>
/// <param name="axes">The names, separated by commas.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class AxesAttribute(string axes) : Attribute
{
    /// <summary>The names of the axes, separated by commas, outermost first.</summary>
    public string Axes { get; } = axes;
}
