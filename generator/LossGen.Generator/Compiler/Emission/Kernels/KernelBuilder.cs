using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Turns a loop tree into kernels as data: what each loop declares, reads, accumulates and writes, scalar or in lanes.
/// Needs: a scheduled tree, the frame's layout, and for lanes the ranges of integers. Gives: a program that printers only have to print.
/// </summary>
internal sealed partial class KernelBuilder
{
    /// <summary>So many blocks share what they read of memory.</summary>
    private const int BlocksOfAChunk = 4;

    /// <summary>Arrays of working precision that a chunk adds up in take so many terms before they go to float64; those of float64 take any number.</summary>
    private const int MostItemsOfNarrowSums = 1024;

    private readonly Graph _graph;
    private readonly LoopTree _tree;
    private ImmutableDictionary<Loop, Axis> _vectorAxes;
    private readonly KernelLayout _layout;
    private readonly ImmutableDictionary<Node, string> _names;
    private readonly IntegerRanges? _ranges;
    private readonly bool _isDouble;
    private readonly LoopTreePrinter _printer;
    private readonly Dictionary<Node, Statement> _statements;
    private readonly List<KernelStep> _steps = new();
    private readonly List<KernelBuffer> _workspace = new();

    private KernelBuilder(Graph graph, LoopTree tree, KernelLayout layout, ImmutableDictionary<Node, string> names, IntegerRanges? ranges, bool isDouble)
    {
        _graph = graph;
        _tree = tree;
        _vectorAxes = tree.VectorAxes;
        _layout = layout;
        _names = names;
        _ranges = ranges;
        _isDouble = isDouble;
        _printer = new LoopTreePrinter(tree, NameOf);
        _statements = tree.Statements.Where(s => s.Kind != StatementKind.Store).ToDictionary(s => s.Value);
        foreach (Statement state in tree.Statements.Where(s => s.Kind == StatementKind.Scan && s.Computes(s.Expression))) _statements[state.Expression] = state;
    }

    private ElementType WorkingElement => _isDouble ? ElementType.Double : ElementType.Single;

    public static KernelProgram Build(
        string name, Graph graph, LoopTree tree, KernelLayout layout, ImmutableDictionary<Node, string> names, IntegerRanges? ranges, bool isDouble)
    {
        var builder = new KernelBuilder(graph, tree, layout, names, ranges, isDouble);
        foreach (LoopItem item in tree.Items)
        {
            if (item is Loop loop) builder.BuildNest(loop, $"{name}{builder._steps.OfType<NestStep>().Count() + 1}");
            else builder.BuildScalar((Statement)item);
        }

        return ReadsAhead.Run(StreamedOutputs.Run(new KernelProgram(name, isDouble, builder._steps.ToImmutableArray(), builder._workspace.ToImmutableArray()), layout));
    }

    private void BuildScalar(Statement statement)
    {
        if (statement.Kind == StatementKind.Sort)
            SortAtRoot(statement);
        else if (statement.Kind == StatementKind.Store)
            _steps.Add(new ScalarStep(null, RootValue(statement.Value), KernelNames.Words(statement.Output!.Name)) { Slot = _layout.SlotOf(statement.Output.Name) });
        else
            StepFor(statement.Value);
    }

    private void BuildNest(Loop root, string name)
    {
        ImmutableArray<KernelStatement> body = BuildBody(root, ImmutableArray<PartialResult>.Empty);
        if (body.IsEmpty)
        {
            _done.UnionWith(root.Statements);
            return;
        }

        ImmutableArray<KernelStatement> outlined = _vectorAxes.IsEmpty ? body : LoopOutlining.Run(body, _isDouble, _nest.NewName);
        NestState usual = _nest;
        ShortRows? rows = ShortRowsOf(root, body);
        _nest = usual;

        Statement widest = root.Statements.OrderByDescending(s => _graph.AxesOf(s.Domain).Length).First();
        int cost = root.Statements.Sum(s => OperationCost(s.Expression)) / 4;
        bool hasNarrowSums = root.Statements.Any(s => s.Accumulates && s.AccumulatorDepth == 0 && _nest.Accumulators[s].Array is { } array && array.Element != ElementType.Double);
        _steps.Add(new NestStep(
            name,
            root.Axis,
            _vectorAxes.TryGetValue(root, out Axis? vector) ? vector : root.Statements.Select(LanesOf).FirstOrDefault(axis => axis is not null),
            outlined,
            _nest.Buffers.OrderBy(b => b.Kind).ThenBy(b => b.Index).ToImmutableArray(),
            _nest.Scratch.ToImmutableArray(),
            _nest.Partials.Select(p => rows is null ? p : p with { IsInPlace = false }).ToImmutableArray(), // arrays of short rows stand on the stack
            (_graph.AxesOf(widest.Domain).Where(a => !ReferenceEquals(a, root.Axis)).Select(a => a.Size).ToImmutableArray(), Math.Max(1, cost)),
            hasNarrowSums ? MostItemsOfNarrowSums : 0,
            Granule(body, root.Axis),
            root.IsSequential,
            KernelNames.Words(_printer.Compact(root)))
        {
            ShortRows = rows,
        });
        _steps.AddRange(_nest.Partials.Where(p => p.Scalar is not null).Select(p => p.Scalar!));
        _done.UnionWith(root.Statements);
    }

    /// <summary>The body of a nest; partial results that another body of it has are this one's as well.</summary>
    private ImmutableArray<KernelStatement> BuildBody(Loop root, ImmutableArray<PartialResult> known)
    {
        _nest = new NestState(_layout.ReservedNames) { KnownPartials = known };
        _path.Clear();
        _scopes.Clear();
        _scopes.Push(new Dictionary<Node, KernelExpression>());
        PutTogether(root);
        var body = new List<KernelStatement>();
        _code = body;

        foreach (Statement statement in root.Statements.Where(s => s.Accumulates && s.AccumulatorDepth == 0)) BeginAccumulator(statement);
        BuildLoop(root, new ChunkBound(false), new ChunkBound(true));
        foreach (Statement statement in root.Statements.Where(s => s.Accumulates && s.AccumulatorDepth == 0)) EndAccumulator(statement);
        return Improved(_nest.Header.Concat(body).ToImmutableArray());
    }

    /// <summary>How many positions of the outermost axis are taken at once, so that a chunk is a multiple of them.</summary>
    private static int Granule(ImmutableArray<KernelStatement> body, Axis axis) => body.Select(statement => statement switch
    {
        JammedLoop loop => loop.Copies,
        BlockLoop loop when ReferenceEquals(loop.Of, axis) => loop.Length,
        BlockLoop loop => BlocksOfAChunk * Granule(loop.Body, axis), // what is shared stands outside
        _ => 1,
    }).DefaultIfEmpty(1).Max();

    private ImmutableArray<KernelStatement> Improved(ImmutableArray<KernelStatement> body)
    {
        body = TurnedCopies.Run(LoopCollapsing.Run(MultiplyAddContraction.Run(SingleUseInlining.Run(body)), _nest.NewName));
        body = RowTiling.Run(body, _nest.NewName, _nest.AddArray, WorkingElement);
        body = DotTiling.Run(LoopPipelining.Run(body, _nest.NewName), _nest.NewName);
        body = LoopUnswitching.Run(LoopJamming.Run(body, _nest.NewName));
        body = MaskRematerialization.Run(_isDouble ? body : OrdinaryLanes.Run(body, _nest.NewName));
        body = ScatterQueueing.Run(body, _nest.NewName);
        return VectorStages.Run(VectorInterleaving.Run(RowReferences.RunWhereMany(body, _nest.NewName), _nest.NewName), _nest.NewName);
    }

    private int OperationCost(Node node)
    {
        var seen = new HashSet<Node>();
        int Cost(Node n)
        {
            if (n.Axes.IsEmpty || !seen.Add(n) || (!ReferenceEquals(n, node) && _statements.ContainsKey(n))) return 0;
            return n.Op.Cost + n.Arguments.Sum(Cost);
        }

        return Cost(node);
    }
}
