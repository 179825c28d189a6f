using System.Globalization;
using LossGen.Losses.Tests.Declarations;
using LossGen.Losses.Tests.References;
using Xunit;
using Xunit.Abstractions;

namespace LossGen.Losses.Tests;

/// <summary>Every loss of the catalogue against stored values and gradients of independent references.</summary>
public class ReferenceTests(ITestOutputHelper output)
{
    private const double SingleBound = 1e-5, DoubleBound = 1e-10;

    // Exact in float, so that both types see the same number.
    private const double Upstream = 0.75;

    public static TheoryData<string> Losses => [.. ReferenceCase.All.Select(c => $"{c.Class}.{c.Loss}").Distinct()];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Value_parts_and_gradients_agree(string loss)
    {
        Agreement single = new(SingleBound), wide = new(DoubleBound);
        foreach (ReferenceCase stored in ReferenceCase.All.Where(c => $"{c.Class}.{c.Loss}" == loss))
        {
            CatalogueLoss[] overloads = [.. CatalogueLoss.All.Where(o => LossCall.Fits(o, stored))];
            Assert.True(overloads.Any(o => o.IsDouble) && overloads.Any(o => !o.IsDouble), $"No overloads in both types take the arguments of {stored}.");
            foreach (CatalogueLoss overload in overloads) Compare(overload, stored, overload.IsDouble ? wide : single);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{loss}: worst error {single.Worst:E1} in float, {wide.Worst:E1} in double"));
        string[] differences = [.. single.Differences, .. wide.Differences];
        Assert.True(differences.Length == 0, $"{differences.Length} differences:\n{string.Join('\n', differences.Take(20))}");
    }

    [Fact]
    public void Every_overload_has_a_case() =>
        Assert.Empty(CatalogueLoss.All.Where(o => !ReferenceCase.All.Any(c => LossCall.Fits(o, c))).Select(o => o.ToString()));

    [Fact]
    public void Every_form_for_elements_has_a_loss_of_one_number_beside_it() =>
        Assert.Empty(CatalogueLoss.All.Where(o => o.Result is not null && !CatalogueLoss.All.Any(m => m.Class == o.Class && m.Result is null && m.Name + "Elements" == o.Name)).Select(o => o.ToString()));

    [Fact]
    public void Every_loss_stands_in_both_types_with_one_formula()
    {
        foreach (IGrouping<string, CatalogueLoss> overloads in CatalogueLoss.All.GroupBy(
            o => $"{o.Class.Name}.{o.Name}({string.Join(", ", o.Parameters.Select(p => p.Name))}): {o.Program.Formula}"))
        {
            Assert.True(overloads.Any(o => o.IsDouble) && overloads.Any(o => !o.IsDouble), overloads.Key);
        }
    }

    private static void Compare(CatalogueLoss overload, ReferenceCase stored, Agreement agreement)
    {
        // The stored gradients of elements hold an upstream for each; those of a number are by an upstream of 1.
        double scale = overload.Result is null ? Upstream : 1;
        string where = $"{overload} for {stored.What}: ";
        LossCall value = LossCall.Value(overload, stored), gradient = LossCall.Gradient(overload, stored, overload.Result is null ? [Upstream] : stored.Upstream);
        double largest = stored.Gradients.Values.Max(Largest);
        agreement.Compare(where + "value", value.Values, stored.Values, largest);
        agreement.Compare(where + "value beside the gradient", gradient.Values, stored.Values, largest);
        Assert.Equal(stored.Parts.Keys.Order(), value.Parts.Keys.Order());
        foreach ((string part, double want) in stored.Parts)
        {
            agreement.Compare(where + part, value.Parts[part], want, largest);
            agreement.Compare(where + part + " beside the gradient", gradient.Parts[part], want, largest);
        }

        Assert.Equal(stored.Gradients.Keys.Order(), gradient.Gradients.Keys.Order());
        foreach ((string by, double[] want) in stored.Gradients)
            agreement.Compare($"{where}d/d{by}", gradient.Gradients[by], [.. want.Select(g => scale * g)], scale * largest);
        if (overload.Result is not null) CompareOnes(overload, stored, agreement);
    }

    // No upstream has a kernel of its own, which must do what one of ones does.
    private static void CompareOnes(CatalogueLoss overload, ReferenceCase stored, Agreement agreement)
    {
        LossCall none = LossCall.Gradient(overload, stored), ones = LossCall.Gradient(overload, stored, [.. stored.Upstream.Select(_ => 1.0)]);
        agreement.Compare($"{overload} for {stored.What}, no upstream: value", none.Values, ones.Values, 0);
        foreach ((string by, double[] want) in ones.Gradients) agreement.Compare($"{overload} for {stored.What}, no upstream: d/d{by}", none.Gradients[by], want, Largest(want));
    }

    private static double Largest(double[] gradient) => gradient.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
}
