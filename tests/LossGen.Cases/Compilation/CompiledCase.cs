using LossGen.Cases.Calls;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Model;
using LossGen.Oracle;

namespace LossGen.Cases.Compilation;

/// <summary>Calls a case at addresses with so many elements. The shape of a tensor span is its lengths, then its strides.</summary>
internal delegate double ValueCall(nint[] tensors, int[] lengths, nint[][] shapes, nint result, int resultLength, double[] scalars, long[] integers, double[] parts);

internal delegate double GradientCall(
    nint[] tensors, int[] lengths, nint[][] shapes, nint result, int resultLength, nint[] gradients, int[] gradientLengths, nint[][] gradientShapes, double[] scalarGradients, double[] scalars, long[] integers, double[] parts,
    double upstream, nint upstreams, int upstreamsLength);

/// <summary>A case as its user would have it: compiled methods. Beside them the bound formula, for the oracle.</summary>
internal sealed record CompiledCase(LossCase Loss, ElementType Real, BoundLoss? Bound, ValueCall? Value, GradientCall? Gradient, string Errors)
{
    /// <summary>For a case with curvature: the method that gives gradients and behind them curvatures.</summary>
    public GradientCall? Curvature { get; init; }

    /// <summary>How it is called; unless said otherwise by its methods.</summary>
    public Func<Inputs, ILossCall>? Caller { get; init; }

    public ILossCall Call(Inputs inputs) => Caller is null ? new CaseCall(this, inputs) : Caller(inputs);
}
