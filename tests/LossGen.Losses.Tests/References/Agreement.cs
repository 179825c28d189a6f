using System.Globalization;

namespace LossGen.Losses.Tests.References;

/// <summary>Compares numbers with a reference: |got - want| ≤ bound · max(|want|, largest gradient component).</summary>
internal sealed class Agreement(double bound)
{
    /// <summary>What is out of the bound, in words.</summary>
    public List<string> Differences { get; } = [];

    /// <summary>The largest quotient of difference and scale.</summary>
    public double Worst { get; private set; }

    public void Compare(string what, double got, double want, double scale)
    {
        if (got.Equals(want)) return;
        double size = Math.Max(Math.Abs(want), scale), error = Math.Abs(got - want) / size;
        if (double.IsFinite(error)) Worst = Math.Max(Worst, error);
        if (error <= bound) return;
        Differences.Add(string.Create(CultureInfo.InvariantCulture, $"{what} is {got:R}, not {want:R} (scale {size:G3})"));
    }

    public void Compare(string what, double[] got, double[] want, double scale)
    {
        if (got.Length != want.Length) Differences.Add($"{what} has {got.Length} elements, not {want.Length}");
        else for (int i = 0; i < got.Length; i++) Compare($"{what}[{i}]", got[i], want[i], scale);
    }
}
