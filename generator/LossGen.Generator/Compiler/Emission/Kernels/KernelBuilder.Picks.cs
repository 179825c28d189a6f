using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// A term that only one position of the vector axis has, <c>axis == index ? value : 0</c>, is added to that element after the
/// loop instead of being compared for in every lane.
/// </summary>
internal sealed partial class KernelBuilder
{
    private readonly Dictionary<Statement, Node> _picks = new();

    /// <summary>What the vector loop stores; a pick is put aside for after it.</summary>
    private Node WithoutPick(Statement store)
    {
        Node value = store.Value;

        // A chunk of the outermost loop, or a strip, does not know whether the position is one of its own; a narrow buffer would round twice.
        if (store.Output!.IsNarrow || !InVectorLoop || _nest.VectorDepth == 0 || _strips.ContainsKey(_nest.Vector!) || _path.Count != _nest.VectorDepth + 1 || !value.Is(Ops.Add)) return value;
        for (int k = 0; k < 2; k++)
        {
            if (!IsPick(value[k])) continue;
            _picks[store] = value[k];
            return value[1 - k];
        }

        return value;
    }

    private bool IsPick(Node node) =>
        node.Is(Ops.Select) && node[2].IsConstant(0) && node[0].Is(Ops.Equal) && !node[1].Axes.Contains(_nest.Vector!) && PickedIndex(node) is not null;

    private Node? PickedIndex(Node pick)
    {
        for (int k = 0; k < 2; k++)
        {
            Node position = pick[0][k], index = pick[0][1 - k];
            if (position.Is(Ops.Affine) && ReferenceEquals(position.Affine.PlainAxis, _nest.Vector) && !index.Axes.Contains(_nest.Vector!)) return index;
        }

        return null;
    }

    private void AddPicks(Loop vectorLoop)
    {
        foreach (Statement store in vectorLoop.Statements.Where(_picks.ContainsKey))
        {
            Node pick = _picks[store];
            _picks.Remove(store);
            KernelOutput output = store.Output!;
            ImmutableArray<Node> indices = output.Indices(_graph).Select((index, k) => ReferenceEquals(output.Axes[k], _nest.Vector) ? PickedIndex(pick)! : index).ToImmutableArray();
            Place place = PlaceIn(_layout.ByOutput[output], indices);
            KernelExpression value = Value(pick[1]);
            _code.Add(new Write(place, new Operation(Ops.Add, ImmutableArray.Create(new Read(place), value), false)));
        }
    }
}
