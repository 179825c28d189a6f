using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Values inside a nest: each is computed once in the outermost block that has what it needs.</summary>
internal sealed partial class KernelBuilder
{
    private readonly Dictionary<Node, bool> _isLong = new();

    private KernelExpression Value(Node node)
    {
        if (Lookup(node) is { } known) return known;
        if (node.Is(Ops.Constant)) return new NumberLiteral(node.Constant, Precision.Working);
        if (node.Is(Ops.TruthConstant)) return new TruthLiteral((bool)node.Payload!);
        if (node.Is(Ops.Affine)) return Varies(node) ? Define(node, Positions(node)) : Positions(node);
        if (node.Axes.IsEmpty && node.Type != ValueType.Integer) return HeaderScalar(node);
        if (_statements.TryGetValue(node, out Statement statement) && !ReferenceEquals(statement, _current)) return Define(node, ReadStored(statement));
        if (node.Is(Ops.Load)) return Define(node, ReadTensor(node));
        if (node.Is(Ops.At)) return Define(node, ReadElsewhere(node));
        if (node.Is(Ops.Previous)) return Define(node, ReadPrevious(node));
        if (node.Indicator is { } number && !_statements.ContainsKey(number)) return Define(node, Value(number[0]));
        if ((node.Is(Ops.Select) || node.Is(Ops.IntegerSelect)) && _nest.Interior is not null)
        {
            (bool? answer, Node remaining) = InInterior(node[0]);
            if (answer is { } holds) return Remember(node, Value(node[holds ? 1 : 2]));
            if (!ReferenceEquals(remaining, node[0]))
            {
                // What is left may be what another statement keeps, which need not be there yet.
                Node left = _graph.Select(remaining, node[1], node[2]);
                return Define(node, _statements.ContainsKey(left) ? Apply(left) : Value(left));
            }
        }

        return Define(node, Apply(node));
    }

    /// <summary>An affine integer where it stands: an index says by it how memory is walked.</summary>
    private KernelExpression Positions(Node node)
    {
        if (!Varies(node)) return new IntegerForm(node.Affine);
        long step = node.Affine.CoefficientOf(Symbol.PositionOf(_nest.Vector!));
        return new LanePositions(node.Affine, step, IsLong(node));
    }

    /// <summary>Whether a node's lanes need 64-bit integers beside 32-bit reals: those of a sum that fits, too, where a term does not.</summary>
    private bool IsLong(Node node)
    {
        if (_isDouble || node.Type != ValueType.Integer) return false;
        if (_isLong.TryGetValue(node, out bool known)) return known;
        bool computed = !node.Is(Ops.Load) && node.Arguments.Any(IsLong);
        return _isLong[node] = computed || _ranges?.FitsInt32(node) == false;
    }

    private KernelExpression HeaderScalar(Node node)
    {
        KernelExpression slot = node.Type == ValueType.Truth && node.Is(Ops.Parameter) ? RootValue(node) : new SlotValue(SlotFor(node), node.Type);
        var local = new KernelLocal(_nest.NewOuterName(Hint(node)), node.Type, false, Precision.Working);
        _nest.Header.Add(new Declare(local, node.Type == ValueType.Real ? new Convert(slot, Precision.Working) : slot));
        var value = new LocalValue(local);
        _scopes.Last()[node] = value;
        return value;
    }

    private KernelExpression Define(Node node, KernelExpression value)
    {
        if (value is LocalValue) return Remember(node, value);
        KernelLocal local = NewLocal(Hint(node), value.Type, value.IsLanes, Precision.Working, value.IsLong, isTemporary: !_names.ContainsKey(node));
        _code.Add(new Declare(local, value));
        return Remember(node, new LocalValue(local));
    }

    private KernelExpression Remember(Node node, KernelExpression value)
    {
        _scopes.Peek()[node] = value;
        return value;
    }

    private string Hint(Node node) =>
        _names.TryGetValue(node, out string? name) ? name
        : node.Is(Ops.Parameter) ? ((ScalarParameter)node.Payload!).Name
        : node.Is(Ops.Load) ? node.Tensor.Name + "Value"
        : node.Is(Ops.Affine) ? "positions"
        : node.Is(Ops.At) ? Hint(node[0])
        : node.Is(Ops.Previous) ? (_names.TryGetValue(_graph.ScanOf(node.State), out string? state) ? state + "Before" : "before")
        : node.Is(Ops.Scan) ? "state"
        : node.Is(Ops.Reduce) ? node.Reduction.Kind.ToString().ToLowerInvariant()
        : "t";

    private KernelExpression Apply(Node node)
    {
        if (AlongLanes(node) is { } comparison) return comparison;
        KernelExpression[] operands = node.Arguments.Select(Value).ToArray();
        if (Decided(node, operands) is { } decided) return decided;
        bool lanes = operands.Any(o => o.IsLanes);
        if (!lanes) return new Operation(node.Op, operands.ToImmutableArray(), false);

        // A choice that all lanes share stays a scalar condition.
        bool uniform = (node.Is(Ops.Select) || node.Is(Ops.IntegerSelect)) && !operands[0].IsLanes;
        Saturate(node, operands);
        bool isLong = node.Type == ValueType.Integer ? IsLong(node) : Enumerable.Range(0, operands.Length).Any(k => IsLong(node[k]) && !IsSaturated(operands[k]));
        for (int i = 0; i < operands.Length; i++)
        {
            if (uniform && i == 0) continue;
            operands[i] = Lift(operands[i], isLong && operands[i].Type == ValueType.Integer);
        }

        return new Operation(node.Op, operands.ToImmutableArray(), true, isLong && node.Type == ValueType.Integer);
    }

    /// <summary>
    /// A comparison of affine integers along the lanes: what all lanes share goes to one side, so that the other is the position itself, which
    /// fits 32 bits where a sum with it need not. Null for anything else.
    /// </summary>
    private KernelExpression? AlongLanes(Node node)
    {
        if (node.Type != ValueType.Truth || node.Arguments.Length != 2 || !node.Arguments.All(n => n.Is(Ops.Affine)) || !Varies(node)) return null;
        Symbol position = Symbol.PositionOf(_nest.Vector!);
        AffineForm difference = node[0].Affine - node[1].Affine;
        long step = difference.CoefficientOf(position);
        Node lanes = _graph.Position(_nest.Vector!);
        if (Math.Abs(step) != 1 || IsLong(lanes)) return null;

        // i + r < 0 as i < -r, r - i < 0 as r < i
        AffineForm rest = difference - (step * AffineForm.Of(position)), shared = step > 0 ? AffineForm.Zero - rest : rest;
        KernelExpression one = new IntegerForm(shared);
        if (!_isDouble && !(shared.IsConstant && shared.Constant is > int.MinValue and < int.MaxValue)) one = new Operation(Ops.Saturate, [one], Lanes: false);
        return new Operation(node.Op, step > 0 ? [Value(lanes), Lift(one)] : [Lift(one), Value(lanes)], true);
    }

    /// <summary>
    /// Where lanes that lie inside of 32 bits are compared with one integer that need not, the nearest integer of 32 bits gives the same answer.
    /// </summary>
    private void Saturate(Node node, KernelExpression[] operands)
    {
        if (node.Type != ValueType.Truth || operands.Length != 2 || operands[0].Type != ValueType.Integer || operands[0].IsLanes == operands[1].IsLanes) return;
        int single = operands[0].IsLanes ? 1 : 0;
        if (!IsLong(node[single]) || _ranges is not { } ranges || !ranges.Of(node[1 - single]).IsSubsetOf(new(int.MinValue + 1L, int.MaxValue - 1L))) return;
        operands[single] = new Operation(Ops.Saturate, [operands[single]], Lanes: false);
    }

    private static bool IsSaturated(KernelExpression value) => value is Operation operation && operation.Op.Is(Ops.Saturate);

    /// <summary>
    /// A comparison of numbers, or a choice by its answer: rewriting has left none, but where the interior answers a condition, numbers come
    /// to stand beside each other. C# warns where one is compared with itself. Null for anything else.
    /// </summary>
    private KernelExpression? Decided(Node node, KernelExpression[] operands)
    {
        if ((node.Is(Ops.Select) || node.Is(Ops.IntegerSelect)) && operands[0] is TruthLiteral { Value: var holds }) return operands[holds ? 1 : 2];
        if (node.Type != ValueType.Truth || node.Op.Evaluate is not { } evaluate || !operands.All(o => o is NumberLiteral)) return null;
        double[] numbers = operands.Select(o => ((NumberLiteral)o).Value).Select(v => _isDouble ? v : (float)v).ToArray();
        return new TruthLiteral(evaluate(numbers) != 0);
    }

    /// <summary>The value in every lane; one that the vector loop does not change is spread before it.</summary>
    private KernelExpression Lift(KernelExpression value, bool isLong = false)
    {
        if (value.IsLanes)
            return isLong && !value.IsLong ? new Operation(Ops.Widen, ImmutableArray.Create(value), true, true) : value;
        var splat = new Splat(value, isLong);
        bool constant = value is NumberLiteral or TruthLiteral or IntegerForm { Form.IsConstant: true };
        if (constant || !IsFixedInVectorLoop(value)) return splat;
        KernelLocal? local = _nest.Splats.FirstOrDefault(s => s.Splat.Long == isLong && KernelExpressionTree.IsSame(s.Splat.Scalar, value)).Local;
        if (local is null)
        {
            string hint = value is LocalValue { Local: { } scalar } ? scalar.Name + "Lanes" : "lanes";
            local = new KernelLocal(_nest.NewOuterName(hint), value.Type, true, Precision.Working, isLong);
            _nest.Prologue.Add(new Declare(local, splat));
            _nest.Splats.Add((splat, local));
        }

        return new LocalValue(local);
    }

    private bool IsFixedInVectorLoop(KernelExpression value) => value switch
    {
        LocalValue local => !_nest.InsideVectorLoop.Contains(local.Local),
        Operation operation => operation.Type == ValueType.Integer && operation.Operands.All(IsFixedInVectorLoop),
        IntegerForm form => _path.Skip(_nest.VectorDepth).All(loop => !form.Form.Axes.Contains(loop.Axis)),
        _ => false,
    };

    /// <summary>Before a loop: evaluates the largest sub-expressions that nothing inside it changes.</summary>
    private void Hoist(Loop loop)
    {
        foreach (Statement statement in loop.Statements)
        {
            AxisSet inner = AxisSet.Of(statement.Path.Skip(Depth).Select(l => l.Axis));
            var seen = new HashSet<Node>();
            Statement? outer = _current;
            _current = statement;
            Visit(statement.Expression, inner, seen);
            _current = outer;
        }

        void Visit(Node node, AxisSet inner, HashSet<Node> seen)
        {
            if (!seen.Add(node) || node.Arguments.IsEmpty || Lookup(node) is not null) return;
            if (node.Axes.IsEmpty && node.Type != ValueType.Integer) return; // a scalar of the frame, taken where it is used
            if (!node.Axes.Overlaps(inner) && IsAvailable(node))
            {
                Value(node);
                return;
            }

            if (_statements.TryGetValue(node, out Statement? producer) && !ReferenceEquals(producer, _current)) return;
            // What is read elsewhere is an array, along axes that need not have a loop here.
            foreach (Node argument in node.Is(Ops.At) ? node.Arguments.Skip(1) : node.Arguments) Visit(argument, inner, seen);
        }
    }

    private bool IsAvailable(Node node)
    {
        if (Lookup(node) is not null) return true;
        if (_statements.TryGetValue(node, out Statement statement)) return _done.Contains(statement) && !statement.IsTemporary;
        return node.Arguments.All(IsAvailable);
    }
}
