using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>Small sizes and made-up inputs for running a graph: the definition that schedules are compared with.</summary>
internal sealed class TestValues
{
    private readonly Graph _graph;
    private readonly IReadOnlyList<Axis> _axes;
    private readonly int[] _position;
    private readonly Dictionary<(Node, string), double> _known = [];

    public TestValues(Graph graph)
    {
        _graph = graph;
        _axes = graph.Axes;
        _position = new int[_axes.Count];
    }

    public int SizeOf(Axis axis)
    {
        if (axis.IsConstantSize) return (int)axis.Size.Constant;
        Axis? origin = axis.Size.Terms.Select(t => t.Symbol.Axis).FirstOrDefault(a => a is not null);
        return 2 + ((origin ?? axis).Index % 3);
    }

    /// <summary>Where a walk along an axis stands.</summary>
    public int this[Axis axis]
    {
        get => _position[axis.Index];
        set => _position[axis.Index] = value;
    }

    /// <summary>The current positions along some axes, as a key.</summary>
    public string Key(IEnumerable<Axis> axes) => string.Join(",", axes.Select(a => $"{a.Name}{a.Index}:{this[a]}"));

    /// <summary>Runs an action at every position along some axes.</summary>
    public void ForEach(ImmutableArray<Axis> axes, Action action, bool isDescending = false)
    {
        if (axes.IsEmpty)
        {
            action();
            return;
        }

        int before = this[axes[0]];
        for (int i = 0; i < SizeOf(axes[0]); i++)
        {
            this[axes[0]] = isDescending ? SizeOf(axes[0]) - 1 - i : i;
            ForEach(axes.RemoveAt(0), action);
        }

        this[axes[0]] = before;
    }

    /// <summary>The value of a node here by its definition.</summary>
    public double Evaluate(Node node)
    {
        var key = (node, Key(_axes.Where(node.Axes.Contains)));
        if (_known.TryGetValue(key, out double known)) return known;
        return _known[key] = node.Is(Ops.Reduce) ? Reduce(node)
            : node.Is(Ops.Scatter) ? Scatter(node)
            : node.Is(Ops.At) ? At(node, Evaluate, () => Evaluate(node[0]))
            : node.Is(Ops.Scan) ? Evaluate(node[node.State.Index])
            : node.Is(Ops.Previous) ? Previous(node, Evaluate, () => Evaluate(_graph.ScanOf(node.State)))
            : Apply(node, Evaluate);
    }

    /// <summary>Runs <paramref name="read"/> at the position before, where there is one; else the value is 0.</summary>
    public double Previous(Node previous, Func<Node, double> evaluate, Func<double> read)
    {
        RecurrentState state = previous.State;
        int[] there = previous.Arguments.Select(i => (int)evaluate(i)).ToArray();
        there[0] -= state.Recurrence.Direction;
        return Elsewhere(state.Axes.Insert(0, state.Recurrence.Axis), there, read);
    }

    /// <summary>Runs <paramref name="read"/> where the indices of a read point; out of range the value is 0, as in a kernel.</summary>
    public double At(Node at, Func<Node, double> evaluate, Func<double> read)
    {
        return Elsewhere(at.Indexed.Axes, at.Arguments.Skip(1).Select(i => (int)evaluate(i)).ToArray(), read);
    }

    private double Elsewhere(ImmutableArray<Axis> axes, int[] there, Func<double> read)
    {
        int[] before = axes.Select(a => this[a]).ToArray();
        if (axes.Where((axis, k) => there[k] < 0 || there[k] >= SizeOf(axis)).Any()) return 0;
        for (int k = 0; k < there.Length; k++) this[axes[k]] = there[k];
        double value = read();
        for (int k = 0; k < there.Length; k++) this[axes[k]] = before[k];
        return value;
    }

    /// <summary>One operation on arguments that <paramref name="evaluate"/> supplies.</summary>
    public double Apply(Node node, Func<Node, double> evaluate) => node.Payload switch
    {
        double value => value,
        bool value => value ? 1 : 0,
        AffineForm form => form.Constant + form.Terms.Sum(t => t.Coefficient * Symbol(t.Symbol)),
        ScalarParameter parameter => 1.25 + (0.1 * parameter.Index),
        TensorParameter tensor => Load(tensor, node.Arguments.Select(evaluate)),
        _ => node.Op.Evaluate!(node.Arguments.Select(evaluate).ToArray()),
    };

    public static double Identity(ReductionKind kind) => kind switch
    {
        ReductionKind.Sum => 0,
        ReductionKind.Product => 1,
        ReductionKind.Min => double.PositiveInfinity,
        _ => double.NegativeInfinity,
    };

    public static double Combine(ReductionKind kind, double a, double b) => kind switch
    {
        ReductionKind.Sum => a + b,
        ReductionKind.Product => a * b,
        ReductionKind.Min => Math.Min(a, b),
        _ => Math.Max(a, b),
    };

    private double Reduce(Node node)
    {
        double result = Identity(node.Reduction.Kind);
        ForEach([.. node.Reduction.Ranges.Select(r => r.Axis)], () => result = Combine(node.Reduction.Kind, result, Evaluate(node[0])));
        return result;
    }

    private double Scatter(Node node)
    {
        int[] here = node.Scatter.Targets.Select(a => this[a]).ToArray();
        double result = 0;
        Axis[] summed = [.. _axes.Where(node.Scatter.Summed.Contains)];
        ForEach([.. summed], () => result += here.Where((position, k) => (int)Evaluate(node[k + 1]) != position).Any() ? 0 : Evaluate(node[0]));
        return result;
    }

    /// <summary>Runs <paramref name="add"/> at the position of the targets that the indices of a scatter say.</summary>
    public void Scatter(Node scatter, Func<Node, double> evaluate, Action add) =>
        Elsewhere(scatter.Scatter.Targets, scatter.Arguments.Skip(1).Select(i => (int)evaluate(i)).ToArray(), () => { add(); return 0; });

    private double Symbol(Symbol symbol) => symbol.Kind switch
    {
        SymbolKind.Position => this[symbol.Axis!],
        SymbolKind.Size => SizeOf(symbol.Axis!),
        _ => 1,
    };

    // Labels are 0 or 1, which every axis has.
    private static double Load(TensorParameter tensor, IEnumerable<double> index)
    {
        double seed = index.Aggregate(0.37 + tensor.Index, (hash, i) => (hash * 1.7) + i + 0.61);
        double wave = Math.Sin(seed * 12.9898);
        return tensor.Type == LossGen.Compiler.Ir.ValueType.Real ? wave : wave > 0 ? 1 : 0;
    }
}
