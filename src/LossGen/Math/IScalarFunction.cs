namespace LossGen.Runtime;

/// <summary>A function of one number, applied lane by lane without a delegate.</summary>
internal interface IScalarFunction
{
    /// <summary>The function's value.</summary>
    static abstract double Invoke(double x);
}
