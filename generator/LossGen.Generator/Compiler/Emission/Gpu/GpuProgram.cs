using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>A kernel program as passes to launch one after the other. Each pass sees all that earlier ones have written.</summary>
/// <param name="Name">Its name; the kernels' names start with it.</param>
/// <param name="IsDouble">Whether its working precision is float64.</param>
/// <param name="Passes">In the order of launching.</param>
/// <param name="Workspace">Arrays that passes share.</param>
/// <param name="Layout">Where arguments and scalars stand.</param>
/// <param name="OfArguments">Values without axes that each kernel computes for itself, in order.</param>
internal sealed record GpuProgram(
    string Name, bool IsDouble, ImmutableArray<GpuPass> Passes, ImmutableArray<KernelBuffer> Workspace, KernelLayout Layout, ImmutableArray<ScalarStep> OfArguments);

/// <summary>One launch.</summary>
/// <param name="Name">The kernel's name.</param>
internal abstract record GpuPass(string Name);

/// <summary>Values without axes, in one group, which also merges what nests' groups have left of their reductions.</summary>
/// <param name="Name">The kernel's name.</param>
/// <param name="Sources">The nests before whose partial results are merged.</param>
/// <param name="Steps">In order.</param>
/// <param name="Earlier">Steps of earlier scalar passes whose values are used; each has a slot.</param>
internal sealed record ScalarPass(string Name, ImmutableArray<NestPass> Sources, ImmutableArray<ScalarStep> Steps, ImmutableArray<ScalarStep> Earlier) : GpuPass(Name);

/// <summary>A loop nest, spread over the device.</summary>
internal sealed record NestPass(string Name, NestStep Nest, NestMapping Mapping) : GpuPass(Name)
{
    /// <summary>The reductions that end as one number for each group.</summary>
    public ImmutableArray<PartialResult> Scalars => Nest.Partials.Where(p => p.Array is null).ToImmutableArray();
}

/// <summary>Adds up the arrays that the workers of a nest have accumulated into, an element a thread, in the order of the workers.</summary>
/// <param name="Name">The kernel's name.</param>
/// <param name="Source">The nest.</param>
/// <param name="Result">The reduction.</param>
/// <param name="Shares">The array of which each worker has its own.</param>
internal sealed record ArrayMergePass(string Name, NestPass Source, PartialResult Result, KernelBuffer Shares) : GpuPass(Name);

/// <summary>Sorts a row that no loop stands around.</summary>
internal sealed record SortPass(string Name, SortStep Sort) : GpuPass(Name);
