using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;

namespace LossGen.Oracle;

/// <summary>The float64 value of a loss and its parts, from the formula exactly as written.</summary>
internal static class Interpreter
{
    public static (double Loss, double[] Parts) Evaluate(BoundLoss loss, Inputs inputs)
    {
        var evaluation = new Evaluation(loss, inputs);
        evaluation.Run(loss.Roots);
        return (evaluation[loss.Result].Reals![0], loss.Parts.Select(p => evaluation[p.Value].Reals![0]).ToArray());
    }

    /// <summary>The results of a loss in the order of its span, or its one value; and its parts.</summary>
    public static (double[] Results, double[] Parts) EvaluateResults(BoundLoss loss, Inputs inputs)
    {
        var evaluation = new Evaluation(loss, inputs);
        evaluation.Run(loss.Roots);
        double[] values = evaluation[loss.Result].Reals!;
        return (evaluation.ResultCells().Select(cell => values[cell]).ToArray(), loss.Parts.Select(p => evaluation[p.Value].Reals![0]).ToArray());
    }

    /// <summary>A real node at every position of some axes, row-major: what a gradient span receives. Over axes that it lacks, the node repeats.</summary>
    public static double[] Evaluate(BoundLoss loss, Inputs inputs, Node node, ImmutableArray<Axis> axes, Rounding? rounding = null)
    {
        Dictionary<Axis, long> sizes = inputs.SolveSizes(loss);
        DenseValue value = Evaluate(loss, inputs, node, rounding);
        var storage = new Layout(axes, axis => inputs.Evaluate(axis.Size, sizes));
        return storage.CellsOf(value.Layout).Select(cell => value.Reals![cell]).ToArray();
    }

    /// <summary>Whether anything that the result is computed from is infinite or NaN somewhere.</summary>
    public static bool HasNonFinite(BoundLoss loss, Inputs inputs)
    {
        var evaluation = new Evaluation(loss, inputs);
        evaluation.Run([loss.Result]);
        return evaluation.Values.Any(value => value.Reals?.Any(x => !double.IsFinite(x)) ?? false);
    }

    /// <summary>The values of one node at all positions of its free axes, in axis order.</summary>
    public static DenseValue Evaluate(BoundLoss loss, Inputs inputs, Node node, Rounding? rounding = null)
    {
        var evaluation = new Evaluation(loss, inputs, rounding: rounding);
        evaluation.Run([node]);
        return evaluation[node];
    }
}
