using System.ComponentModel;
using System.Text;

namespace LossGen;

/// <summary>
/// One entry of a loss, its value or its value and gradients, for devices other than the CPU: kernels in a text that is CUDA C++, HIP and
/// OpenCL C at once, and a plan that says what to launch. The package <c>LossGen.Gpu</c> runs them. Immutable.
/// </summary>
public sealed class DeviceKernels
{
    /// <summary>Called by generated code, whose texts are data: all string literals of an assembly together have a limit that some hundred losses reach.</summary>
    /// <param name="source">The kernels in UTF-8.</param>
    /// <param name="plan">The launch plan in UTF-8.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DeviceKernels(ReadOnlySpan<byte> source, ReadOnlySpan<byte> plan)
        : this(Encoding.UTF8.GetString(source), Encoding.UTF8.GetString(plan))
    {
    }

    /// <summary>For programs that no formula stands behind.</summary>
    /// <param name="source">The kernels.</param>
    /// <param name="plan">The launch plan.</param>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DeviceKernels(string source, string plan)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(plan);
        Source = source;
        Plan = plan;
    }

    /// <summary>The kernels, without the prelude that tells the three languages apart.</summary>
    public string Source { get; }

    /// <summary>The launch plan as JSON: sizes, arrays, passes with their arguments, results.</summary>
    public string Plan { get; }

    /// <summary>The kernels.</summary>
    /// <returns><see cref="Source"/>.</returns>
    public override string ToString() => Source;
}
