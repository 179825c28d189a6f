using System.Collections.Immutable;
using System.Globalization;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Cuts a kernel program into passes: each nest is one. Values without axes, with the merging of partial results, wait for the first pass that
/// needs one of them; those that follow from arguments alone are no pass's.
/// Needs: a program in scalar loops. Gives: passes that share nothing but memory.
/// </summary>
internal sealed class GpuProgramBuilder
{
    private readonly string _name;
    private readonly KernelLayout _layout;
    private readonly ImmutableArray<GpuPass>.Builder _passes = ImmutableArray.CreateBuilder<GpuPass>();
    private readonly List<ScalarStep> _done = new();
    private readonly List<ScalarStep> _pending = new();
    private readonly List<ScalarStep> _ofArguments = new();
    private readonly List<NestPass> _sources = new();

    private GpuProgramBuilder(string name, KernelLayout layout)
    {
        _name = name;
        _layout = layout;
    }

    /// <param name="program">The kernel program.</param>
    /// <param name="tree">The schedule that it was made of.</param>
    /// <param name="layout">Its layout.</param>
    public static GpuProgram Build(KernelProgram program, LoopTree tree, KernelLayout layout)
    {
        var builder = new GpuProgramBuilder(program.Name, layout);
        Axis?[] contiguous = tree.Items.OfType<Loop>().Select(root => tree.VectorAxes.TryGetValue(root, out Axis? axis) ? axis : null).ToArray();
        int nests = 0;
        foreach (KernelStep step in program.Steps)
        {
            if (step is ScalarStep scalar) (builder.FollowsFromArguments(scalar) ? builder._ofArguments : builder._pending).Add(scalar);
            else if (step is SortStep sort) builder.AddSort(sort);
            else builder.AddNest((NestStep)step, contiguous[nests++]);
        }

        builder.Flush();
        return new GpuProgram(program.Name, program.IsDouble, builder._passes.ToImmutable(), program.Workspace, layout, builder._ofArguments.ToImmutableArray());
    }

    // Little enough for every kernel to compute it again.
    private bool FollowsFromArguments(ScalarStep step) =>
        step is { Local: not null, Value: { } value } && value.Everything().All(part => part switch
        {
            Read => false,
            LocalValue local => _ofArguments.Any(s => s.Local!.Equals(local.Local)),
            Operation operation => !operation.Op.IsHeavy,
            _ => true,
        });

    private void AddNest(NestStep nest, Axis? contiguous)
    {
        HashSet<int> read = new(Slots(nest.Body));
        FlushIf(s => read.Contains(s.Slot));
        var pass = new NestPass(NextName("nest"), nest, NestMapping.Of(nest, contiguous));
        _passes.Add(pass);
        foreach (WritePartial partial in pass.Mapping.Partials.Where(p => p.Array is not null))
            _passes.Add(new ArrayMergePass(NextName("merge"), pass, nest.Partials[partial.Partial], partial.Array!));
        if (!pass.Scalars.IsEmpty) _sources.Add(pass);
    }

    private void AddSort(SortStep sort)
    {
        FlushIf(_ => false);
        _passes.Add(new SortPass(NextName("sort"), sort));
    }

    /// <summary>Ends a run of scalars before a pass that needs some of them, or may replace what they read. Else they wait: a pass for more of them is a launch less.</summary>
    private void FlushIf(Func<ScalarStep, bool> isNeeded)
    {
        if (_pending.Any(s => isNeeded(s) || (s.Value is not null && s.Value.Everything().Any(part => part is Read)))) Flush();
    }

    private static IEnumerable<int> Slots(ImmutableArray<KernelStatement> statements) => statements.SelectMany(s =>
        s.Expressions().SelectMany(e => e.Everything()).OfType<SlotValue>().Select(v => v.Slot).Concat(s.Blocks().SelectMany(Slots)));

    private void Flush()
    {
        if (_pending.Count == 0 && _sources.Count == 0) return;
        HashSet<KernelLocal> used = new(_pending.Where(s => s.Value is not null).SelectMany(s => s.Value!.Everything()).OfType<LocalValue>().Select(v => v.Local));
        ImmutableArray<ScalarStep> earlier = _done.Where(s => s.Local is not null && used.Contains(s.Local)).ToImmutableArray();
        foreach (ScalarStep step in earlier.Where(s => s.Slot < 0)) step.Slot = _layout.NewSlot();
        _passes.Add(new ScalarPass(NextName("scalars"), _sources.ToImmutableArray(), _pending.ToImmutableArray(), earlier));
        _done.AddRange(_pending);
        _pending.Clear();
        _sources.Clear();
    }

    private string NextName(string what) => $"{_name}_{what}{(_passes.Count + 1).ToString(CultureInfo.InvariantCulture)}";
}
