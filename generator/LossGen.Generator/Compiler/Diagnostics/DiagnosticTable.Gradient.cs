namespace LossGen.Compiler.Diagnostics;

/// <content>LOSS03xx: what is differentiated.</content>
internal static partial class DiagnosticTable
{
    /// <summary>{0} parameter.</summary>
    public static readonly DiagnosticRow DifferentiatedNotUsed = Error(
        "LOSS0301", "Differentiated parameter is not used",
        "'{0}' is differentiated, but the formula does not use it; use it, or mark another parameter with [Differentiate].");

    /// <summary>{0} parameter; {1} its element type.</summary>
    public static readonly DiagnosticRow DifferentiatedNotReal = Error(
        "LOSS0302", "Differentiated parameter is not real",
        "'{0}' holds '{1}', which has no derivative; mark a parameter of float, double or Half with [Differentiate] instead.");

    /// <summary>{0} parameter; {1} "a comparison", "floor", "detach", ….</summary>
    public static readonly DiagnosticRow GradientIdenticallyZero = Error(
        "LOSS0303", "Gradient is zero everywhere",
        "The gradient by '{0}' is zero everywhere, because the result depends on it only through {1}; use a smooth form such "
        + "as 'sigmoid' or 'softplus', or mark another parameter with [Differentiate].");

    /// <summary>{0} method.</summary>
    public static readonly DiagnosticRow NothingToDifferentiate = Error(
        "LOSS0304", "Nothing to differentiate",
        "'{0}' has no floating-point tensor and no parameter marked [Differentiate], so there is no gradient; add one of "
        + "them.");

    /// <summary>{0} parameter; {1} the expression that joins elements.</summary>
    public static readonly DiagnosticRow HessianNotDiagonal = Error(
        "LOSS0305", "Hessian is not diagonal",
        "Curvature is the second derivative by each element of '{0}', but '{1}' joins several elements of '{0}' in a nonlinear way, "
        + "so that the Hessian is not diagonal; use a loss that is element-wise in '{0}' up to a sum or mean, or leave out Curvature.");

    private static DiagnosticRow[] GradientRows =>
    [
        DifferentiatedNotUsed, DifferentiatedNotReal, GradientIdenticallyZero, NothingToDifferentiate, HessianNotDiagonal,
    ];
}
