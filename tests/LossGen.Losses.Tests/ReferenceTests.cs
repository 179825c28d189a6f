using LossGen.Losses.Tests.Declarations;
using LossGen.Losses.Tests.References;
using Xunit;
using Xunit.Abstractions;

namespace LossGen.Losses.Tests;

/// <summary>Every loss of the catalogue against stored values and gradients of independent references.</summary>
public class ReferenceTests(ITestOutputHelper output)
{
    public static TheoryData<string> Losses => [.. ReferenceCase.Catalogue.Select(c => c.Method).Distinct()];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Value_parts_and_gradients_agree(string loss) => ReferenceComparison.Run(loss, DeclaredLoss.Catalogue, ReferenceCase.Catalogue, output);

    [Fact]
    public void Every_overload_has_a_case() =>
        Assert.Empty(DeclaredLoss.Catalogue.Where(o => !ReferenceCase.Catalogue.Any(c => CaseArguments.Fits(o, c))).Select(o => o.ToString()));

    [Fact]
    public void Every_form_for_elements_has_a_loss_of_one_number_beside_it() =>
        Assert.Empty(DeclaredLoss.Catalogue.Where(o => o.Result is not null && !DeclaredLoss.Catalogue.Any(m => m.Class == o.Class && m.Result is null && m.Name + "Elements" == o.Name)).Select(o => o.ToString()));

    [Fact]
    public void Every_loss_stands_in_both_types_with_one_formula()
    {
        foreach (IGrouping<string, DeclaredLoss> overloads in DeclaredLoss.Catalogue.GroupBy(
            o => $"{o.Class.Name}.{o.Name}({string.Join(", ", o.Parameters.Select(p => p.Name))}): {o.Program.Formula}"))
        {
            Assert.True(overloads.Any(o => o.IsDouble) && overloads.Any(o => !o.IsDouble), overloads.Key);
        }
    }
}
