namespace LossGen.Runtime;

public static partial class VectorMath
{
    private readonly struct SinFunction : IScalarFunction
    {
        public static double Invoke(double x) => Math.Sin(x);
    }

    private readonly struct CosFunction : IScalarFunction
    {
        public static double Invoke(double x) => Math.Cos(x);
    }

    private readonly struct TanFunction : IScalarFunction
    {
        public static double Invoke(double x) => Math.Tan(x);
    }

    private readonly struct LogGammaFunction : IScalarFunction
    {
        public static double Invoke(double x) => DoubleGamma.Log(x);
    }

    private readonly struct DigammaOfNegativeFunction : IScalarFunction
    {
        public static double Invoke(double x) => DoubleGamma.DigammaOfNegative(x);
    }

    private readonly struct TrigammaOfNegativeFunction : IScalarFunction
    {
        public static double Invoke(double x) => DoubleGamma.TrigammaOfNegative(x);
    }

    private readonly struct TetragammaFunction : IScalarFunction
    {
        public static double Invoke(double x) => DoubleGamma.Tetragamma(x);
    }
}
