namespace LossGen.Oracle;

/// <summary>A sum with the rounding errors carried along (Neumaier).</summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _lost;

    public void Add(double value)
    {
        double next = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - next + value : value - next + _sum;
        _sum = next;
    }

    /// <summary>An infinite sum has no error to speak of.</summary>
    public readonly double Value => double.IsFinite(_sum) ? _sum + _lost : _sum;
}
