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
        string where = $"{overload} for {stored.What}: ";
        LossCall value = LossCall.Run(overload.Method, stored), gradient = LossCall.Run(overload.Gradient, stored, Upstream);
        double largest = stored.Gradients.Values.Max(Largest);
        agreement.Compare(where + "value", value.Value, stored.Value, largest);
        agreement.Compare(where + "value beside the gradient", gradient.Value, stored.Value, largest);
        Assert.Equal(stored.Parts.Keys.Order(), value.Parts.Keys.Order());
        foreach ((string part, double want) in stored.Parts)
        {
            agreement.Compare(where + part, value.Parts[part], want, largest);
            agreement.Compare(where + part + " beside the gradient", gradient.Parts[part], want, largest);
        }

        Assert.Equal(stored.Gradients.Keys.Order(), gradient.Gradients.Keys.Order());
        foreach ((string by, double[] want) in stored.Gradients)
            agreement.Compare($"{where}d/d{by}", gradient.Gradients[by], [.. want.Select(g => Upstream * g)], Upstream * largest);
    }

    private static double Largest(double[] gradient) => gradient.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
}
