using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;

namespace LossGen.Oracle;

/// <summary>The arguments of one call, by parameter name, so that they also fit a rewritten form of the loss.</summary>
internal sealed record Inputs
{
    /// <summary>Real tensors, row-major.</summary>
    public ImmutableDictionary<string, double[]> Reals { get; init; } = ImmutableDictionary<string, double[]>.Empty;

    /// <summary>Integer tensors, and truth tensors as 0 and 1, row-major.</summary>
    public ImmutableDictionary<string, long[]> Integers { get; init; } = ImmutableDictionary<string, long[]>.Empty;

    /// <summary>Real scalars.</summary>
    public ImmutableDictionary<string, double> Scalars { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Integer scalars, and truth as 0 and 1.</summary>
    public ImmutableDictionary<string, long> IntegerScalars { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Sizes of axes by name; those that are missing are solved from the lengths.</summary>
    public ImmutableDictionary<string, long> Sizes { get; init; } = ImmutableDictionary<string, long>.Empty;

    public Inputs With(string name, params double[] values) => this with { Reals = Reals.SetItem(name, values) };

    public Inputs WithIntegers(string name, params long[] values) => this with { Integers = Integers.SetItem(name, values) };

    public Inputs WithScalar(string name, double value) => this with { Scalars = Scalars.SetItem(name, value) };

    public Inputs WithInteger(string name, long value) => this with { IntegerScalars = IntegerScalars.SetItem(name, value) };

    public Inputs WithSize(string axis, long size) => this with { Sizes = Sizes.SetItem(axis, size) };

    public int LengthOf(string name) => Reals.TryGetValue(name, out double[]? reals) ? reals.Length : Integers[name].Length;

    /// <summary>The sizes of all axes that have one of their own.</summary>
    public Dictionary<Axis, long> SolveSizes(BoundLoss loss)
    {
        var sizes = loss.Graph.Axes.Where(a => SizeSolver.HasOwnSize(a) && Sizes.ContainsKey(a.Name)).ToDictionary(a => a, a => Sizes[a.Name]);
        SizeSolution solution = SizeSolver.Solve(loss);
        if (solution.Plan is null && !sizes.ContainsKey(solution.Unsolvable!)) throw new InvalidOperationException($"no size for axis {solution.Unsolvable}");
        foreach (SizeStep step in solution.Plan?.Steps ?? [])
        {
            if (sizes.ContainsKey(step.Axis)) continue;
            long divisor = step.Divisor.Aggregate(1L, (product, form) => product * Evaluate(form, sizes));
            if (step.Axis.ComputedSize is { } computed)
            {
                sizes[step.Axis] = Compute(computed, sizes);
                continue;
            }

            sizes[step.Axis] = step.Parameter is { } parameter ? IntegerScalars[parameter.Name]
                : divisor == 0 ? 0 : LengthOf(step.Tensor!.Name) / divisor;
        }

        CheckLengths(loss, sizes);
        return sizes;
    }

    /// <summary>The value of a form without positions.</summary>
    public long Evaluate(AffineForm form, Dictionary<Axis, long> sizes) =>
        form.Terms.Aggregate(form.Constant, (sum, term) => sum + (term.Coefficient * Evaluate(term.Symbol, sizes)));

    public long Evaluate(Symbol symbol, Dictionary<Axis, long> sizes) => symbol.Kind switch
    {
        SymbolKind.Size => sizes[symbol.Axis!],
        SymbolKind.Parameter => IntegerScalars[symbol.Parameter!.Name],
        _ => throw new InvalidOperationException($"position {symbol} outside its axis"),
    };

    private long Compute(Node node, Dictionary<Axis, long> sizes) => node.Is(Ops.Affine)
        ? Evaluate(node.Affine, sizes)
        : (long)node.Op.Evaluate!(node.Arguments.Select(a => (double)Compute(a, sizes)).ToArray());

    private void CheckLengths(BoundLoss loss, Dictionary<Axis, long> sizes)
    {
        foreach (TensorParameter tensor in loss.Tensors)
        {
            long expected = tensor.Axes.Aggregate(1L, (product, axis) => product * Evaluate(axis.Size, sizes));
            if (LengthOf(tensor.Name) != expected) throw new ArgumentException($"{tensor.Name} has {LengthOf(tensor.Name)} elements, not {expected}");
        }
    }
}
