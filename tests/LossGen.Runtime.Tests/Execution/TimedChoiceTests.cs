using Xunit;

namespace LossGen.Runtime.Tests.Execution;

public sealed class TimedChoiceTests
{
    [Theory]
    [InlineData(5f, 1f)]
    [InlineData(1f, 5f)]
    [InlineData(1f, 1.1f)]
    public void The_faster_way_is_taken_but_for_few_calls(float oneTime, float manyTime)
    {
        var choice = new TimedChoice();
        int many = Calls(ref choice, 20_000, _ => oneTime, _ => manyTime);
        Assert.InRange(oneTime < manyTime ? many : 20_000 - many, 1, 100);
    }

    [Fact]
    public void What_became_faster_is_found()
    {
        var choice = new TimedChoice();
        Calls(ref choice, 1000, _ => 1, _ => 10);
        Assert.False(choice.TakesMany);
        int many = Calls(ref choice, 20_000, _ => 1, _ => 0.5f);
        Assert.InRange(many, 18_000, 20_000);
    }

    [Fact]
    public void What_became_slower_is_left_at_once()
    {
        var choice = new TimedChoice();
        Calls(ref choice, 10_000, _ => 1, _ => 0.6f);
        Assert.True(choice.TakesMany);
        Assert.InRange(Calls(ref choice, 1000, _ => 1, _ => 1.5f), 1, 50);
    }

    [Fact]
    public void Threads_that_sleep_after_a_call_without_them_are_judged_by_the_calls_that_find_them_awake()
    {
        var choice = new TimedChoice();
        int many = Calls(ref choice, 10_000, _ => 1, wasMany => wasMany ? 0.6f : 5);
        Assert.InRange(many, 9_500, 10_000);
    }

    [Fact]
    public void Code_that_is_compiled_anew_is_judged_anew()
    {
        var choice = new TimedChoice();
        Calls(ref choice, 100, _ => 100, _ => 120);
        Assert.InRange(Calls(ref choice, 1000, _ => 10, _ => 6), 800, 1000);
    }

    [Fact]
    public void One_interruption_changes_nothing()
    {
        var choice = new TimedChoice();
        Calls(ref choice, 100, _ => 1, _ => 1.5f);
        Assert.False(choice.TakesMany);
        choice.Record(1e6f);
        Assert.False(choice.TakesMany);
    }

    // How many calls took many threads. Their time may depend on whether the call before did.
    private static int Calls(ref TimedChoice choice, int count, Func<bool, float> oneTime, Func<bool, float> manyTime)
    {
        int many = 0;
        bool wasMany = false;
        for (int call = 0; call < count; call++)
        {
            bool takesMany = choice.TakesMany;
            many += takesMany ? 1 : 0;
            choice.Record((takesMany ? manyTime : oneTime)(wasMany));
            wasMany = takesMany;
        }

        return many;
    }
}
