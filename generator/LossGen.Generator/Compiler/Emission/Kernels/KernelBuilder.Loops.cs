using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Blocks and loops.</summary>
internal sealed partial class KernelBuilder
{
    /// <summary>Up to this cost a body is over before the addition that the next one waits for.</summary>
    private const int LightBody = 12;

    private const int UnrolledVectors = 4;

    private readonly HashSet<Statement> _done = new();
    private Statement? _current;

    private void BuildBlock(ImmutableArray<LoopItem> items)
    {
        foreach (LoopItem item in items)
        {
            if (item is Statement statement)
            {
                BuildStatement(statement);
                _done.Add(statement);
                continue;
            }

            var loop = (Loop)item;
            Hoist(loop);
            Statement[] accumulators = loop.Statements.Where(s => s.Accumulates && s.AccumulatorDepth == Depth).ToArray();
            foreach (Statement accumulator in accumulators) BeginAccumulator(accumulator);
            (KernelExpression from, KernelExpression to) = BoundsOf(loop.StripsOf ?? loop.Axis);
            BuildLoop(loop, from, to);
            foreach (Statement accumulator in accumulators) EndAccumulator(accumulator);
            foreach (Statement inner in loop.Statements) _done.Add(inner);
        }
    }

    private void BuildLoop(Loop loop, KernelExpression from, KernelExpression to)
    {
        int start = _code.Count;
        foreach (Statement statement in loop.Body.OfType<Statement>())
            _code.Add(new Comment($"{loop.Axis.Name}: {KernelNames.Words(_printer.NameOf(statement))} = {_printer.Formula(statement)}"));
        Axis? around = _nest.Vector;
        if (_vectorAxes.TryGetValue(loop, out Axis? own)) _nest.Vector = own;
        if (loop.StripsOf is { } cut) BuildStrips(loop, cut, from, to);
        else BuildLanesOrPositions(loop, from, to);
        _nest.Vector = around;
        if (_code.Skip(start).All(IsEmpty)) _code.RemoveRange(start, _code.Count - start);
    }

    /// <summary>Whether a statement does nothing: all that a loop would write stands there already.</summary>
    private static bool IsEmpty(KernelStatement statement) => statement switch
    {
        Comment => true,
        ScalarLoop loop => loop.Body.IsEmpty,
        VectorLoop loop => loop.Body.IsEmpty && loop.Tail.IsEmpty && loop.BlockEpilogue.IsEmpty,
        BlockLoop loop => loop.Body.IsEmpty,
        _ => false,
    };

    private void BuildLanesOrPositions(Loop loop, KernelExpression from, KernelExpression to)
    {
        if (!InVectorLoop && ReferenceEquals(loop.Axis, _nest.Vector))
        {
            BuildVectorLoop(loop, from, to);
            return;
        }

        var done = _done.ToList();
        List<KernelStatement> body = Nested(() => Inside(loop));
        Forget(done);
        _code.Add(new ScalarLoop(loop.Axis, from, to, body.ToImmutableArray(), loop.IsDescending, IsParallel(loop)));
    }

    /// <summary>Whether positions of a loop may run at once: only sums and extremes that are locals outside of it are common to them.</summary>
    private static bool IsParallel(Loop loop) => !loop.IsSequential
        && loop.Statements.All(s => s.Reduced.Contains(loop.Axis) ? s.Kind == StatementKind.Reduce && s.AccumulatorAxes.IsEmpty : s.Free.Contains(loop.Axis));

    private void BuildVectorLoop(Loop loop, KernelExpression from, KernelExpression to)
    {
        List<KernelStatement> outerPrologue = _nest.Prologue;
        _nest.Prologue = new List<KernelStatement>();
        _nest.Splats = new List<(Splat, KernelLocal)>();
        var blockPrologue = new List<KernelStatement>();
        var blockEpilogue = new List<KernelStatement>();
        Statement[] merged = loop.Statements.Where(s => s.Kind == StatementKind.Reduce && s.Reduced.Contains(loop.Axis)).ToArray();
        foreach (Statement statement in merged) BeginLanes(statement, blockPrologue);

        var interior = new List<AffineForm>();
        (List<KernelStatement> body, KernelLocal count, List<KernelStatement> tail) = InLanes(() => Inside(loop), interior);

        List<KernelStatement> outer = _code;
        _code = blockEpilogue;
        foreach (Statement statement in merged) MergeLanes(statement);
        _code = outer;
        _code.Add(new VectorLoop(
            loop.Axis, from, to, interior.ToImmutableArray(), _nest.Prologue.ToImmutableArray(), !_strips.ContainsKey(loop.Axis) && merged.Any(s => !IsExtreme(s.Combination)), blockPrologue.ToImmutableArray(), body.ToImmutableArray(), count, tail.ToImmutableArray(), blockEpilogue.ToImmutableArray(),
            merged.Where(s => _nest.Accumulators[s].Lanes is not null).Select(s => (_nest.Accumulators[s].Lanes!, Combination(s.Value.Reduction.Kind))).ToImmutableArray(),
            merged.Length > 0 && body.All(s => s is not ScalarLoop) && merged.Sum(s => OperationCost(s.Expression)) <= LightBody ? UnrolledVectors : 1));
        _nest.Prologue = outerPrologue;
        AddPicks(loop);
    }

    /// <summary>What a vector loop does with whole vectors, and with the last, partial one.</summary>
    private (List<KernelStatement> Body, KernelLocal Count, List<KernelStatement> Tail) InLanes(Action build, List<AffineForm> interior)
    {
        _nest.VectorDepth = Depth;
        var done = _done.ToList();
        HashSet<string> names = _nest.SaveNames();
        _nest.Interior = interior;
        List<KernelStatement> body = Nested(build);
        _nest.Interior = null;
        Forget(done);

        _nest.RestoreNames(names);
        KernelLocal count = new(_nest.NewName("rest"), ValueType.Integer, false, Precision.Working);
        _nest.Reserve(CSharp.ExpressionPrinter.MaskName(count));
        _nest.TailCount = count;
        List<KernelStatement> tail = Nested(build);
        Forget(done);
        _nest.JoinNames();
        _nest.TailCount = null;
        _nest.VectorDepth = -1;
        _nest.InsideVectorLoop.Clear();
        return (body, count, tail);
    }

    private void Inside(Loop loop)
    {
        _path.Add(loop);
        BuildBlock(loop.Body);
        _path.RemoveAt(_path.Count - 1);
    }

    // What ran inside a loop is complete only when the loop is: until then its values are not there for others to hoist.
    private void Forget(List<Statement> done)
    {
        _done.Clear();
        _done.UnionWith(done);
    }

    private void BuildStatement(Statement statement)
    {
        _current = statement;
        switch (statement.Kind)
        {
            case StatementKind.Reduce:
                Accumulate(statement, Value(statement.Expression));
                break;
            case StatementKind.Sort:
                Sort(statement);
                break;
            case StatementKind.Scatter:
                Scatter(statement);
                break;
            case StatementKind.Store:
                KernelOutput output = statement.Output!;
                if (!IsInPlace(statement)) WriteTo(PlaceIn(_layout.ByOutput[output], output.Indices(_graph)), Value(WithoutPick(statement)));
                break;
            default:
                KernelExpression value = Value(statement.Expression);
                if (statement.Kind == StatementKind.Scan) Remember(statement.Value, value);
                if (!statement.IsTemporary) WriteStored(statement, value);
                break;
        }

        _current = null;
    }
}
