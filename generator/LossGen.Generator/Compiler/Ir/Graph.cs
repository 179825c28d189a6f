using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace LossGen.Compiler.Ir;

/// <summary>
/// The interned DAG of one compile. Every node is made by <see cref="Make"/>, which applies the graph's rules until none fits;
/// a graph without rules keeps a formula as it was written.
/// </summary>
internal sealed partial class Graph(Func<Graph, Node, Node?>? rules = null)
{
    /// <summary>A formula that expands beyond this is refused rather than compiled for minutes.</summary>
    public const int NodeLimit = 60_000;

    /// <summary>Deeper than this, recursive passes would come near the end of a thread's stack.</summary>
    public const int DepthLimit = 1_500;

    private readonly Dictionary<NodeKey, Node> _nodes = new();
    private readonly List<Axis> _axes = new();
    private int _created;

    /// <summary>All axes in declaration order.</summary>
    public IReadOnlyList<Axis> Axes => _axes;

    /// <summary>A storage axis (own size unless one is given) or, with <paramref name="isLocal"/>, one that no tensor is stored along.</summary>
    public Axis NewAxis(string name, AffineForm? size = null, bool isLocal = false) => Add(new Axis(_axes.Count, name, size, isLocal));

    /// <summary>Another walk over an axis, for a place where that axis itself is taken.</summary>
    public Axis Rename(Axis axis) => Add(new Axis(_axes.Count, axis.Name + "'", axis.Size, isLocal: true, renames: axis));

    private Axis Add(Axis axis)
    {
        if (_axes.Count == AxisSet.Capacity) throw new FormulaTooLargeException($"more than {AxisSet.Capacity} axes");
        _axes.Add(axis);
        return axis;
    }

    /// <summary>Takes over another graph's axes, so that nodes of both speak of the same ones.</summary>
    public void AdoptAxes(Graph other)
    {
        _axes.Clear();
        _axes.AddRange(other._axes);
    }

    /// <summary>The axes of a set, in declaration order.</summary>
    public ImmutableArray<Axis> AxesOf(AxisSet set) => _axes.Where(set.Contains).ToImmutableArray();

    /// <summary>The node of this operation, arguments and payload, after the graph's rules.</summary>
    public Node Make(Op op, ImmutableArray<Node> arguments, object? payload = null, ValueType? type = null)
    {
        var key = new NodeKey(op, arguments, payload);
        if (_nodes.TryGetValue(key, out Node known)) return known;

        Node node = new(_created++, op, arguments, payload, type ?? op.Result, FreeAxes(op, arguments, payload));
        if (_created > NodeLimit) throw new FormulaTooLargeException($"more than {NodeLimit} operations");
        if (node.Depth > DepthLimit) throw new FormulaTooLargeException($"operations nested deeper than {DepthLimit}");
        if (payload is RecurrentState state) Remember(state.Recurrence, ReferenceEquals(op, Ops.Scan) ? arguments : null);
        Node result = rules?.Invoke(this, node) ?? node;
        _nodes[key] = result;
        return result;
    }

    private static AxisSet FreeAxes(Op op, ImmutableArray<Node> arguments, object? payload)
    {
        if (payload is AffineForm form) return form.Axes;
        if (ReferenceEquals(op, Ops.Scan)) return ((RecurrentState)payload!).AllAxes;
        AxisSet axes = AxisSet.Empty;
        if (payload is IndexedAxes indexed)
        {
            axes = arguments[0].Axes - indexed.Set;
            foreach (Node index in arguments.Skip(1)) axes |= index.Axes;
            return axes;
        }

        foreach (Node argument in arguments) axes |= argument.Axes;
        if (payload is ScatterAxes scatter) return (axes - scatter.Summed) | scatter.TargetSet;
        return ReferenceEquals(op, Ops.Reduce) ? axes - ((Reduction)payload!).Axes : axes;
    }

    private readonly struct NodeKey(Op op, ImmutableArray<Node> arguments, object? payload) : IEquatable<NodeKey>
    {
        private readonly Op _op = op;
        private readonly ImmutableArray<Node> _arguments = arguments;
        private readonly object? _payload = payload;

        public bool Equals(NodeKey other)
        {
            if (!ReferenceEquals(_op, other._op) || _arguments.Length != other._arguments.Length || !Equals(_payload, other._payload)) return false;
            for (int i = 0; i < _arguments.Length; i++)
            {
                if (!ReferenceEquals(_arguments[i], other._arguments[i])) return false;
            }

            // 0.0 and -0.0 are equal as doubles, but different constants.
            return _payload is not double d || BitConverter.DoubleToInt64Bits(d) == BitConverter.DoubleToInt64Bits((double)other._payload!);
        }

        public override bool Equals(object? obj) => obj is NodeKey other && Equals(other);

        public override int GetHashCode()
        {
            unchecked
            {
                int hash = RuntimeHelpers.GetHashCode(_op);
                foreach (Node argument in _arguments) hash = (hash * 31) + argument.Id;
                return (hash * 31) + (_payload is double d ? d.GetHashCode() : _payload?.GetHashCode() ?? 0);
            }
        }
    }
}
