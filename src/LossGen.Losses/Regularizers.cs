namespace LossGen.Losses;

/// <summary>Penalties on a model's weights, which have an axis of their own: they add to any data loss.</summary>
public static partial class Regularizers
{
    private const string L1Formula = "lambda * sum(abs(weights))";

    /// <summary>Sum of the absolute weights: <c>lambda sum(|w|)</c>.</summary>
    /// <param name="weights">The penalised weights, of any shape, flat.</param>
    /// <param name="lambda">Strength of the penalty, for one unit of weight.</param>
    /// <returns>The penalty.</returns>
    /// <remarks>
    /// <para>When to use: to drive weights to exactly 0.</para>
    /// <para>Conventions: the gradient at 0 is 0.</para>
    /// <para>Source: Tibshirani, "Regression Shrinkage and Selection via the Lasso", 1996.</para>
    /// </remarks>
    [Loss(L1Formula)]
    public static partial float L1([Differentiate] ReadOnlySpan<float> weights, float lambda);

    /// <inheritdoc cref="L1(ReadOnlySpan{float}, float)" />
    [Loss(L1Formula, Program = "L1DoubleProgram")]
    public static partial double L1([Differentiate] ReadOnlySpan<double> weights, double lambda);

    private const string L2Formula = "lambda * sum(weights^2)";

    /// <summary>Sum of the squared weights: <c>lambda sum(w^2)</c>.</summary>
    /// <param name="weights">The penalised weights, of any shape, flat.</param>
    /// <param name="lambda">Strength of the penalty, for one squared unit of weight; there is no factor of one half.</param>
    /// <returns>The penalty.</returns>
    /// <remarks>
    /// <para>When to use: to keep weights small.</para>
    /// <para>Gradient: <c>2 lambda w</c>.</para>
    /// <para>Source: Hoerl and Kennard, "Ridge Regression", 1970.</para>
    /// </remarks>
    [Loss(L2Formula)]
    public static partial float L2([Differentiate] ReadOnlySpan<float> weights, float lambda);

    /// <inheritdoc cref="L2(ReadOnlySpan{float}, float)" />
    [Loss(L2Formula, Program = "L2DoubleProgram")]
    public static partial double L2([Differentiate] ReadOnlySpan<double> weights, double lambda);

    private const string ElasticNetFormula = "l1 * sum(abs(weights)) + l2 * sum(weights^2)";

    /// <summary>Absolute and squared penalty together: <c>l1 sum(|w|) + l2 sum(w^2)</c>.</summary>
    /// <param name="weights">The penalised weights, of any shape, flat.</param>
    /// <param name="l1">Strength of the absolute part.</param>
    /// <param name="l2">Strength of the squared part; there is no factor of one half.</param>
    /// <returns>The penalty.</returns>
    /// <remarks>
    /// <para>When to use: to drive weights to 0 where they are correlated, where L1 alone would keep one at random.</para>
    /// <para>Conventions: the gradient of the absolute part at 0 is 0.</para>
    /// <para>Source: Zou and Hastie, "Regularization and Variable Selection via the Elastic Net", 2005.</para>
    /// </remarks>
    [Loss(ElasticNetFormula)]
    public static partial float ElasticNet([Differentiate] ReadOnlySpan<float> weights, float l1, float l2);

    /// <inheritdoc cref="ElasticNet(ReadOnlySpan{float}, float, float)" />
    [Loss(ElasticNetFormula, Program = "ElasticNetDoubleProgram")]
    public static partial double ElasticNet([Differentiate] ReadOnlySpan<double> weights, double l1, double l2);
}
