namespace LossGen;

/// <summary>Marks a parameter by which the loss is differentiated: a floating-point tensor, or a <c>float</c> or <c>double</c> scalar.</summary>
/// <remarks>When no parameter of a loss is marked, the gradient is that of the first floating-point tensor.</remarks>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DifferentiateAttribute : Attribute;
