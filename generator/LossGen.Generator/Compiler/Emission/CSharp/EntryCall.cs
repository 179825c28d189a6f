using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.CSharp;

/// <summary>What one public member runs.</summary>
/// <param name="Kernel">Its kernel.</param>
/// <param name="UnitKernel">The kernel for an empty upstream span; its frame is that of the other. Null when there is no such span.</param>
/// <param name="Derivatives">The gradients and curvatures that it writes, in frame order; empty for the value alone.</param>
/// <param name="Upstream">The span of upstream derivatives; null when there is none.</param>
internal sealed record EntryCall(
    ScheduledKernel Kernel, ScheduledKernel? UnitKernel, ImmutableArray<EntryDerivative> Derivatives, TensorParameter? Upstream)
{
    /// <summary>How many real scalars the frame needs.</summary>
    public int SlotCount => Math.Max(Kernel.Layout.SlotCount, UnitKernel?.Layout.SlotCount ?? 0);
}

/// <summary>A derivative that a public member writes.</summary>
/// <param name="Name">The parameter that receives it.</param>
/// <param name="By">What it is the derivative by.</param>
internal sealed record EntryDerivative(string Name, DifferentiatedParameter By);

/// <summary>How an entry point finds the position that a message about a bad index names.</summary>
/// <param name="Check">The index.</param>
/// <param name="Kernel">The kernel that finds the first wrong position.</param>
/// <param name="Layout">The frame of that kernel.</param>
internal sealed record IndexReport(IndexCheck Check, string Kernel, KernelLayout Layout);

/// <summary>A span of a public member.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Shape">Its element type and axes.</param>
internal sealed record EntrySpan(string Name, TensorParameter Shape)
{
    /// <summary>Whether it is a tensor span, which kernels see through a dense copy where its own memory is not dense.</summary>
    public bool IsStrided => Shape.IsStrided;
}
