using System.ComponentModel;

namespace LossGen.Runtime;

/// <summary>Mathematical functions on SIMD lanes and single numbers, called by generated kernels.</summary>
/// <remarks>Written for 128 bits in the files marked <see cref="EveryWidthAttribute"/>; docs/numerics.md has the error bounds.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath;
