using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>Formulas whose gradients the compiler derives.</summary>
internal static class DifferentiatedLosses
{
    public static ScheduledLoss DiceAndCrossEntropy(bool withGradient = true)
    {
        var f = new DifferentiatedLoss();
        Graph g = f.Graph;
        Axis i = f.Axis("i");
        Node z = g.Load(f.Differentiated("z", i)), y = g.ToReal(g.Load(f.Tensor("y", ElementType.Byte, i))), smooth = f.Scalar("smooth");
        Node p = f.Name(g.Apply(Ops.Sigmoid, z), "p");
        Node overlap = g.Add(g.Multiply(g.Constant(2), f.Sum(g.Multiply(p, y), i)), smooth);
        Node dice = g.Subtract(g.One, g.Divide(overlap, g.Add(g.Add(f.Sum(p, i), f.Sum(y, i)), smooth)));
        Node cross = f.Mean(g.Subtract(g.Apply(Ops.Softplus, z), g.Multiply(y, z)), i);
        return f.Compile(g.Add(dice, g.Multiply(f.Scalar("weight"), cross)), withGradient);
    }

    public static ScheduledLoss CrossEntropy(bool withGradient = true)
    {
        var f = new DifferentiatedLoss();
        Graph g = f.Graph;
        Axis n = f.Axis("n"), c = f.Axis("c");
        Node z = g.Load(f.Differentiated("z", n, c)), label = g.Load(f.Tensor("label", ElementType.Int32, n));
        return f.Compile(g.Negate(f.Mean(f.At(f.LogSoftMax(z, c), c, label), n)), withGradient);
    }

    public static ScheduledLoss WeightedCrossEntropy()
    {
        var f = new DifferentiatedLoss();
        Graph g = f.Graph;
        Axis n = f.Axis("n"), c = f.Axis("c");
        Node z = g.Load(f.Differentiated("z", n, c)), label = g.Load(f.Tensor("label", ElementType.Int32, n));
        Node weight = f.At(g.Load(f.Tensor("w", ElementType.Single, c)), c, label), isUsed = g.Compare(Ops.NotEqual, label, g.Integer(-1));
        Node loss = g.Select(isUsed, g.Negate(g.Multiply(weight, f.At(f.LogSoftMax(z, c), c, label))), g.Zero);
        return f.Compile(g.Divide(f.Sum(loss, n), f.Sum(g.Select(isUsed, weight, g.Zero), n)));
    }

    public static ScheduledLoss FocalLoss()
    {
        var f = new DifferentiatedLoss();
        Graph g = f.Graph;
        Axis n = f.Axis("n"), c = f.Axis("c");
        Node z = g.Load(f.Differentiated("z", n, c)), label = g.Load(f.Tensor("label", ElementType.Int32, n));
        Node picked = f.At(f.LogSoftMax(z, c), c, label), rest = g.Subtract(g.One, g.Apply(Ops.Exp, picked));
        return f.Compile(g.Negate(f.Mean(g.Multiply(g.Multiply(rest, rest), picked), n)));
    }

    public static ScheduledLoss SegmentationDiceAndCrossEntropy()
    {
        var f = new DifferentiatedLoss();
        Graph g = f.Graph;
        Axis n = f.Axis("n"), c = f.Axis("c"), h = f.Axis("h"), w = f.Axis("w");
        Node z = g.Load(f.Differentiated("z", n, c, h, w)), label = g.Load(f.Tensor("label", ElementType.Int32, n, h, w)), smooth = f.Scalar("smooth");
        Node logP = f.LogSoftMax(z, c), p = f.Name(g.Apply(Ops.Exp, logP), "p");
        Node hot = g.ToReal(g.Compare(Ops.Equal, label, g.Position(c)));
        Node overlap = g.Add(g.Multiply(g.Constant(2), f.Sum(g.Multiply(p, hot), n, h, w)), smooth);
        Node all = g.Add(g.Add(f.Sum(p, n, h, w), f.Sum(hot, n, h, w)), smooth);
        Node dice = f.Mean(g.Subtract(g.One, g.Divide(overlap, all)), c);
        return f.Compile(g.Subtract(dice, f.Mean(f.At(logP, c, label), n, h, w)));
    }

    public static ScheduledLoss Triplet()
    {
        var f = new DifferentiatedLoss();
        Graph g = f.Graph;
        Axis n = f.Axis("n"), d = f.Axis("d");
        Node a = g.Load(f.Differentiated("a", n, d)), p = g.Load(f.Differentiated("p", n, d)), q = g.Load(f.Differentiated("q", n, d));
        Node Distance(Node x, Node y) => f.Sum(g.Multiply(g.Subtract(x, y), g.Subtract(x, y)), d);
        Node hinge = g.Add(g.Subtract(Distance(a, p), Distance(a, q)), f.Scalar("margin"));
        return f.Compile(f.Mean(g.Apply(Ops.Max, g.Zero, hinge), n));
    }

    public static ScheduledLoss Clip()
    {
        var f = new DifferentiatedLoss();
        Graph g = f.Graph;
        Axis n = f.Axis("n"), d = f.Axis("d"), m = f.LocalAxis("m", n);
        Node a = g.Load(f.Differentiated("a", n, d)), b = g.Load(f.Differentiated("b", n, d)), scale = f.Scalar("scale");
        Node logits = g.Multiply(scale, f.Sum(g.Multiply(a, f.At(b, n, g.Position(m))), d));
        Node diagonal = g.Multiply(scale, f.Sum(g.Multiply(a, b), d));
        Node rows = f.Mean(g.Subtract(f.LogSumExp(logits, m), diagonal), n);
        Node columns = f.Mean(g.Subtract(f.LogSumExp(logits, n), f.At(diagonal, n, g.Position(m))), m);
        return f.Compile(g.Multiply(g.Half, g.Add(rows, columns)));
    }

    public static ScheduledLoss BatchHard()
    {
        var f = new DifferentiatedLoss();
        Graph g = f.Graph;
        Axis n = f.Axis("n"), d = f.Axis("d"), m = f.LocalAxis("m", n);
        Node a = g.Load(f.Differentiated("a", n, d)), label = g.Load(f.Tensor("label", ElementType.Int32, n));
        Node difference = g.Subtract(a, f.At(a, n, g.Position(m)));
        Node distance = g.Apply(Ops.Sqrt, f.Sum(g.Multiply(difference, difference), d));
        Node same = g.Compare(Ops.Equal, label, f.At(label, n, g.Position(m))), infinity = g.Constant(double.PositiveInfinity);
        Node far = g.Reduce(ReductionKind.Max, AxisSet.Of(m), g.Select(same, distance, g.Negate(infinity)));
        Node near = g.Reduce(ReductionKind.Min, AxisSet.Of(m), g.Select(same, infinity, distance));
        return f.Compile(f.Mean(g.Apply(Ops.Max, g.Zero, g.Add(g.Subtract(far, near), f.Scalar("margin"))), n));
    }
}
