using LossGen.Compiler.Binding;
using LossGen.Compiler.Model;

namespace LossGen.Cases.Compilation;

internal delegate double ValueCall(nint[] tensors, int[] lengths, nint result, int resultLength, double[] scalars, long[] integers, double[] parts);

internal delegate double GradientCall(
    nint[] tensors, int[] lengths, nint result, int resultLength, nint[] gradients, int[] gradientLengths, double[] scalarGradients, double[] scalars, long[] integers, double[] parts,
    double upstream, nint upstreams, int upstreamsLength);

/// <summary>A case as its user would have it: compiled methods. Beside them the bound formula, for the oracle.</summary>
internal sealed record CompiledCase(LossCase Loss, ElementType Real, BoundLoss? Bound, ValueCall? Value, GradientCall? Gradient, string Errors);
