using Reports;
using Xunit;

namespace LossGen.Samples.Tests.Reports;

public sealed class RunOptionsTests
{
    [Theory]
    [InlineData("", "first", false, null)]
    [InlineData("--quick", "first", true, null)]
    [InlineData("second", "second", false, null)]
    [InlineData("--report page.html second --quick", "second", true, "page.html")]
    public void Arguments_are_read_in_any_order(string arguments, string task, bool quick, string? path)
        => Assert.Equal(new RunOptions(task, quick, path ?? Path.Combine("artifacts", "reports", task + ".html")), Parse(arguments));

    [Theory]
    [InlineData("third")]
    [InlineData("first second")]
    [InlineData("--report")]
    [InlineData("--report a --report b")]
    [InlineData("-quick")]
    public void Anything_else_is_refused(string arguments) => Assert.Null(Parse(arguments));

    private static RunOptions? Parse(string arguments)
        => RunOptions.Parse(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), "first", "second");
}
