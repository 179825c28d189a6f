namespace LossGen.Compiler.Model;

/// <summary>The methods of a loss that run it on a device; there are none where the package for that is not referenced.</summary>
[Flags]
internal enum GpuMembers
{
    None = 0,

    /// <summary>The loss itself.</summary>
    Value = 1,

    /// <summary>The loss and its gradient.</summary>
    Gradient = 2,

    /// <summary>Makes a call of the loss that can be run many times.</summary>
    PrepareValue = 4,

    /// <summary>Makes a call of the loss and its gradient.</summary>
    PrepareGradient = 8,

    /// <summary>The loss, its gradient and its second derivatives.</summary>
    Curvature = 16,

    /// <summary>Makes a call of all three.</summary>
    PrepareCurvature = 32,
}
