namespace LossGen;

/// <summary>Declares a loss: LossGen writes the body of the partial method from the formula, and beside it a gradient method and a program.</summary>
/// <remarks>
/// For a method <c>Dice</c> the generator adds <c>DiceGradient</c> (value and gradient in one call) and <c>DiceProgram</c> (the loss as data).
/// </remarks>
/// <param name="formula">The formula in the loss language: statements that end in <c>;</c>, then the expression that is the loss.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LossAttribute(string formula) : Attribute
{
    /// <summary>The formula in the loss language.</summary>
    public string Formula { get; } = formula;

    /// <summary>The name of the <see cref="LossProgram"/> property to add; the method's name followed by <c>Program</c> when not given.</summary>
    /// <remarks>Overloads of one method name need it, since their programs would otherwise share a name.</remarks>
    public string? Program { get; set; }

    /// <summary>
    /// Whether to add a method <c>…Curvature</c>, which gives value, gradient and the second derivative by each element in one pass: what
    /// gradient boosting and Newton steps ask of a loss.
    /// </summary>
    /// <remarks>
    /// The loss must be element-wise in each differentiated tensor up to final sums and means: elsewhere its Hessian is not diagonal, and
    /// the formula is an error.
    /// </remarks>
    public bool Curvature { get; set; }
}
