using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using ValueType = LossGen.Compiler.Ir.ValueType;

namespace LossGen.Oracle;

/// <summary>
/// Arguments of a declared loss from a seed. Reals lie in -1.5 … 1.5, those named like probabilities in 0 … 1, those named like scales are
/// positive; integers are small enough to be labels of the shortest axis.
/// </summary>
internal static class RandomInputs
{
    private static readonly HashSet<string> Probabilities = ["p", "q", "probability"];

    private static readonly HashSet<string> Scales = ["v", "tau", "scale", "smooth", "margin", "eps"];

    public static Inputs For(BoundLoss loss, IReadOnlyDictionary<string, int> sizes, int seed, int classes = 3)
    {
        var random = new Random(seed);
        var inputs = new Inputs();
        foreach (Axis axis in loss.Graph.Axes.Where(a => SizeSolver.HasOwnSize(a) && a.ComputedSize is null)) inputs = inputs.WithSize(axis.Name, sizes[axis.Name]);
        foreach (ScalarParameter scalar in loss.Scalars)
        {
            inputs = scalar.Type == ValueType.Real ? inputs.WithScalar(scalar.Name, Real(random, scalar.Name))
                : inputs.WithInteger(scalar.Name, sizes.TryGetValue(scalar.Name, out int size) ? size : Whole(random, scalar.Element, classes));
        }

        Dictionary<Axis, long> solved = loss.Graph.Axes.Where(a => SizeSolver.HasOwnSize(a) && a.ComputedSize is null).ToDictionary(a => a, a => (long)sizes[a.Name]);
        foreach (TensorParameter tensor in loss.Tensors)
        {
            int length = (int)tensor.Axes.Aggregate(1L, (product, axis) => product * inputs.Evaluate(axis.Size, solved));
            IEnumerable<int> elements = Enumerable.Range(0, length);
            inputs = tensor.Type == ValueType.Real
                ? inputs.With(tensor.Name, elements.Select(_ => Real(random, tensor.Name)).ToArray())
                : inputs.WithIntegers(tensor.Name, elements.Select(_ => Whole(random, tensor.Element, classes)).ToArray());
        }

        return inputs;
    }

    private static double Real(Random random, string name) =>
        Probabilities.Contains(name) ? 0.05 + (0.9 * random.NextDouble())
        : Scales.Contains(name) ? 0.3 + random.NextDouble()
        : 3 * (random.NextDouble() - 0.5);

    // Bytes are masks and binary targets as a rule.
    private static long Whole(Random random, ElementType element, int classes) =>
        random.Next(element is ElementType.Byte or ElementType.Boolean ? 2 : classes);
}
