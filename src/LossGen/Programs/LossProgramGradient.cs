using System.ComponentModel;

namespace LossGen;

/// <summary>The gradient of a <see cref="LossProgram"/> by one parameter, as mathematics to be read.</summary>
public sealed class LossProgramGradient
{
    /// <summary>Called by generated code.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="formula">The gradient as a formula.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LossProgramGradient(string parameter, string formula)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(formula);
        Parameter = parameter;
        Formula = formula;
    }

    /// <summary>The name of the parameter by which the loss is differentiated.</summary>
    public string Parameter { get; }

    /// <summary>The gradient as a formula.</summary>
    public string Formula { get; }

    /// <summary>The gradient as a formula.</summary>
    /// <returns><see cref="Formula"/>.</returns>
    public override string ToString() => Formula;
}
