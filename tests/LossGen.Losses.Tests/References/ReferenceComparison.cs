using System.Globalization;
using LossGen.Losses.Tests.Declarations;
using Xunit;
using Xunit.Abstractions;

namespace LossGen.Losses.Tests.References;

/// <summary>Runs the overloads of a loss on its stored cases: value, parts and gradients, in <c>float</c> and in <c>double</c>.</summary>
internal static class ReferenceComparison
{
    private const double SingleBound = 1e-5, DoubleBound = 1e-10;

    // Exact in float, so that both types see the same number.
    private const double Upstream = 0.75;

    public static void Run(string loss, IEnumerable<DeclaredLoss> losses, IEnumerable<ReferenceCase> cases, ITestOutputHelper output)
    {
        Agreement single = new(SingleBound), wide = new(DoubleBound);
        foreach (ReferenceCase stored in cases.Where(c => c.Method == loss))
        {
            DeclaredLoss[] overloads = [.. losses.Where(o => LossCall.Fits(o, stored))];
            Assert.True(overloads.Any(o => o.IsDouble) && overloads.Any(o => !o.IsDouble), $"No overloads in both types take the arguments of {stored}.");
            foreach (DeclaredLoss overload in overloads) Compare(overload, stored, overload.IsDouble ? wide : single);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{loss}: worst error {single.Worst:E1} in float, {wide.Worst:E1} in double"));
        string[] differences = [.. single.Differences, .. wide.Differences];
        Assert.True(differences.Length == 0, $"{differences.Length} differences:\n{string.Join('\n', differences.Take(20))}");
    }

    private static void Compare(DeclaredLoss overload, ReferenceCase stored, Agreement agreement)
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
    private static void CompareOnes(DeclaredLoss overload, ReferenceCase stored, Agreement agreement)
    {
        LossCall none = LossCall.Gradient(overload, stored), ones = LossCall.Gradient(overload, stored, [.. stored.Upstream.Select(_ => 1.0)]);
        agreement.Compare($"{overload} for {stored.What}, no upstream: value", none.Values, ones.Values, 0);
        foreach ((string by, double[] want) in ones.Gradients) agreement.Compare($"{overload} for {stored.What}, no upstream: d/d{by}", none.Gradients[by], want, Largest(want));
    }

    private static double Largest(double[] gradient) => gradient.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
}
