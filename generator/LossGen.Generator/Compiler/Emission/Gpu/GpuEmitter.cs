using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>Kernels for other devices: one text for CUDA C++, HIP and OpenCL C, behind a prelude that the runtime has, and a launch plan.</summary>
/// <param name="Source">The kernels.</param>
/// <param name="Plan">What to launch with which arguments, as JSON.</param>
internal sealed record GpuKernels(string Source, string Plan);

/// <summary>
/// The stages behind the scheduler for devices other than the CPU. Needs: a schedule for devices. Gives: its loop nests as kernels of the
/// C family.
/// </summary>
internal static class GpuEmitter
{
    public static GpuKernels Emit(
        string name, Graph graph, LoopTree tree, KernelLayout layout, ImmutableDictionary<Node, string> names, bool isDouble,
        BoundLoss loss, SizePlan sizes, ImmutableArray<ScalarParameter> scalars, ImmutableArray<IndexCheck> checks)
    {
        // Threads take the place of lanes.
        LoopTree scalarTree = tree with { VectorAxes = ImmutableDictionary<Loop, Axis>.Empty };
        KernelProgram kernels = KernelBuilder.Build(name, graph, scalarTree, layout, names, ranges: null, isDouble);
        GpuProgram program = GpuProgramBuilder.Build(kernels, tree, layout);
        (string text, ImmutableDictionary<GpuPass, GpuKernelText> printed) = new GpuKernelPrinter(program, scalars).Print();
        ElementType real = isDouble ? ElementType.Double : ElementType.Single;
        return new GpuKernels(text, new PlanPrinter(program, loss, sizes, real, scalars, checks).Print(printed));
    }
}
