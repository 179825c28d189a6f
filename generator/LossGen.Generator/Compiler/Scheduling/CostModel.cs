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

    /// <summary>What it takes more to read a vector's elements one by one.</summary>
    public const int Gather = 10;

    private const double MemoryPass = 8;
    private const double FarAccumulator = 3;

    // To read and write a row of accumulators: once for several rows that are light enough to go together.
    private const double RowOfAccumulators = 2, SharedRowOfAccumulators = 0.5;

    // For each value the blocks that have computed it.
    private readonly NodeMap<Computed?> _available = new();

    // What was brought into the caches, and by which loop over strips: to the next one, all but its last strip is gone again.
    private readonly HashSet<(object Memory, Loop? Strips)> _touched = new();
    private readonly NodeMap<int> _depths = new();
    private readonly IReadOnlyDictionary<Loop, Axis> _vectorAxes;

    // By position in the tree.
    private readonly StatementFacts[] _facts;
    private Statement _statement = null!;
    private Axis? _vector;
    private Loop? _strips;

    // How often the block inside each number of loops around the statement runs, and from which number on its lanes run.
    private double[] _runs = new double[8];
    private int _vectorDepth;
    private double _cost;

    private CostModel(IReadOnlyDictionary<Loop, Axis> vectorAxes, StatementFacts[] facts) => (_vectorAxes, _facts) = (vectorAxes, facts);

    public static double Of(StatementGraph graph, ImmutableArray<LoopItem> items, IReadOnlyDictionary<Loop, Axis> vectorAxes)
    {
        var facts = new StatementFacts[graph.Statements.Count];
        foreach (StatementFacts statement in graph.Statements) facts[statement.Statement.Position] = statement;
        var model = new CostModel(vectorAxes, facts);
        int position = 0;
        foreach (LoopItem item in items)
        {
            model._touched.Clear();
            for (int rest = item is Loop loop ? loop.Statements.Length : 1; rest > 0; rest--)
            {
                StatementFacts statement = facts[position++];
                model._vector = VectorAxisChoice.For(statement.Statement.Path, vectorAxes);
                model.Add(statement);
            }
        }

        return model._cost;
    }

    private void Add(StatementFacts facts)
    {
        _statement = facts.Statement;
        Enter(_statement.Path);
        foreach (StatementLink link in facts.Links) Read(link);
        foreach (Node node in facts.Interior) Evaluate(node);
        if (_statement.Accumulates) Accumulate();
        else Write();
    }

    private void Enter(ImmutableArray<Loop> path)
    {
        if (_runs.Length <= path.Length) _runs = new double[path.Length + 1];
        _runs[0] = 1;
        _vectorDepth = int.MaxValue;
        _strips = null;
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i].StripsOf is not null) _strips = path[i];

            // The positions count where the loop over them stands.
            _runs[i + 1] = path[i].StripsOf is null ? _runs[i] * NominalSizes.Of(path[i].Axis) : _runs[i];
            if (_vectorDepth == int.MaxValue && ReferenceEquals(path[i].Axis, _vector)) _vectorDepth = i + 1;
        }
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
        double row = _statement.AccumulatorAxes.IsEmpty ? 0 : IsShared(depth) ? SharedRowOfAccumulators : RowOfAccumulators;
        if (row > 0) row += Strided(VectorAxisChoice.LanesLast(_statement, _statement.AccumulatorAxes, _vectorAxes)) + Far();
        Charge(1 + row, depth, isHeavy: false);
        if (_statement.StorageAxes.IsEmpty) return;
        if (_statement.AccumulatorAxes.IsEmpty) Charge(1, _statement.AccumulatorDepth, isHeavy: false);
        TouchStorage(_statement);
    }

    // Whether rows go together through the loop: no function in it takes longer than what they share.
    private bool IsShared(int depth)
    {
        if (_statement.Kind != StatementKind.Reduce || depth == 0) return false;
        foreach (Statement statement in _statement.Path[depth - 1].Statements)
        {
            if (!_facts[statement.Position].HeavyAxes.IsEmpty) return false;
        }

        return true;
    }

    // Rows of rows of accumulators, which leave the first cache between two terms.
    private double Far() => Unbounded(_statement, _statement.AccumulatorAxes, _statement.AccumulatorDepth) < 2 ? 0 : FarAccumulator;

    // How many axes of an array have no bound, that of a strip left out.
    private static int Unbounded(Statement statement, ImmutableArray<Axis> axes, int depth) =>
        axes.Count(axis => !axis.IsShort && !statement.Path.Take(depth).Any(loop => ReferenceEquals(loop.StripsOf, axis)));

    private void Write()
    {
        ImmutableArray<Axis> axes = _statement.Output?.Axes ?? Stored(_statement);
        if (axes.IsEmpty) return;
        Charge(1 + Strided(axes), _statement.Path.Length, isHeavy: false);
        if (_statement.Output is { } output) Touch(output.Name, output.Axes);
        else TouchStorage(_statement);
    }

    private void TouchStorage(Statement source)
    {
        if (source.Alias is { } buffer) Touch(buffer.Name, buffer.Axes);
        else if (source.StorageDepth == 0) Touch(source.Value, source.StorageAxes);
        else if (IsLarge(source)) Touch(source.Value, source.StorageAxes, _runs[source.StorageDepth]);
    }

    // Rows of rows that outlive a strip.
    private static bool IsLarge(Statement source) =>
        source.Path.Any(loop => loop.StripsOf is not null) && Unbounded(source, source.StorageAxes, source.StorageDepth) > 1;

    private void Touch(object memory, ImmutableArray<Axis> axes, double times = 1)
    {
        if (_touched.Add((memory, _strips))) _cost += MemoryPass * NominalSizes.Of(axes) * times;
    }

    private void Charge(double operations, int depth, bool isHeavy)
    {
        double scalar = depth >= _vectorDepth ? 1 : isHeavy ? ScalarTranscendental : ScalarOperation;
        _cost += operations * scalar * _runs[depth];
    }

    private ImmutableArray<Axis> Stored(Statement statement) => VectorAxisChoice.LanesLast(statement, statement.StorageAxes, _vectorAxes);

    private double Strided(ImmutableArray<Axis> storage) =>
        _vector is not null && storage.Contains(_vector) && !ReferenceEquals(storage[storage.Length - 1], _vector) ? Gather : 0;

    // Whether no block around has computed the value yet.
    private bool IsNew(Node value, int depth)
    {
        Computed? first = _available[value];
        for (Computed? known = first; known is not null; known = known.Next)
        {
            if (known.Depth <= depth && ReferenceEquals(known.Block, Block(known.Depth))) return false;
        }

        _available[value] = new Computed(Block(depth), depth, first);
        return true;
    }

    private Loop? Block(int depth) => depth == 0 ? null : _statement.Path[depth - 1];

    private int DepthOf(Axis axis) => DepthOf(AxisSet.Of(axis));

    private int DepthOf(AxisSet set)
    {
        int depth = _statement.Path.Length;
        while (depth > 0 && !set.Contains(_statement.Path[depth - 1].Axis)) depth--;
        return depth;
    }

    private sealed class Computed(Loop? block, int depth, Computed? next)
    {
        public Loop? Block { get; } = block;

        public int Depth { get; } = depth;

        public Computed? Next { get; } = next;
    }
}
