using System.Globalization;

namespace LossGen.Samples.Tests;

/// <summary>A culture that writes numbers in a way no file format does, for as long as the object lives.</summary>
public sealed class HostileCulture : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentCulture;

    public HostileCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = "#";
        culture.NumberFormat.PercentDecimalSeparator = "#";
        culture.NumberFormat.NumberGroupSeparator = "_";
        culture.NumberFormat.NegativeSign = "~";
        CultureInfo.CurrentCulture = culture;
    }

    public void Dispose() => CultureInfo.CurrentCulture = before;
}
