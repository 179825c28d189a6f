using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>
/// Time of a loop nest in vector additions, estimated on the tree itself. A value counts once in the outermost block in which it is invariant
/// and available, as the printers hoist it there; what runs outside the vector loop counts as scalar.
/// </summary>
internal sealed class CostModel
{
    private const double ScalarOperation = 8;
    private const double ScalarTranscendental = 3;
    private const double Gather = 10;
    private const double MemoryPass = 8;

    private readonly HashSet<(Node Value, Loop? Block)> _available = new();
    private readonly HashSet<object> _touched = new();
    private readonly Dictionary<Node, int> _depths = new();
    private readonly IReadOnlyDictionary<Loop, Axis> _vectorAxes;
    private Statement _statement = null!;
    private Axis? _vector;
    private double _cost;

    private CostModel(IReadOnlyDictionary<Loop, Axis> vectorAxes) => _vectorAxes = vectorAxes;

    public static double Of(StatementGraph graph, ImmutableArray<LoopItem> items, IReadOnlyDictionary<Loop, Axis> vectorAxes)
    {
        var facts = graph.Statements.ToDictionary(s => s.Statement);
        var model = new CostModel(vectorAxes);
        foreach (LoopItem item in items)
        {
            model._touched.Clear();
            IEnumerable<Statement> statements = item is Loop loop ? loop.Statements : new[] { (Statement)item };
            foreach (Statement statement in statements)
            {
                model._vector = VectorAxisChoice.For(statement.Path, vectorAxes);
                model.Add(facts[statement]);
            }
        }

        return model._cost;
    }

    private void Add(StatementFacts facts)
    {
        _statement = facts.Statement;
        _depths.Clear();
        foreach (StatementLink link in facts.Links) Read(link);
        foreach (Node node in facts.Interior) Evaluate(node);
        if (_statement.Accumulates) Accumulate();
        else Write();
    }

    // A value of another statement: a register, or an element of an array.
    private void Read(StatementLink link)
    {
        Statement source = link.Source.Statement;
        int depth = Placement.CommonDepth(source.Path, _statement.Path, source.AccumulatorDepth);
        foreach (Axis axis in source.StorageAxes.Where(a => !link.Elsewhere.Contains(a))) depth = Math.Max(depth, DepthOf(axis));
        _depths[source.Value] = depth;
        if (source.Computes(source.Expression)) _depths[source.Expression] = depth;
        if (!link.Elsewhere.IsEmpty) TouchStorage(source);
        if (!link.Elsewhere.IsEmpty) return;
        if (source.StorageAxes.IsEmpty || !IsNew(source.Value, depth)) return;
        Charge(1 + Strided(Stored(source)), depth, isHeavy: false);
        TouchStorage(source);
    }

    private void Evaluate(Node node)
    {
        int depth = 0;
        foreach (Node argument in node.Arguments) depth = Math.Max(depth, _depths[argument]);
        if (node.Is(Ops.Affine)) depth = DepthOf(node.Axes);
        _depths[node] = depth;
        if (node.Is(Ops.Affine) || !IsNew(node, depth)) return;
        if (node.Op.Is(Ops.At, Ops.Previous))
        {
            bool isScattered = _vector is not null && node.Arguments.Skip(1).Any(i => i.Axes.Contains(_vector) && !i.Is(Ops.Affine));
            Charge(isScattered ? 1 + Gather : 1, depth, isHeavy: false);
            return;
        }

        if (!node.Is(Ops.Load))
        {
            Charge(node.Op.Cost, depth, node.Op.IsHeavy);
            return;
        }

        bool isGather = _vector is not null && node.Axes.Contains(_vector) && !AccessScore.IsContiguous(node, _vector);
        Charge(isGather ? 1 + Gather : 1, depth, isHeavy: false);
        Touch(node.Tensor, node.Tensor.Axes);
    }

    private void Accumulate()
    {
        int depth = _statement.Path.Length;
        Charge(_statement.AccumulatorAxes.IsEmpty ? 1 : 3 + Strided(VectorAxisChoice.LanesLast(_statement, _statement.AccumulatorAxes, _vectorAxes)), depth, isHeavy: false);
        if (_statement.StorageAxes.IsEmpty) return;
        if (_statement.AccumulatorAxes.IsEmpty) Charge(1, _statement.AccumulatorDepth, isHeavy: false);
        TouchStorage(_statement);
    }

    private void Write()
    {
        ImmutableArray<Axis> axes = _statement.Output?.Axes ?? Stored(_statement);
        if (axes.IsEmpty) return;
        Charge(1 + Strided(axes), _statement.Path.Length, isHeavy: false);
        if (_statement.Output is { } output) Touch(output, output.Axes);
        else TouchStorage(_statement);
    }

    private void TouchStorage(Statement source)
    {
        if (source.Alias is { } buffer) Touch(buffer, buffer.Axes);
        else if (source.StorageDepth == 0) Touch(source.Value, source.StorageAxes);
    }

    private void Touch(object memory, ImmutableArray<Axis> axes)
    {
        if (_touched.Add(memory)) _cost += MemoryPass * NominalSizes.Of(axes);
    }

    private void Charge(double operations, int depth, bool isHeavy)
    {
        double scalar = IsVectorized(depth) ? 1 : isHeavy ? ScalarTranscendental : ScalarOperation;
        _cost += operations * scalar * NominalSizes.Of(_statement.Path, depth);
    }

    private bool IsVectorized(int depth)
    {
        for (int i = 0; i < depth; i++)
        {
            if (ReferenceEquals(_statement.Path[i].Axis, _vector)) return true;
        }

        return false;
    }

    private ImmutableArray<Axis> Stored(Statement statement) => VectorAxisChoice.LanesLast(statement, statement.StorageAxes, _vectorAxes);

    private double Strided(ImmutableArray<Axis> storage) =>
        _vector is not null && storage.Contains(_vector) && !ReferenceEquals(storage[storage.Length - 1], _vector) ? Gather : 0;

    // Whether no block around has computed the value yet.
    private bool IsNew(Node value, int depth)
    {
        for (int i = 0; i <= depth; i++)
        {
            if (_available.Contains((value, Block(i)))) return false;
        }

        return _available.Add((value, Block(depth)));
    }

    private Loop? Block(int depth) => depth == 0 ? null : _statement.Path[depth - 1];

    private int DepthOf(Axis axis) => DepthOf(AxisSet.Of(axis));

    private int DepthOf(AxisSet set)
    {
        int depth = _statement.Path.Length;
        while (depth > 0 && !set.Contains(_statement.Path[depth - 1].Axis)) depth--;
        return depth;
    }
}
