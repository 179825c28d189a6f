using System.Collections.Immutable;
using System.Globalization;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Cuts a kernel program into passes: each nest is one, what stands between nests is one, with the merging of partial results.
/// Needs: a program in scalar loops. Gives: passes that share nothing but memory.
/// </summary>
internal sealed class GpuProgramBuilder
{
    private readonly string _name;
    private readonly KernelLayout _layout;
    private readonly ImmutableArray<GpuPass>.Builder _passes = ImmutableArray.CreateBuilder<GpuPass>();
    private readonly List<ScalarStep> _done = new();
    private readonly List<ScalarStep> _pending = new();
    private NestPass? _source;
    private bool _hasArguments;

    private GpuProgramBuilder(string name, KernelLayout layout, bool hasArguments)
    {
        _name = name;
        _layout = layout;
        _hasArguments = hasArguments;
    }

    /// <param name="program">The kernel program.</param>
    /// <param name="tree">The schedule that it was made of.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="hasArguments">Whether there are real numbers among the arguments, for a first pass to take.</param>
    public static GpuProgram Build(KernelProgram program, LoopTree tree, KernelLayout layout, bool hasArguments)
    {
        var builder = new GpuProgramBuilder(program.Name, layout, hasArguments);
        Axis?[] contiguous = tree.Items.OfType<Loop>().Select(root => tree.VectorAxes.TryGetValue(root, out Axis? axis) ? axis : null).ToArray();
        int nests = 0;
        foreach (KernelStep step in program.Steps)
        {
            if (step is ScalarStep scalar) builder._pending.Add(scalar);
            else if (step is SortStep sort) builder.Add(new SortPass(builder.NextName("sort"), sort));
            else builder.AddNest((NestStep)step, contiguous[nests++]);
        }

        builder.Flush();
        return new GpuProgram(program.Name, program.IsDouble, builder._passes.ToImmutable(), program.Workspace, layout);
    }

    private void AddNest(NestStep nest, Axis? contiguous)
    {
        Flush();
        var pass = new NestPass(NextName("nest"), nest, NestMapping.Of(nest, contiguous));
        _passes.Add(pass);
        foreach (WritePartial partial in pass.Mapping.Partials.Where(p => p.Array is not null))
            _passes.Add(new ArrayMergePass(NextName("merge"), pass, nest.Partials[partial.Partial], partial.Array!));
        if (!pass.Scalars.IsEmpty) _source = pass;
    }

    private void Add(GpuPass pass)
    {
        Flush();
        _passes.Add(pass);
    }

    /// <summary>Ends a run of scalars.</summary>
    private void Flush()
    {
        if (_pending.Count == 0 && _source is null && !_hasArguments) return;
        HashSet<KernelLocal> used = new(_pending.Where(s => s.Value is not null).SelectMany(s => s.Value!.Everything()).OfType<LocalValue>().Select(v => v.Local));
        ImmutableArray<ScalarStep> earlier = _done.Where(s => s.Local is not null && used.Contains(s.Local)).ToImmutableArray();
        foreach (ScalarStep step in earlier.Where(s => s.Slot < 0)) step.Slot = _layout.NewSlot();
        _passes.Add(new ScalarPass(NextName("scalars"), _source, _pending.ToImmutableArray(), earlier, _hasArguments));
        _hasArguments = false;
        _done.AddRange(_pending);
        _pending.Clear();
        _source = null;
    }

    private string NextName(string what) => $"{_name}_{what}{(_passes.Count + 1).ToString(CultureInfo.InvariantCulture)}";
}
