using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>
/// Makes one axis of those that a formula never tells apart: sizes known only as a product need no int parameter, and the
/// innermost loop is as long as can be. Needs: a bound loss. Gives: the same loss over fewer axes, in a graph of its own without rules.
/// </summary>
internal sealed class AxisCollapsing
{
    private readonly BoundLoss _loss;
    private readonly ImmutableArray<Node> _nodes;
    private readonly SizeProducts _products;
    private readonly ImmutableArray<ImmutableArray<Axis>> _runs;
    private readonly Graph _graph = new();
    private readonly Dictionary<Axis, Axis> _axes = new();
    private readonly Dictionary<TensorParameter, TensorParameter> _tensors = new();
    private readonly Dictionary<Recurrence, Recurrence> _recurrences = new();
    private readonly Dictionary<Node, Node> _done = new();

    private AxisCollapsing(BoundLoss loss, ImmutableArray<Node> nodes, SizeProducts products, ImmutableArray<ImmutableArray<Axis>> runs)
    {
        _loss = loss;
        _nodes = nodes;
        _products = products;
        _runs = runs;
    }

    public static BoundLoss Apply(BoundLoss loss)
    {
        ImmutableArray<Node> nodes = Reachability.Of(loss.Roots);
        var products = new SizeProducts(nodes, loss.Roots);
        ImmutableArray<ImmutableArray<Axis>> runs = CollapsibleAxes.Find(loss, nodes, products);
        return runs.IsEmpty ? loss : new AxisCollapsing(loss, nodes, products, runs).Rebuild();
    }

    private BoundLoss Rebuild()
    {
        foreach (Axis axis in _loss.Graph.Axes) AddAxis(axis);
        // Only now: a size may speak of an axis that is declared later.
        foreach (Axis axis in _loss.Graph.Axes.Where(axis => !SizeSolver.HasOwnSize(axis))) _axes[axis].FixSize(Rebuild(axis.Size));
        foreach (Axis axis in _loss.Graph.Axes)
        {
            if (axis.ComputedSize is { } size) _axes[axis].ComputeSize(RebuildSize(size));
        }

        foreach (TensorParameter tensor in _loss.Spans)
        {
            _tensors[tensor] = new(tensor.Index, tensor.Name, tensor.Element, tensor.Axes.Where(IsKept).Select(a => _axes[a]).ToImmutableArray(), tensor.IsStrided);
        }

        foreach (Node node in _nodes) _done[node] = Rebuild(node);
        return new(
            _graph,
            _loss.Tensors.Select(t => _tensors[t]).ToImmutableArray(),
            _loss.Scalars,
            _done[_loss.Result],
            _loss.Parts.Select(p => p with { Value = _done[p.Value] }).ToImmutableArray(),
            _loss.Differentiated.Select(d => d.Tensor is null ? d : new(_tensors[d.Tensor], null)).ToImmutableArray(),
            Names(),
            _loss.ResultSpan is null ? null : _tensors[_loss.ResultSpan]);
    }

    private ImmutableArray<Axis>? RunOf(Axis axis)
    {
        foreach (ImmutableArray<Axis> run in _runs)
        {
            if (run.Contains(axis)) return run;
        }

        return null;
    }

    /// <summary>Whether the axis stays, alone or as the first of its run.</summary>
    private bool IsKept(Axis axis) => RunOf(axis) is not { } run || ReferenceEquals(run[0], axis);

    private void AddAxis(Axis axis)
    {
        if (RunOf(axis) is { } run)
        {
            // The whole run takes the place of whichever of its axes was declared first.
            _axes[axis] = run.Select(a => _axes.TryGetValue(a, out Axis made) ? made : null).FirstOrDefault(made => made is not null)
                ?? _graph.NewAxis(NameOf(run));
        }
        else
        {
            _axes[axis] = _graph.NewAxis(axis.Name, isLocal: axis.IsLocal);
            _axes[axis].IsLong = axis.IsLong;
        }
    }

    private string NameOf(ImmutableArray<Axis> run)
    {
        string name = string.Join("_", run.Select(a => a.Name));
        var taken = new HashSet<string>(
            _loss.Graph.Axes.Select(a => a.Name).Concat(_loss.Spans.Select(t => t.Name)).Concat(_loss.Scalars.Select(s => s.Name)), StringComparer.Ordinal);
        while (taken.Contains(name)) name += "_";
        return name;
    }

    private Node Rebuild(Node node)
    {
        if (_products.Whole.Contains(node)) return RebuildProduct(node);
        ImmutableArray<Node> arguments = node.Arguments.Select(a => _done[a]).ToImmutableArray();
        return node.Payload switch
        {
            AffineForm form => _graph.Affine(Rebuild(form)),
            TensorParameter tensor => _graph.Load(_tensors[tensor], arguments.Where((_, i) => IsKept(tensor.Axes[i])).ToImmutableArray()),
            RecurrentState state => _graph.Make(node.Op, arguments, new RecurrentState(Rebuild(state.Recurrence), state.Index)),
            IndexedAxes indexed => _graph.At(arguments[0], indexed.Axes.Select((axis, k) => (_axes[axis], arguments[k + 1])).ToDictionary(p => p.Item1, p => p.Item2)),
            Reduction reduction => _graph.Reduce(reduction.Kind, reduction.Ranges.Where(r => IsKept(r.Axis)).Select(Rebuild), arguments[0]),
            _ => _graph.Make(node.Op, arguments, node.Payload, node.Type),
        };
    }

    private Node RebuildSize(Node size) => size.Is(Ops.Affine)
        ? _graph.Affine(Rebuild(size.Affine))
        : _graph.Make(size.Op, size.Arguments.Select(RebuildSize).ToImmutableArray(), size.Payload, size.Type);

    private Recurrence Rebuild(Recurrence recurrence)
    {
        if (_recurrences.TryGetValue(recurrence, out Recurrence known)) return known;
        ImmutableArray<ImmutableArray<Axis>> states = recurrence.States.Select(axes => axes.Select(a => _axes[a]).ToImmutableArray()).ToImmutableArray();
        return _recurrences[recurrence] = new Recurrence(recurrence.Number, _axes[recurrence.Axis], recurrence.IsDescending, states, recurrence.Around.Select(Rebuild).ToImmutableArray());
    }

    private Node RebuildProduct(Node product) => _products.FactorsOf(product).Where(IsKept)
        .Select(axis => _graph.ToReal(_graph.Affine(_axes[axis].Size)))
        .Aggregate(_graph.Multiply);

    private AxisRange Rebuild(AxisRange range) => new(_axes[range.Axis], Rebuild(range.Low), Rebuild(range.High));

    private AffineForm Rebuild(AffineForm form)
    {
        AffineForm rebuilt = AffineForm.Of(form.Constant);
        foreach (AffineTerm term in form.Terms)
        {
            Symbol symbol = term.Symbol.Axis is { } axis ? term.Symbol with { Axis = _axes[axis] } : term.Symbol;
            rebuilt += term.Coefficient * AffineForm.Of(symbol);
        }

        return rebuilt;
    }

    private ImmutableDictionary<Node, string> Names()
    {
        var names = ImmutableDictionary.CreateBuilder<Node, string>();
        foreach (Node node in _nodes)
        {
            if (_loss.Names.TryGetValue(node, out string? name) && !names.ContainsKey(_done[node])) names[_done[node]] = name;
        }

        return names.ToImmutable();
    }
}
