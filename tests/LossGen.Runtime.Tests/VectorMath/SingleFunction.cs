using System.Runtime.Intrinsics;
using Math32 = LossGen.Runtime.VectorMath;

namespace LossGen.Runtime.Tests;

/// <summary>A float function of one number in every form, with its reference in double and the largest error in ulp that docs/numerics.md publishes.</summary>
/// <remarks>
/// References are System.Math where it has the function, else the double functions, which DoubleAccuracyTests hold to tables of higher precision.
/// </remarks>
public sealed record SingleFunction(
    string Name,
    double Ulps,
    Func<double, double> Reference,
    Func<float, float> Scalar,
    Func<Vector128<float>, Vector128<float>> Lanes128,
    Func<Vector256<float>, Vector256<float>> Lanes256,
    Func<Vector512<float>, Vector512<float>> Lanes512)
{
    public static readonly SingleFunction[] All =
    [
        new("Exp", 1.25, Math.Exp, Math32.Exp, Math32.Exp, Math32.Exp, Math32.Exp),
        new("ExpNonPositive", 1.25, Math.Exp, Math32.ExpNonPositive, Math32.ExpNonPositive, Math32.ExpNonPositive, Math32.ExpNonPositive)
        {
            Covers = x => !(x > 0),
            UnderflowsBelow = 1.17549435e-38,
        },
        new("Expm1", 2, Math32.Expm1, Math32.Expm1, Math32.Expm1, Math32.Expm1, Math32.Expm1),
        new("Expm1NonPositive", 2, Math32.Expm1, Math32.Expm1NonPositive, Math32.Expm1NonPositive, Math32.Expm1NonPositive, Math32.Expm1NonPositive)
        {
            Covers = x => !(x > 0),
        },
        new("Log", 1.25, Math.Log, Math32.Log, Math32.Log, Math32.Log, Math32.Log),
        new("LogFromOne", 1.25, Math.Log, Math32.LogFromOne, Math32.LogFromOne, Math32.LogFromOne, Math32.LogFromOne)
        {
            Covers = x => (x >= 1 && !float.IsInfinity(x)) || float.IsNaN(x),
        },
        new("Log1p", 2, Math32.Log1p, Math32.Log1p, Math32.Log1p, Math32.Log1p, Math32.Log1p),
        new("Log1pUnit", 1.5, Math32.Log1p, Math32.Log1pUnit, Math32.Log1pUnit, Math32.Log1pUnit, Math32.Log1pUnit)
        {
            Covers = x => x is >= 0 and <= 1 || float.IsNaN(x),
        },
        new("Log1mExp", 2.5, Math32.Log1mExp, Math32.Log1mExp, Math32.Log1mExp, Math32.Log1mExp, Math32.Log1mExp),
        new("Sigmoid", 2, Math32.Sigmoid, Math32.Sigmoid, Math32.Sigmoid, Math32.Sigmoid, Math32.Sigmoid),
        new("LogSigmoid", 2, Math32.LogSigmoid, Math32.LogSigmoid, Math32.LogSigmoid, Math32.LogSigmoid, Math32.LogSigmoid),
        new("Softplus", 2, Math32.Softplus, Math32.Softplus, Math32.Softplus, Math32.Softplus, Math32.Softplus),
        new("Sin", 2, Math.Sin, Math32.Sin, Math32.Sin, Math32.Sin, Math32.Sin),
        new("Cos", 2, Math.Cos, Math32.Cos, Math32.Cos, Math32.Cos, Math32.Cos),
        new("Tan", 3, Math.Tan, Math32.Tan, Math32.Tan, Math32.Tan, Math32.Tan),
        new("Atan", 2, Math.Atan, Math32.Atan, Math32.Atan, Math32.Atan, Math32.Atan),
        new("Sinh", 2, Math.Sinh, Math32.Sinh, Math32.Sinh, Math32.Sinh, Math32.Sinh),
        new("Cosh", 2, Math.Cosh, Math32.Cosh, Math32.Cosh, Math32.Cosh, Math32.Cosh),
        new("Tanh", 1.5, Math.Tanh, Math32.Tanh, Math32.Tanh, Math32.Tanh, Math32.Tanh),
        LogCosh("LogCosh", x => Math32.ExpNonPositive(-2f * Vector512.Abs(x))),
        LogCosh("LogCosh beside tanh", x => Vector512<float>.One + Math32.Expm1NonPositive(-2f * Vector512.Abs(x))),
        new("Erf", 1.5, Math32.Erf, Math32.Erf, Math32.Erf, Math32.Erf, Math32.Erf),
        new("Erfc", 4, Math32.Erfc, Math32.Erfc, Math32.Erfc, Math32.Erfc, Math32.Erfc),
        new("LogGamma", 0.6, Math32.LogGamma, Math32.LogGamma, Math32.LogGamma, Math32.LogGamma, Math32.LogGamma) { NearZeros = 1e-12 },
        new("Digamma", 0.6, Math32.Digamma, Math32.Digamma, Math32.Digamma, Math32.Digamma, Math32.Digamma) { NearZeros = 1e-12 },
        new("Trigamma", 0.6, Math32.Trigamma, Math32.Trigamma, Math32.Trigamma, Math32.Trigamma, Math32.Trigamma),
        new("Tetragamma", 0.6, Math32.Tetragamma, Math32.Tetragamma, Math32.Tetragamma, Math32.Tetragamma, Math32.Tetragamma) { NearZeros = 1e-12 },
        new("LogI0", 0.501, Math32.LogI0, Math32.LogI0, Math32.LogI0, Math32.LogI0, Math32.LogI0),
        new("BesselRatio", 0.501, Math32.BesselRatio, Math32.BesselRatio, Math32.BesselRatio, Math32.BesselRatio, Math32.BesselRatio),
        new("Sqrt", 0.501, Math.Sqrt, Math32.Sqrt, Math32.Sqrt, Math32.Sqrt, Math32.Sqrt),
        new("Abs", 0, Math.Abs, Math32.Abs, Math32.Abs, Math32.Abs, Math32.Abs),
        new("Sign", 0, x => x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x, Math32.Sign, Math32.Sign, Math32.Sign, Math32.Sign),
        new("Round", 0, Math.Round, Math32.Round, Math32.Round, Math32.Round, Math32.Round),
        new("Floor", 0, Math.Floor, Math32.Floor, Math32.Floor, Math32.Floor, Math32.Floor),
        new("Ceiling", 0, Math.Ceiling, Math32.Ceiling, Math32.Ceiling, Math32.Ceiling, Math32.Ceiling),
    ];

    /// <summary>The domain that the function is made for.</summary>
    public Func<float, bool> Covers { get; init; } = _ => true;

    /// <summary>An absolute error that is allowed beside zeros of the function.</summary>
    public double NearZeros { get; init; }

    /// <summary>True results below this number may come out as any number from 0 up to it.</summary>
    public double UnderflowsBelow { get; init; }

    // Of the exponential as kernels have it.
    private static SingleFunction LogCosh(string name, Func<Vector512<float>, Vector512<float>> decay) => new(
        name,
        2.5,
        x => Math32.LogCosh(x, Math.Exp(-2 * Math.Abs(x))),
        x => Math32.LogCosh(x, decay(Vector512.Create(x))[0]),
        x => Math32.LogCosh(x, decay(Vector512.Create(Vector256.Create(x, x), Vector256.Create(x, x))).GetLower().GetLower()),
        x => Math32.LogCosh(x, decay(Vector512.Create(x, x)).GetLower()),
        x => Math32.LogCosh(x, decay(x)));

    public static SingleFunction Named(string name) => All.Single(function => function.Name == name);

    /// <summary>The error at x in ulp of the reference; 0 where the distance is within NearZeros, or the result underflows as it may.</summary>
    public double ErrorAt(float x, float actual)
    {
        double expected = Reference(x);
        if (expected < UnderflowsBelow && actual >= 0 && actual <= UnderflowsBelow) return 0;
        return Math.Abs(actual - expected) <= NearZeros ? 0 : SingleUlps.Between(actual, expected);
    }
}
