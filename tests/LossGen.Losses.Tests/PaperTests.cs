using LossGen.Losses.Tests.Declarations;
using LossGen.Losses.Tests.References;
using Xunit;
using Xunit.Abstractions;

namespace LossGen.Losses.Tests;

/// <summary>
/// Losses of papers that the catalogue does not have, declared in <c>Papers</c> by the language's reference alone, against stored values and
/// gradients: recurrences over two axes, sorting, pairs, windows, spectra, sums over trees.
/// </summary>
public class PaperTests(ITestOutputHelper output)
{
    public static TheoryData<string> Losses => [.. ReferenceCase.Papers.Select(c => c.Method).Distinct()];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Value_parts_and_gradients_agree(string loss) => ReferenceComparison.Run(loss, DeclaredLoss.Papers, ReferenceCase.Papers, output);

    [Fact]
    public void Every_overload_has_a_case() =>
        Assert.Empty(DeclaredLoss.Papers.Where(o => !ReferenceCase.Papers.Any(c => CaseArguments.Fits(o, c))).Select(o => o.ToString()));
}
