using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Values without axes, computed in float64 between the nests and handed to them through the frame.</summary>
internal sealed partial class KernelBuilder
{
    private readonly Dictionary<Node, ScalarStep> _scalars = new();
    private readonly HashSet<string> _rootNames = new(StringComparer.Ordinal);

    /// <summary>The step that computes a value without axes; it runs now if it did not before.</summary>
    private ScalarStep StepFor(Node node)
    {
        if (_scalars.TryGetValue(node, out ScalarStep? known)) return known;
        KernelExpression value = RootOperation(node);
        ScalarStep step = NewScalar(node, value, "");
        _steps.Add(step);
        return step;
    }

    private ScalarStep NewScalar(Node node, KernelExpression? value, string meaning)
    {
        string hint = Hint(node), name = hint;
        for (int i = 2; _layout.ReservedNames.Contains(name) || !_rootNames.Add(name); i++) name = hint + "_" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return _scalars[node] = new ScalarStep(new KernelLocal(name, node.Type, false, Precision.Wide), value, meaning);
    }

    /// <summary>The frame's scalar that carries a value without axes into the nests.</summary>
    private int SlotFor(Node node)
    {
        if (node.Is(Ops.Parameter) && node.Type == ValueType.Real) return _layout.SlotOf((ScalarParameter)node.Payload!);
        ScalarStep step = StepFor(node);
        if (step.Slot < 0) step.Slot = _layout.NewSlot();
        return step.Slot;
    }

    /// <summary>An expression of a value without axes, in wide precision.</summary>
    private KernelExpression RootValue(Node node)
    {
        if (node.Is(Ops.Constant)) return new NumberLiteral(node.Constant, Precision.Wide);
        if (node.Is(Ops.TruthConstant)) return new TruthLiteral((bool)node.Payload!);
        if (node.Is(Ops.Affine)) return new IntegerForm(node.Affine);
        if (node.Type == ValueType.Integer || node.Is(Ops.Parameter) && node.Type == ValueType.Truth) return RootOperation(node);
        if (node.Is(Ops.Parameter)) return new SlotValue(SlotFor(node), node.Type);
        return new LocalValue(StepFor(node).Local!);
    }

    private KernelExpression RootOperation(Node node)
    {
        if (node.Is(Ops.Parameter) && node.Type == ValueType.Truth)
            return new Operation(Ops.NotEqual, ImmutableArray.Create<KernelExpression>(new IntegerForm(AffineForm.Of(Symbol.Of((ScalarParameter)node.Payload!))), new IntegerForm(AffineForm.Zero)), false);
        if (node.Is(Ops.Load)) return RootRead(node, _layout.ByTensor[node.Tensor], node.Arguments);
        if (node.Is(Ops.At)) return RootRead(node, WorkspaceOf(_statements[node[0]]), StoredIndices(node, _statements[node[0]]));
        return new Operation(node.Op, node.Arguments.Select(RootValue).ToImmutableArray(), Lanes: false);
    }

    private KernelExpression RootRead(Node node, KernelBuffer buffer, ImmutableArray<Node> indices)
    {
        var tests = ImmutableArray.CreateBuilder<BoundsTest>();
        KernelExpression offset = new IntegerForm(AffineForm.Zero);
        for (int k = 0; k < indices.Length; k++)
        {
            KernelExpression index = RootValue(indices[k]);
            tests.Add(new BoundsTest(index, buffer.Sizes[k]));
            offset = k == 0 ? index : Flat(offset, buffer.Sizes[k], index);
        }

        KernelExpression read = new Read(new Place(buffer, Access.Scalar, offset, null, tests.ToImmutable(), null));
        return node.Type == ValueType.Real ? new Convert(read, Precision.Wide) : read;
    }

    private string? NameOf(Node node) => _names.TryGetValue(node, out string? name) ? name : null;
}
