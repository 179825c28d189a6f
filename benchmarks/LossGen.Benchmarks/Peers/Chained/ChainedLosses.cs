using System.Numerics.Tensors;
using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers.Chained;

/// <summary>The losses chained from TensorPrimitives as a careful user writes them: no allocation, buffers reused, no pass that a fused call of the library saves.</summary>
public static partial class ChainedLosses
{
    public static readonly Dictionary<string, LossCall> All = new()
    {
        ["mse"] = Mse,
        ["huber"] = Huber,
        ["log_cosh"] = LogCosh,
        ["poisson"] = Poisson,
        ["bce"] = Bce,
        ["focal"] = (p, gradient) => Focal(p, 2, gradient),
        ["focal_gamma"] = (p, gradient) => Focal(p, p.Row.Parameters[1], gradient),
        ["dice_bce"] = DiceBce,
        ["elastic_net"] = ElasticNet,
        ["kl"] = Kl,
        ["softmax_ce"] = SoftmaxCe,
        ["dice_ce"] = DiceCe,
        ["triplet"] = Triplet,
        ["clip"] = Clip,
    };

    private static readonly float[][] Buffers = [[], [], [], [], []];

    /// <summary>One of a few buffers that stay from call to call.</summary>
    private static Span<float> Buffer(int i, int length)
    {
        if (Buffers[i].Length < length) Buffers[i] = new float[length];
        return Buffers[i].AsSpan(0, length);
    }

    /// <summary>softplus(x) = max(x, 0) + log(1 + e^-|x|).</summary>
    private static void Softplus(ReadOnlySpan<float> x, Span<float> result, Span<float> scratch)
    {
        TensorPrimitives.Abs(x, result);
        TensorPrimitives.Negate(result, result);
        TensorPrimitives.Exp(result, result);
        TensorPrimitives.LogP1(result, result);
        TensorPrimitives.Max(x, 0f, scratch);
        TensorPrimitives.Add(result, scratch, result);
    }
}
