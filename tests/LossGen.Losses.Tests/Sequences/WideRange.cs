namespace LossGen.Losses.Tests.Sequences;

/// <summary>A number from 0, with the digits of a double and any exponent: probabilities of long sequences are far below the smallest double.</summary>
internal readonly record struct WideRange
{
    private readonly double _significand;
    private readonly long _exponent;

    private WideRange(double significand, long exponent) => (_significand, _exponent) = (significand, exponent);

    public double Log => Math.Log(_significand) + (_exponent * Math.Log(2));

    public static WideRange Of(double value) => Normalised(value, 0);

    public static WideRange operator *(WideRange a, WideRange b) => Normalised(a._significand * b._significand, a._exponent + b._exponent);

    public static WideRange operator +(WideRange a, WideRange b)
    {
        if (a._significand == 0) return b;
        if (b._significand == 0) return a;
        if (a._exponent < b._exponent) (a, b) = (b, a);
        return Normalised(a._significand + Scaled(b._significand, b._exponent - a._exponent), a._exponent);
    }

    /// <summary>a / b, which must be within the range of a double.</summary>
    public static double operator /(WideRange a, WideRange b) => a._significand == 0 ? 0 : Scaled(a._significand / b._significand, a._exponent - b._exponent);

    private static WideRange Normalised(double value, long exponent)
    {
        if (value == 0) return default;
        int shift = Math.ILogB(value);
        return new(Math.ScaleB(value, -shift), exponent + shift);
    }

    private static double Scaled(double value, long exponent) => Math.ScaleB(value, (int)Math.Max(exponent, -2000));
}
