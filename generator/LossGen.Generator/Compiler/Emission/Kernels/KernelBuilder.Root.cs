using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Values without axes, computed in float64 between the nests and handed to them through the frame.</summary>
internal sealed partial class KernelBuilder
{
    private readonly Dictionary<Node, int> _slots = new();

    /// <summary>The frame's scalar that holds a value without axes; it is computed now if it was not before.</summary>
    private int SlotFor(Node node)
    {
        if (node.Is(Ops.Parameter) && node.Type == ValueType.Real) return _layout.SlotOf((ScalarParameter)node.Payload!);
        if (_slots.TryGetValue(node, out int known)) return known;
        KernelExpression value = RootOperation(node);
        int slot = _layout.NewSlot();
        _steps.Add(new ScalarStep(slot, value, _names.TryGetValue(node, out string? name) ? name : NodePrinter.Strip(NodePrinter.Print(node, NameOf, expandTop: true))));
        return _slots[node] = slot;
    }

    /// <summary>An expression of a value without axes, in wide precision.</summary>
    private KernelExpression RootValue(Node node)
    {
        if (node.Is(Ops.Constant)) return new NumberLiteral(node.Constant, Precision.Wide);
        if (node.Is(Ops.TruthConstant)) return new TruthLiteral((bool)node.Payload!);
        if (node.Is(Ops.Affine)) return new IntegerForm(node.Affine);
        if (node.Type == ValueType.Integer || node.Is(Ops.Parameter) && node.Type == ValueType.Truth) return RootOperation(node);
        return new SlotValue(SlotFor(node), node.Type);
    }

    private KernelExpression RootOperation(Node node)
    {
        if (node.Is(Ops.Parameter) && node.Type == ValueType.Truth) 
            return new Operation(Ops.NotEqual, ImmutableArray.Create<KernelExpression>(new IntegerForm(AffineForm.Of(Symbol.Of((ScalarParameter)node.Payload!))), new IntegerForm(AffineForm.Zero)), false);
        if (!node.Is(Ops.Load)) return new Operation(node.Op, node.Arguments.Select(RootValue).ToImmutableArray(), Lanes: false);

        KernelBuffer buffer = _layout.ByTensor[node.Tensor];
        var tests = ImmutableArray.CreateBuilder<BoundsTest>();
        KernelExpression offset = new IntegerForm(AffineForm.Zero);
        for (int k = 0; k < node.Arguments.Length; k++)
        {
            KernelExpression index = RootValue(node[k]);
            tests.Add(new BoundsTest(index, buffer.Sizes[k]));
            offset = k == 0 ? index : Flat(offset, buffer.Sizes[k], index);
        }

        KernelExpression read = new Read(new Place(buffer, Access.Scalar, offset, null, tests.ToImmutable(), null));
        return node.Type == ValueType.Real ? new Convert(read, Precision.Wide) : read;
    }

    private string? NameOf(Node node) => _names.TryGetValue(node, out string? name) ? name : null;
}
