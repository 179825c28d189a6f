using BreastCancer;
using Xunit;

namespace LossGen.Samples.Tests.BreastCancer;

public sealed class DiagnosticTableTests
{
    private static string DataPath => Path.Combine(AppContext.BaseDirectory, "Data", "breast_cancer.csv");

    [Fact]
    public void The_table_is_read_whatever_the_culture()
    {
        using var culture = new HostileCulture();
        var table = DiagnosticTable.Read(DataPath);
        Assert.Equal((569, 30), (table.PatientCount, table.FeatureCount));
        Assert.Equal(212, table.Malignant.Count(malignant => malignant == 1));
        Assert.Equal(17.99f, table.Features[0]);
        Assert.All(table.Features, value => Assert.True(float.IsFinite(value) && value >= 0));
    }

    [Fact]
    public void The_split_shares_nothing_and_is_the_same_for_a_seed()
    {
        var table = DiagnosticTable.Read(DataPath);
        var (training, heldOut) = table.Split(0.7, 5);
        Assert.Equal((398, 171), (training.PatientCount, heldOut.PatientCount));
        Assert.Equal(training.Features, table.Split(0.7, 5).Training.Features);
        Assert.Equal(212, training.Malignant.Concat(heldOut.Malignant).Count(malignant => malignant == 1));
        Assert.Equal(table.Features.Order(), training.Features.Concat(heldOut.Features).Order());
    }

    [Fact]
    public void Standardised_features_have_mean_0_and_deviation_1()
    {
        var table = DiagnosticTable.Read(DataPath);
        var (mean, deviation) = table.Standardised(table.Moments()).Moments();
        Assert.All(mean, value => Assert.Equal(0, value, 4));
        Assert.All(deviation, value => Assert.Equal(1, value, 4));
    }
}
