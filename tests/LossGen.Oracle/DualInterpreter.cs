using LossGen.Compiler.Binding;

namespace LossGen.Oracle;

/// <summary>The exact gradient by forward mode: dual numbers with derivative rules of their own, not those of the compiler.</summary>
internal static class DualInterpreter
{
    // Directions are evaluated together; more of them at once only cost memory.
    private const int BlockSize = 64;

    public static double[] Gradient(BoundLoss loss, Inputs inputs, DifferentiatedParameter parameter, params double[] upstream)
    {
        int length = parameter.Tensor is { } tensor ? inputs.LengthOf(tensor.Name) : 1;
        var gradient = new double[length];
        for (int start = 0; start < length; start += BlockSize)
        {
            int count = Math.Min(BlockSize, length - start);
            var evaluation = new Evaluation(loss, inputs, new Directions(parameter, start, count));
            evaluation.Run([loss.Result]);
            evaluation.ResultTangents(upstream.Length == 0 ? [1] : upstream).CopyTo(gradient, start);
        }

        return gradient;
    }
}

/// <summary>The elements of one parameter by which an evaluation differentiates, or one direction through all of them.</summary>
internal sealed record Directions(DifferentiatedParameter Parameter, int Start, int Count, double[]? Weights = null)
{
    public static readonly Directions None = new(new DifferentiatedParameter(null, null), 0, 0);
}
