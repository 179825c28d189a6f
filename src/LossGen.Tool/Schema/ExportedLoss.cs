namespace LossGen.Tool.Schema;

/// <summary>The JSON file of a loss.</summary>
/// <param name="Schema">The version of this schema; raised when a reader of the last one would go wrong.</param>
/// <param name="LossGen">The version that wrote it.</param>
/// <param name="Class">The class with its namespace.</param>
/// <param name="Name">The loss.</param>
/// <param name="Formula">The formula as declared.</param>
/// <param name="Real">The working precision, <c>f32</c> or <c>f64</c>.</param>
/// <param name="Parameters">The parameters as declared.</param>
/// <param name="Derivatives">The gradients as formulas to be read.</param>
/// <param name="Kernels">The file with the kernels for each dialect.</param>
/// <param name="Grid">What is common to all launches.</param>
/// <param name="Value">How the value is computed.</param>
/// <param name="Gradient">How value and gradients are computed.</param>
/// <param name="Curvature">How value, gradients and second derivatives are computed; null for a loss without the latter.</param>
internal sealed record ExportedLoss(
    int Schema,
    string LossGen,
    string Class,
    string Name,
    string Formula,
    string Real,
    ExportedParameter[] Parameters,
    ExportedDerivative[] Derivatives,
    Dictionary<string, string> Kernels,
    ExportedGrid Grid,
    ExportedPlan Value,
    ExportedPlan Gradient,
    ExportedPlan? Curvature)
{
    public const int CurrentSchema = 1;
}

/// <summary>A parameter of the method in C#. Axes of tensors stand outermost first.</summary>
internal sealed record ExportedParameter(string Name, string Type, string? Axes);

/// <summary>The derivative by one parameter, in words.</summary>
internal sealed record ExportedDerivative(string Parameter, string Formula);
