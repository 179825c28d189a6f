using LossGen.Benchmarks.Rows;

namespace LossGen.Benchmarks.Peers.Scalar;

/// <summary>Plain loops as people write them first: MathF, one element after the other, sums in double.</summary>
public static partial class ScalarLosses
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
        ["ctc"] = Ctc,
    };

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));

    private static float Softplus(float x) => MathF.Max(x, 0) + MathF.Log(1 + MathF.Exp(-MathF.Abs(x)));
}
