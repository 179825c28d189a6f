using LossGen.Compiler.Ir;

namespace LossGen.Oracle;

/// <summary>Reductions over the range that each has.</summary>
internal sealed partial class Evaluation
{
    private DenseValue Reduce(Node node, Reduction reduction, Layout layout)
    {
        DenseValue body = _values[node[0]];
        int[][] groups = Groups(layout, body.Layout, reduction);
        var reals = new double[layout.Count];
        double[]? tangents = body.Tangents is null ? null : new double[layout.Count * Count];
        for (int i = 0; i < reals.Length; i++)
        {
            double[] terms = groups[i].Select(cell => body.Reals![cell]).ToArray();
            reals[i] = Reduce(reduction.Kind, Rounded(reduction.Kind, terms));
            if (tangents is null) continue;
            double[] weights = Weights(reduction.Kind, terms, reals[i]);
            if (_rounding is not null) weights = Array.ConvertAll(weights, _rounding.Weight);
            for (int k = 0; k < Count; k++)
            {
                var sum = default(CompensatedSum);
                for (int t = 0; t < terms.Length; t++)
                {
                    double inner = body.Tangents![(groups[i][t] * Count) + k];
                    if (inner != 0) sum.Add(weights[t] * inner);
                }

                tangents[(i * Count) + k] = _rounding?.Range(sum.Value) ?? sum.Value;
            }
        }

        return new(layout, reals, null, tangents);
    }

    // An extreme is one of its terms.
    private double[] Rounded(ReductionKind kind, double[] terms) =>
        _rounding is null || kind is ReductionKind.Max or ReductionKind.Min or ReductionKind.Peak ? terms : _rounding.Terms(terms);

    /// <summary>For every result cell, the cells of the body that it combines. An axis on which the body does not depend repeats them.</summary>
    private int[][] Groups(Layout layout, Layout body, Reduction reduction)
    {
        var all = new Layout([.. layout.Axes, .. reduction.Ranges.Select(r => r.Axis)], SizeOf);
        var bounds = reduction.Ranges.Select(r => (Positions: all.PositionsOf(r.Axis), Low: _inputs.Evaluate(r.Low, _sizes), High: _inputs.Evaluate(r.High, _sizes))).ToArray();
        int[] results = all.CellsOf(layout), terms = all.CellsOf(body);
        var groups = new List<int>[layout.Count];
        for (int i = 0; i < groups.Length; i++) groups[i] = new();
        for (int i = 0; i < all.Count; i++)
        {
            if (bounds.All(b => b.Positions[i] >= b.Low && b.Positions[i] < b.High)) groups[results[i]].Add(terms[i]);
        }

        return groups.Select(g => g.ToArray()).ToArray();
    }

    private static double Reduce(ReductionKind kind, double[] terms)
    {
        switch (kind)
        {
            case ReductionKind.Sum:
                return Sum(terms);
            case ReductionKind.Product:
                return terms.Aggregate(1.0, (product, x) => product * x);
            case ReductionKind.Max:
            case ReductionKind.Peak:
                return terms.Aggregate(double.NegativeInfinity, Math.Max);
            case ReductionKind.Min:
                return terms.Aggregate(double.PositiveInfinity, Math.Min);
            case ReductionKind.LogSumExp:
                double top = terms.Aggregate(double.NegativeInfinity, Math.Max);
                return double.IsInfinity(top) ? top : top + Math.Log(Sum(terms.Select(x => Math.Exp(x - top))));
            case ReductionKind.Norm:
                double most = terms.Aggregate(0.0, (most, x) => Math.Max(most, Math.Abs(x)));
                if (most == 0 || !double.IsFinite(most)) return most;
                // A power of two scales without rounding.
                int exponent = Math.ILogB(most);
                return Math.ScaleB(Math.Sqrt(Sum(terms.Select(x => Math.ScaleB(x, -exponent) * Math.ScaleB(x, -exponent)))), exponent);
            default:
                throw new InvalidOperationException($"no meaning for {kind}");
        }
    }

    /// <summary>The derivative of the result by each term.</summary>
    private static double[] Weights(ReductionKind kind, double[] terms, double result)
    {
        switch (kind)
        {
            case ReductionKind.Sum:
                return terms.Select(_ => 1.0).ToArray();
            case ReductionKind.Product:
                // Products of all the others: never a quotient, so that zeros are fine.
                return terms.Select((_, i) => terms.Where((_, j) => j != i).Aggregate(1.0, (product, x) => product * x)).ToArray();
            case ReductionKind.Max:
            case ReductionKind.Min:
            case ReductionKind.Peak:
                int ties = terms.Count(x => x == result);
                return terms.Select(x => x == result ? 1.0 / ties : 0).ToArray();
            case ReductionKind.LogSumExp:
                return terms.Select(x => double.IsNegativeInfinity(result) ? 0 : Math.Exp(x - result)).ToArray();
            case ReductionKind.Norm:
                return terms.Select(x => result == 0 ? 0 : x / result).ToArray();
            default:
                throw new InvalidOperationException($"no meaning for {kind}");
        }
    }

    private static double Sum(IEnumerable<double> terms)
    {
        var sum = default(CompensatedSum);
        foreach (double x in terms) sum.Add(x);
        return sum.Value;
    }
}
