using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>Value and gradient of well-known losses, written out as they look after differentiation and lowering.</summary>
internal static class KnownLosses
{
    public static LoweredFormula MeanSquaredError()
    {
        var f = new LoweredFormula();
        Axis i = f.Axis("i");
        Node difference = f.Graph.Subtract(f.Real("x", i), f.Real("y", i));
        Node count = f.Graph.Count(AxisSet.Of(i));
        Node sum = f.Name(f.Sum(f.Square(difference), i), "sum");
        f.Output("loss", f.Graph.Divide(sum, count));
        return f.Output("xGradient", f.Product(difference, f.Graph.Divide(f.Product(f.Graph.Constant(2), f.Scalar("upstream")), count)), i);
    }

    public static LoweredFormula RootMeanSquaredError()
    {
        var f = new LoweredFormula();
        Axis i = f.Axis("i");
        Node difference = f.Graph.Subtract(f.Real("x", i), f.Real("y", i));
        Node count = f.Graph.Count(AxisSet.Of(i));
        Node root = f.Graph.Apply(Ops.Sqrt, f.Graph.Divide(f.Name(f.Sum(f.Square(difference), i), "sum"), count));
        f.Output("loss", root);
        return f.Output("xGradient", f.Product(difference, f.Graph.Divide(f.Scalar("upstream"), f.Product(root, count))), i);
    }

    public static LoweredFormula BinaryCrossEntropy()
    {
        var f = new LoweredFormula();
        Axis i = f.Axis("i");
        Node z = f.Real("z", i), y = f.Real("y", i), count = f.Graph.Count(AxisSet.Of(i));
        f.Output("loss", f.Graph.Divide(f.Name(f.Sum(f.Graph.Subtract(f.Softplus(z), f.Product(y, z)), i), "sum"), count));
        return f.Output("zGradient", f.Product(f.Graph.Subtract(f.Sigmoid(z), y), f.Graph.Divide(f.Scalar("upstream"), count)), i);
    }

    public static LoweredFormula DiceAndCrossEntropy(bool withGradient = true)
    {
        var f = new LoweredFormula();
        Graph g = f.Graph;
        Axis i = f.Axis("i");
        Node z = f.Real("z", i), y = f.Real("y", i), count = g.Count(AxisSet.Of(i)), smooth = f.Scalar("smooth"), weight = f.Scalar("weight");
        Node p = f.Name(f.Sigmoid(z), "p");
        f.Name(f.DecayOf(z), "e");
        Node overlap = f.Name(f.Sum(f.Product(p, y), i), "I");
        Node numerator = g.Add(f.Product(g.Constant(2), overlap), smooth);
        Node denominator = f.Total(f.Name(f.Sum(p, i), "P"), f.Name(f.Sum(y, i), "Y"), smooth);
        Node cross = g.Divide(f.Name(f.Sum(g.Subtract(f.Softplus(z), f.Product(y, z)), i), "B"), count);
        f.Output("loss", g.Add(g.Subtract(g.One, g.Divide(numerator, denominator)), f.Product(weight, cross)));
        if (!withGradient) return f;

        Node upstream = f.Scalar("upstream");
        Node byP = g.Multiply(upstream, g.Subtract(g.Divide(numerator, f.Square(denominator)), f.Product(y, g.Divide(g.Constant(2), denominator))));
        Node byCross = f.Product(g.Subtract(p, y), g.Divide(g.Multiply(weight, upstream), count));
        return f.Output("zGradient", g.Add(f.Product(byP, p, g.Subtract(g.One, p)), byCross), i);
    }

    public static LoweredFormula CrossEntropy()
    {
        var f = new LoweredFormula();
        Graph g = f.Graph;
        Axis n = f.Axis("n"), c = f.Axis("c");
        TensorParameter logits = f.Tensor("z", n, c);
        Node z = g.Load(logits), label = f.Integer("label", n), count = g.Count(AxisSet.Of(n));
        (Node max, Node exponential, Node sum) = f.SoftMax(z, c);
        Node logSum = g.Add(max, g.Apply(Ops.Log, sum));
        Node picked = g.Load(logits, [g.Position(n), label]);
        f.Output("loss", g.Divide(f.Name(f.Sum(g.Subtract(logSum, picked), n), "total"), count));
        Node isLabel = g.ToReal(g.Compare(Ops.Equal, g.Position(c), label));
        Node softMax = f.Product(exponential, g.Divide(g.One, sum));
        return f.Output("zGradient", f.Product(g.Subtract(softMax, isLabel), g.Divide(f.Scalar("upstream"), count)), n, c);
    }

    public static LoweredFormula WeightedCrossEntropy()
    {
        var f = new LoweredFormula();
        Graph g = f.Graph;
        Axis n = f.Axis("n"), c = f.Axis("c");
        TensorParameter logits = f.Tensor("z", n, c), weights = f.Tensor("w", c);
        Node z = g.Load(logits), label = f.Integer("label", n), ignore = g.Integer(-1);
        Node isUsed = g.Compare(Ops.NotEqual, label, ignore);
        Node weight = g.Select(isUsed, g.Load(weights, [label]), g.Zero);
        Node allWeights = f.Name(f.Sum(weight, n), "W");
        (Node max, Node exponential, Node sum) = f.SoftMax(z, c);
        Node logSum = g.Add(max, g.Apply(Ops.Log, sum));
        Node picked = g.Load(logits, [g.Position(n), label]);
        f.Output("loss", g.Divide(f.Name(f.Sum(g.Select(isUsed, f.Product(weight, g.Subtract(logSum, picked)), g.Zero), n), "total"), allWeights));
        Node isLabel = g.ToReal(g.Compare(Ops.Equal, g.Position(c), label));
        Node factor = f.Product(weight, g.Divide(f.Scalar("upstream"), allWeights));
        return f.Output("zGradient", f.Product(g.Subtract(f.Product(exponential, g.Divide(g.One, sum)), isLabel), factor), n, c);
    }

    public static LoweredFormula Triplet()
    {
        var f = new LoweredFormula();
        Graph g = f.Graph;
        Axis n = f.Axis("n"), d = f.Axis("d");
        Node a = f.Real("a", n, d), p = f.Real("p", n, d), q = f.Real("q", n, d), count = g.Count(AxisSet.Of(n));
        Node near = f.Name(f.Sum(f.Square(g.Subtract(a, p)), d), "near"), far = f.Name(f.Sum(f.Square(g.Subtract(a, q)), d), "far");
        Node hinge = g.Add(g.Subtract(near, far), f.Scalar("margin"));
        f.Output("loss", g.Divide(f.Name(f.Sum(g.Apply(Ops.NativeMax, hinge, g.Zero), n), "total"), count));
        Node factor = g.Select(g.Compare(Ops.Greater, hinge, g.Zero), g.Divide(f.Product(g.Constant(2), f.Scalar("upstream")), count), g.Zero);
        f.Output("aGradient", f.Product(factor, g.Subtract(q, p)), n, d);
        f.Output("pGradient", f.Product(factor, g.Subtract(p, a)), n, d);
        return f.Output("qGradient", f.Product(factor, g.Subtract(a, q)), n, d);
    }

    public static LoweredFormula ElasticRegression()
    {
        var f = new LoweredFormula();
        Graph g = f.Graph;
        Axis i = f.Axis("i"), j = f.Axis("j");
        Node difference = g.Subtract(f.Real("x", i), f.Real("y", i)), w = f.Real("w", j), count = g.Count(AxisSet.Of(i));
        Node rate = f.Scalar("rate"), upstream = f.Scalar("upstream");
        Node penalty = g.Add(f.Name(f.Sum(g.Apply(Ops.Abs, w), j), "l1"), f.Name(f.Sum(f.Square(w), j), "l2"));
        f.Output("loss", g.Add(g.Divide(f.Name(f.Sum(f.Square(difference), i), "sum"), count), f.Product(rate, penalty)));
        f.Output("xGradient", f.Product(difference, g.Divide(f.Product(g.Constant(2), upstream), count)), i);
        return f.Output("wGradient", f.Product(g.Add(g.Apply(Ops.Sign, w), f.Product(g.Constant(2), w)), g.Multiply(rate, upstream)), j);
    }
}
