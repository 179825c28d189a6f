using Reports.History;
using Xunit;

namespace LossGen.Samples.Tests.Reports;

public sealed class TrainingHistoryTests
{
    [Fact]
    public void Losses_and_parts_come_back_as_curves()
    {
        var history = new TrainingHistory("a", "b");
        history.Add(0, new LossValue(3, 1, 2), new LossValue(30, 10, 20));
        history.Add(5, new LossValue(7, 3, 4), new LossValue(70, 30, 40));
        Assert.Equal([0, 5], history.Epochs);
        Assert.Equal([3, 7], history.Training);
        Assert.Equal([30, 70], history.Validation);
        Assert.Equal([2, 4], history.TrainingPart(1));
        Assert.Equal([10, 30], history.ValidationPart(0));
    }

    [Fact]
    public void Epochs_rise_and_parts_are_complete()
    {
        var history = new TrainingHistory("a");
        history.Add(1, new LossValue(1, 1), new LossValue(1, 1));
        Assert.Throws<ArgumentException>(() => history.Add(1, new LossValue(1, 1), new LossValue(1, 1)));
        Assert.Throws<ArgumentException>(() => history.Add(2, new LossValue(1, 1), new LossValue(1)));
    }
}
