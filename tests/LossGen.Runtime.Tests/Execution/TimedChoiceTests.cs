using Xunit;

namespace LossGen.Runtime.Tests.Execution;

[Collection(ProcessSettings.Name)]
public sealed class TimedChoiceTests
{
    [Theory]
    [InlineData(5f, 1f)]
    [InlineData(1f, 5f)]
    [InlineData(1f, 1.1f)]
    public void The_faster_way_is_taken_but_for_few_calls(float oneTime, float manyTime)
    {
        var choice = new TimedChoice();
        int many = Calls(ref choice, 20_000, oneTime, manyTime);
        int slower = oneTime < manyTime ? many : 20_000 - many;
        Assert.InRange(slower, 1, 20_000 / 40);
    }

    [Fact]
    public void What_became_faster_is_found()
    {
        var choice = new TimedChoice();
        Calls(ref choice, 1000, oneTime: 1, manyTime: 10);
        Assert.False(choice.TakesMany);
        // Forgotten by one 512th a call: ln 10 * 512 calls.
        Calls(ref choice, 1300, oneTime: 1, manyTime: 0.5f);
        Assert.True(choice.TakesMany);
    }

    [Fact]
    public void Code_that_is_compiled_anew_gives_the_other_way_its_chance_at_once()
    {
        var choice = new TimedChoice();
        Calls(ref choice, 100, oneTime: 100, manyTime: 120);
        int many = Calls(ref choice, 200, oneTime: 10, manyTime: 6);
        Assert.InRange(many, 100, 200);
    }

    [Fact]
    public void One_interruption_changes_nothing()
    {
        var choice = new TimedChoice();
        Calls(ref choice, 100, oneTime: 1, manyTime: 1.5f);
        choice.Record(many: false, time: 1e6f);
        Assert.False(choice.TakesMany);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public void Bits_are_equal_whichever_way_is_taken(int count)
    {
        float[] x = ProcessSettings.Samples(count, seed: 1), y = ProcessSettings.Samples(count, seed: 2);
        float[] expected = new float[count], gradient = new float[count];
        float value = CallThreads.With(1, () => SquaredSum.Gradient(x, y, expected));
        bool before = ThreadChoice.AlwaysMany;
        ThreadChoice.AlwaysMany = false;
        try
        {
            for (int call = 0; call < 20; call++)
            {
                Array.Fill(gradient, float.NaN);
                Assert.Equal(value, CallThreads.With(3, () => SquaredSum.Gradient(x, y, gradient)));
                Assert.True(expected.AsSpan().SequenceEqual(gradient));
            }
        }
        finally
        {
            ThreadChoice.AlwaysMany = before;
        }
    }

    private static int Calls(ref TimedChoice choice, int count, float oneTime, float manyTime)
    {
        int many = 0;
        for (int call = 0; call < count; call++)
        {
            bool takesMany = choice.TakesMany;
            many += takesMany ? 1 : 0;
            choice.Record(takesMany, takesMany ? manyTime : oneTime);
        }

        return many;
    }
}
