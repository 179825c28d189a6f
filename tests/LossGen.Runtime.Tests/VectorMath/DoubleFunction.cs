using System.Runtime.Intrinsics;
using Math64 = LossGen.Runtime.VectorMath;

namespace LossGen.Runtime.Tests;

/// <summary>A function of one number in every form, with the largest error in ulp, and beside zeros absolutely, that docs/numerics.md publishes.</summary>
public sealed record DoubleFunction(
    string Name,
    double Ulps,
    double Absolute,
    Func<double, double> Scalar,
    Func<Vector128<double>, Vector128<double>> Lanes128,
    Func<Vector256<double>, Vector256<double>> Lanes256,
    Func<Vector512<double>, Vector512<double>> Lanes512)
{
    public static readonly DoubleFunction[] All =
    [
        new("Exp", 1.25, 0, Math64.Exp, Math64.Exp, Math64.Exp, Math64.Exp),
        new("ExpNonPositive", 1.25, 0, Math64.ExpNonPositive, Math64.ExpNonPositive, Math64.ExpNonPositive, Math64.ExpNonPositive)
        {
            UnderflowsBelow = 2.2250738585072014e-308,
        },
        new("Expm1", 1.25, 0, Math64.Expm1, Math64.Expm1, Math64.Expm1, Math64.Expm1),
        new("Log", 1, 0, Math64.Log, Math64.Log, Math64.Log, Math64.Log),
        new("Log1p", 1, 0, Math64.Log1p, Math64.Log1p, Math64.Log1p, Math64.Log1p),
        new("Log1pUnit", 1, 0, Math64.Log1pUnit, Math64.Log1pUnit, Math64.Log1pUnit, Math64.Log1pUnit),
        new("Log1mExp", 2, 0, Math64.Log1mExp, Math64.Log1mExp, Math64.Log1mExp, Math64.Log1mExp),
        new("Sigmoid", 1.25, 0, Math64.Sigmoid, Math64.Sigmoid, Math64.Sigmoid, Math64.Sigmoid),
        new("LogSigmoid", 1.5, 0, Math64.LogSigmoid, Math64.LogSigmoid, Math64.LogSigmoid, Math64.LogSigmoid),
        new("Softplus", 1.5, 0, Math64.Softplus, Math64.Softplus, Math64.Softplus, Math64.Softplus),
        new("Sin", 1.5, 0, Math64.Sin, Math64.Sin, Math64.Sin, Math64.Sin),
        new("Cos", 1.5, 0, Math64.Cos, Math64.Cos, Math64.Cos, Math64.Cos),
        new("Tan", 2.5, 0, Math64.Tan, Math64.Tan, Math64.Tan, Math64.Tan),
        new("Atan", 2, 0, Math64.Atan, Math64.Atan, Math64.Atan, Math64.Atan),
        new("Sinh", 2, 0, Math64.Sinh, Math64.Sinh, Math64.Sinh, Math64.Sinh),
        new("Cosh", 1.5, 0, Math64.Cosh, Math64.Cosh, Math64.Cosh, Math64.Cosh),
        new("Tanh", 1.5, 0, Math64.Tanh, Math64.Tanh, Math64.Tanh, Math64.Tanh),
        new(
            "LogCosh",
            4,
            0,
            x => Math64.LogCosh(x, Math64.ExpNonPositive(-2 * Math.Abs(x))),
            x => Math64.LogCosh(x, Math64.ExpNonPositive(-2 * Vector128.Abs(x))),
            x => Math64.LogCosh(x, Math64.ExpNonPositive(-2 * Vector256.Abs(x))),
            x => Math64.LogCosh(x, Math64.ExpNonPositive(-2 * Vector512.Abs(x)))),
        new("Erf", 1, 0, Math64.Erf, Math64.Erf, Math64.Erf, Math64.Erf),
        new("Erfc", 4, 0, Math64.Erfc, Math64.Erfc, Math64.Erfc, Math64.Erfc),
        new("LogGamma", 5, 1e-15, Math64.LogGamma, Math64.LogGamma, Math64.LogGamma, Math64.LogGamma),
        new("Digamma", 5, 2e-15, Math64.Digamma, Math64.Digamma, Math64.Digamma, Math64.Digamma),
        new("Trigamma", 5, 0, Math64.Trigamma, Math64.Trigamma, Math64.Trigamma, Math64.Trigamma),
        new("Tetragamma", 5, 0, Math64.Tetragamma, Math64.Tetragamma, Math64.Tetragamma, Math64.Tetragamma),
        new("LogI0", 3, 0, Math64.LogI0, Math64.LogI0, Math64.LogI0, Math64.LogI0),
        new("BesselRatio", 4, 0, Math64.BesselRatio, Math64.BesselRatio, Math64.BesselRatio, Math64.BesselRatio),
        new("Sqrt", 0.501, 0, Math64.Sqrt, Math64.Sqrt, Math64.Sqrt, Math64.Sqrt),
        new("Abs", 0, 0, Math64.Abs, Math64.Abs, Math64.Abs, Math64.Abs),
        new("Sign", 0, 0, Math64.Sign, Math64.Sign, Math64.Sign, Math64.Sign),
        new("Round", 0, 0, Math64.Round, Math64.Round, Math64.Round, Math64.Round),
        new("Floor", 0, 0, Math64.Floor, Math64.Floor, Math64.Floor, Math64.Floor),
        new("Ceiling", 0, 0, Math64.Ceiling, Math64.Ceiling, Math64.Ceiling, Math64.Ceiling),
    ];

    /// <summary>True results below this number may come out as any number from 0 up to it.</summary>
    public double UnderflowsBelow { get; init; }

    public static DoubleFunction Named(string name) => All.Single(function => function.Name == name);

    public double At(double x) => Lanes128(Vector128.Create(x)).GetElement(1);
}
