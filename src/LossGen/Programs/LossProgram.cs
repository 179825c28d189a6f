using System.ComponentModel;

namespace LossGen;

/// <summary>A loss as data: what it computes and from what, for display, logging and execution elsewhere. Immutable.</summary>
public sealed class LossProgram
{
    /// <summary>Called by generated code.</summary>
    /// <param name="name">The loss method's name.</param>
    /// <param name="formula">The formula as declared.</param>
    /// <param name="parameters">The parameters as declared.</param>
    /// <param name="gradients">The gradients, in the order of the gradient method.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LossProgram(string name, string formula, LossProgramParameter[] parameters, LossProgramGradient[] gradients)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(gradients);
        Name = name;
        Formula = formula;
        Parameters = Array.AsReadOnly([.. parameters]);
        Gradients = Array.AsReadOnly([.. gradients]);
    }

    /// <summary>The loss method's name.</summary>
    public string Name { get; }

    /// <summary>The formula as declared.</summary>
    public string Formula { get; }

    /// <summary>The parameters as declared.</summary>
    public IReadOnlyList<LossProgramParameter> Parameters { get; }

    /// <summary>The gradients, in the order in which the gradient method returns them.</summary>
    public IReadOnlyList<LossProgramGradient> Gradients { get; }

    /// <summary>What is known of the loss as a function, one statement an entry, such as "convex in z"; empty where nothing was proven.</summary>
    public IReadOnlyList<string> Properties
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = Array.AsReadOnly([.. value]);
        }
    } = [];

    /// <summary>The loss for other devices.</summary>
    public DeviceKernels? ValueKernels { get; init; }

    /// <summary>The loss with its gradients for other devices.</summary>
    public DeviceKernels? GradientKernels { get; init; }

    /// <summary>The loss with its gradients and second derivatives for other devices; <see langword="null"/> where none were asked for.</summary>
    public DeviceKernels? CurvatureKernels { get; init; }

    /// <summary>The formula.</summary>
    /// <returns><see cref="Formula"/>.</returns>
    public override string ToString() => Formula;
}
