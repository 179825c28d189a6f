using System.Globalization;
using LossGen.Losses.Tests.Declarations;
using Xunit;
using Xunit.Abstractions;

namespace LossGen.Losses.Tests.References;

/// <summary>Runs overloads of a loss on its stored cases: value, parts and gradients, in <c>float</c> and in <c>double</c>.</summary>
internal sealed class ReferenceComparison(ILossRunner runner)
{
    private const double SingleBound = 1e-5, DoubleBound = 1e-10;

    // Exact in float, so that both types see the same number.
    private const double Upstream = 0.75;

    private readonly Agreement _single = new(SingleBound), _double = new(DoubleBound);

    /// <summary>The methods of a loss on all of its cases.</summary>
    public static void Run(string loss, IEnumerable<DeclaredLoss> losses, IEnumerable<ReferenceCase> cases, ITestOutputHelper output)
    {
        ReferenceComparison comparison = new(new MethodRunner());
        foreach (ReferenceCase stored in cases.Where(c => c.Method == loss))
        {
            DeclaredLoss[] overloads = [.. losses.Where(o => CaseArguments.Fits(o, stored))];
            Assert.True(overloads.Any(o => o.IsDouble) && overloads.Any(o => !o.IsDouble), $"No overloads in both types take the arguments of {stored}.");
            foreach (DeclaredLoss overload in overloads) comparison.Compare(overload, stored);
        }

        output.WriteLine($"{loss}: {comparison.Worst}");
        comparison.Check();
    }

    /// <summary>The worst errors, in words.</summary>
    public string Worst => string.Create(CultureInfo.InvariantCulture, $"worst error {_single.Worst:E1} in float, {_double.Worst:E1} in double");

    /// <summary>What is out of the bounds, in words.</summary>
    public IEnumerable<string> Differences => _single.Differences.Concat(_double.Differences);

    public void Compare(DeclaredLoss overload, ReferenceCase stored)
    {
        Agreement agreement = overload.IsDouble ? _double : _single;

        // The stored gradients of elements hold an upstream for each; those of a number are by an upstream of 1.
        double scale = overload.Result is null ? Upstream : 1;
        string where = $"{overload} for {stored.What}: ";
        LossResults value = runner.Value(overload, stored), gradient = runner.Gradient(overload, stored, overload.Result is null ? [Upstream] : stored.Upstream);
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

    /// <summary>Fails where anything was out of the bounds.</summary>
    public void Check()
    {
        string[] differences = [.. Differences];
        Assert.True(differences.Length == 0, $"{differences.Length} differences:\n{string.Join('\n', differences.Take(20))}");
    }

    // No upstream has a kernel of its own, which must do what one of ones does.
    private void CompareOnes(DeclaredLoss overload, ReferenceCase stored, Agreement agreement)
    {
        LossResults none = runner.Gradient(overload, stored), ones = runner.Gradient(overload, stored, [.. stored.Upstream.Select(_ => 1.0)]);
        agreement.Compare($"{overload} for {stored.What}, no upstream: value", none.Values, ones.Values, 0);
        foreach ((string by, double[] want) in ones.Gradients) agreement.Compare($"{overload} for {stored.What}, no upstream: d/d{by}", none.Gradients[by], want, Largest(want));
    }

    private static double Largest(double[] gradient) => gradient.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
}
