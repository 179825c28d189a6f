using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>
/// Finds runs of axes that a formula never tells apart. Needs: a bound loss and its nodes. Gives: the runs of two or more,
/// each in storage order.
/// </summary>
internal sealed class CollapsibleAxes
{
    private readonly BoundLoss _loss;
    private readonly ImmutableArray<Node> _nodes;
    private readonly SizeProducts _products;
    private AxisSet _excluded;

    private CollapsibleAxes(BoundLoss loss, ImmutableArray<Node> nodes, SizeProducts products)
    {
        _loss = loss;
        _nodes = nodes;
        _products = products;
    }

    public static ImmutableArray<ImmutableArray<Axis>> Find(BoundLoss loss, ImmutableArray<Node> nodes, SizeProducts products)
    {
        // An operation that holds axes in a way not known here would keep the old ones.
        if (!nodes.All(n => n.Payload is null or double or bool or AffineForm or ScalarParameter or TensorParameter or Reduction or IndexedAxes or RecurrentState))
        {
            return ImmutableArray<ImmutableArray<Axis>>.Empty;
        }

        var finder = new CollapsibleAxes(loss, nodes, products);
        finder.ExcludeBySize();
        finder.ExcludeByUse();
        return finder.Runs();
    }

    private void Exclude(AffineForm form, SymbolKind kind)
    {
        foreach (AffineTerm term in form.Terms)
        {
            if (term.Symbol.Kind == kind) _excluded |= AxisSet.Of(term.Symbol.Axis!);
        }
    }

    private void ExcludeBySize()
    {
        foreach (Axis axis in _loss.Graph.Axes)
        {
            // An int parameter with the axis' name has to be checked against that very axis.
            if (!SizeSolver.HasOwnSize(axis) || axis.IsLocal || SizeSolver.Giver(_loss, axis) is not null) _excluded |= AxisSet.Of(axis);
        }

        foreach (Axis axis in _loss.Graph.Axes.Where(a => a.ComputedSize is not null)) _excluded |= AxisSet.Of(ComputedSizes.Needed(axis.ComputedSize!));

        // A tensor span is checked and walked axis by axis.
        foreach (TensorParameter tensor in _loss.Tensors.Where(t => t.IsStrided)) _excluded |= AxisSet.Of(tensor.Axes);

        IEnumerable<Axis> used = _loss.Spans.SelectMany(t => t.Axes)
            .Concat(_nodes.Where(n => n.Is(Ops.Reduce)).SelectMany(n => n.Reduction.Ranges).Select(r => r.Axis));
        foreach (Axis axis in used.Where(axis => !SizeSolver.HasOwnSize(axis))) Exclude(axis.Size, SymbolKind.Size);
    }

    private void ExcludeByUse()
    {
        foreach (Node node in _nodes)
        {
            if (node.Is(Ops.Affine) && !_products.IsCounted(node)) Exclude(node.Affine, SymbolKind.Size);
            if (node.Is(Ops.Affine) && node.Affine.PlainAxis is null) Exclude(node.Affine, SymbolKind.Position);
            if (node.Is(Ops.Reduce)) ExcludeShortened(node.Reduction);
            if (node.Is(Ops.At)) _excluded |= node.Indexed.Set;
            if (node.Is(Ops.Scan)) _excluded |= node.Axes;
            for (int i = 0; i < node.Arguments.Length; i++)
            {
                Axis? stored = node.Is(Ops.Load) ? node.Tensor.Axes[i] : null;
                bool plain = node[i].Is(Ops.Affine) && node[i].Affine.PlainAxis is { } axis && ReferenceEquals(axis, stored);
                if (plain) continue;
                if (stored is not null) _excluded |= AxisSet.Of(stored);
                if (node[i].Is(Ops.Affine)) Exclude(node[i].Affine, SymbolKind.Position);
            }
        }
    }

    private void ExcludeShortened(Reduction reduction)
    {
        foreach (AxisRange range in reduction.Ranges.Where(r => !r.IsFull))
        {
            _excluded |= AxisSet.Of(range.Axis);
            Exclude(range.Low, SymbolKind.Size);
            Exclude(range.High, SymbolKind.Size);
        }
    }

    private ImmutableArray<ImmutableArray<Axis>> Runs()
    {
        var runs = ImmutableArray.CreateBuilder<ImmutableArray<Axis>>();
        AxisSet taken = AxisSet.Empty;
        foreach (TensorParameter tensor in _loss.Spans)
        {
            for (int i = 0; i < tensor.Axes.Length; i++)
            {
                if (taken.Contains(tensor.Axes[i])) continue;
                int end = i + 1;
                while (end < tensor.Axes.Length && StandTogether(tensor.Axes[end - 1], tensor.Axes[end])) end++;
                ImmutableArray<Axis> run = tensor.Axes.Skip(i).Take(end - i).ToImmutableArray();
                taken |= AxisSet.Of(run);
                if (run.Length > 1) runs.Add(run);
                i = end - 1;
            }
        }

        return runs.ToImmutable();
    }

    private bool StandTogether(Axis first, Axis second) =>
        !_excluded.Contains(first) && !_excluded.Contains(second)
        && _loss.Spans.All(t => AreNeighbours(t.Axes, first, second))
        && _nodes.Where(n => n.Is(Ops.Reduce)).All(n => n.Reduction.Axes.Contains(first) == n.Reduction.Axes.Contains(second))
        && _products.CountAlike(first, second);

    private static bool AreNeighbours(ImmutableArray<Axis> axes, Axis first, Axis second)
    {
        int i = axes.IndexOf(first), j = axes.IndexOf(second);
        return (i < 0 && j < 0) || (i >= 0 && j == i + 1);
    }
}
