using System.Collections.Immutable;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Cuts a loop whose functions wait for each other into stages, each a loop over a strip of vectors: a processor looks ahead less far than one vector of such a
/// loss, and finds the next vectors' work where a stage is short. What later stages take is kept for the strip; what is read or costs little is done again.
/// Needs: a nest's body in its final form. Gives: the same, with the stages beside the body of such loops, and not a bit changed.
/// </summary>
internal sealed class VectorStages
{
    /// <summary>How long functions of one stage wait for each other, in units of an addition: about one function.</summary>
    private const int Depth = 12;

    /// <summary>A loop whose functions wait no longer than this stays whole.</summary>
    private const int LeastDepth = 15;

    /// <summary>And one whose functions cost no more than this, all together: a processor sees the next vector anyway.</summary>
    private const int LeastCost = 28;

    /// <summary>Two vectors side by side, in registers that are long enough, find as much work where functions wait no longer than this.</summary>
    private const int EnoughBeside = 22;

    /// <summary>Operations that are done again rather than kept.</summary>
    private const int FewOperations = 3;

    private readonly LoopValues _parts;
    private readonly Leave? _leave;
    private readonly int _depth;
    private readonly int _count;

    // Of each local: its statement, the locals that it takes, how long its functions wait for each other, and the first stage that can have it.
    private readonly Dictionary<KernelLocal, Declare> _declared = new();
    private readonly Dictionary<KernelLocal, KernelLocal[]> _inputs = new();
    private readonly HashSet<KernelLocal> _functions = new();
    private readonly Dictionary<KernelLocal, int> _depths = new();
    private readonly Dictionary<KernelLocal, int> _stages = new();

    // The first stage that takes a local.
    private readonly Dictionary<KernelLocal, int> _firstUse = new();

    private VectorStages(LoopValues parts, Leave? leave)
    {
        _parts = parts;
        _leave = leave;
        foreach (Declare declare in parts.Values)
        {
            int cost = CostOfFunctions(declare.Value);
            _inputs[declare.Local] = Inputs(declare.Value).ToArray();
            _declared[declare.Local] = declare;
            _depths[declare.Local] = _inputs[declare.Local].Select(l => _depths[l]).DefaultIfEmpty(0).Max() + cost;
            if (cost > 0) _functions.Add(declare.Local);
        }

        // A function that waits for none has no chain, however long it is.
        _depth = _functions.Where(f => _inputs[f].Any(l => _depths[l] > 0)).Select(f => _depths[f]).DefaultIfEmpty(0).Max();
        _count = _depth <= LeastDepth ? 1 : (_depth + Depth - 1) / Depth;
        if (_count > 1) Assign();
    }

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body, Func<string, string> newName) =>
        body.Select(s => Inside(s, newName)).ToImmutableArray();

    private static KernelStatement Inside(KernelStatement statement, Func<string, string> newName) => statement switch
    {
        // A row may be shorter than a strip: there two vectors side by side are better.
        VectorLoop { Unroll: 1 } loop when (loop.IsOfChunk || loop.Interleaved.IsEmpty) && IsLong(loop.Body) => Staged(loop, newName),
        // Vectors of several rows stand side by side already.
        JammedLoop => statement,
        _ => statement.WithBlocks(block => Run(block, newName)),
    };

    private static bool IsLong(ImmutableArray<KernelStatement> body) => body.Sum(s => s.Expressions().Sum(CostOfFunctions)) > LeastCost;

    private static int CostOfFunctions(KernelExpression expression) => expression.Everything().Sum(e => LoopValues.IsFunction(e) ? ((Operation)e).Op.Cost : 0);

    private static VectorLoop Staged(VectorLoop loop, Func<string, string> newName)
    {
        if (LoopValues.Of(loop, newName) is not { } parts) return loop;
        var stages = new VectorStages(parts, loop.Body.OfType<Leave>().FirstOrDefault());
        if (stages._count == 1 || stages.Stages() is not { } found) return loop;
        return loop with
        {
            Interleaved = stages._depth <= EnoughBeside ? loop.Interleaved : ImmutableArray<InterleavedStatement>.Empty,
            Stages = new(newName("strip"), newName("end"), newName("kept"), found),
        };
    }

    /// <summary>A function goes where the ones that it waits for let it, other values with the last of what they take.</summary>
    private void Assign()
    {
        foreach (Declare declare in _parts.Values)
        {
            int after = _inputs[declare.Local].Select(l => _stages[l]).DefaultIfEmpty(0).Max();
            _stages[declare.Local] = _functions.Contains(declare.Local) ? Math.Max(after, Math.Min((_depths[declare.Local] - 1) * _count / _depth, _count - 1)) : after;
        }

        foreach (KernelLocal local in OfEffects()) _firstUse[local] = _count - 1;
        foreach (Declare declare in _parts.Values.Reverse())
        {
            if (!_firstUse.TryGetValue(declare.Local, out int use)) continue;
            int stage = _functions.Contains(declare.Local) ? _stages[declare.Local] : use;
            foreach (KernelLocal input in _inputs[declare.Local]) _firstUse[input] = _firstUse.TryGetValue(input, out int known) ? Math.Min(known, stage) : stage;
        }
    }

    private ImmutableArray<VectorStage>? Stages()
    {
        var stages = new VectorStage[_count];
        var places = new Dictionary<KernelLocal, int>();
        for (int stage = _count - 1; stage >= 0; stage--)
        {
            var needed = new HashSet<KernelLocal>(stage == _count - 1 ? OfEffects() : places.Keys.Where(l => _stages[l] == stage));
            ImmutableArray<(KernelLocal Local, int Place)> stores = places.Where(p => _stages[p.Key] == stage).Select(p => (p.Key, p.Value)).OrderBy(p => p.Value).ToImmutableArray();
            var has = new HashSet<KernelLocal>(Walk(stage, new(needed), null).Taken);
            (List<Declare> values, List<KernelLocal> kept) = Walk(stage, needed, has);
            foreach (KernelLocal local in kept)
            {
                if (!IsKeepable(local)) return null;
                if (!places.ContainsKey(local)) places[local] = places.Count;
            }

            if (places.Count > VectorStage.MostKept) return null;
            IEnumerable<KernelStatement> body = values;
            if (stage == _count - 1) body = body.Concat(_leave is null ? _parts.Effects : _parts.Effects.Prepend(_leave));
            stages[stage] = new(kept.Select(l => (l, places[l])).OrderBy(k => k.Item2).ToImmutableArray(), body.ToImmutableArray(), stores);
        }

        // One function may be longer than a stage.
        ImmutableArray<VectorStage> filled = stages.Where(s => !s.Body.IsEmpty).ToImmutableArray();
        return filled.Length > 1 ? filled : null;
    }

    /// <summary>
    /// What a stage computes, and what it takes from the ones before it. Of values that are no functions it does those again that are few operations of what it
    /// has anyway, which is known from a first walk.
    /// </summary>
    private (List<Declare> Values, List<KernelLocal> Taken) Walk(int stage, HashSet<KernelLocal> needed, HashSet<KernelLocal>? has)
    {
        var values = new List<Declare>();
        var taken = new List<KernelLocal>();
        foreach (Declare declare in _parts.Values.Reverse())
        {
            KernelLocal local = declare.Local;
            if (!needed.Contains(local)) continue;
            bool isHere = _stages[local] == stage || (has is not null && !_functions.Contains(local) && IsDoneAgain(local, stage, has));
            if (!isHere)
            {
                taken.Add(local);
                continue;
            }

            values.Add(declare);
            needed.UnionWith(_inputs[local]);
        }

        values.Reverse();
        taken.Reverse();
        return (values, taken);
    }

    private bool IsDoneAgain(KernelLocal local, int stage, HashSet<KernelLocal> has)
    {
        int operations = 0;
        bool isNear = true, isRead = true;
        void Take(KernelLocal part)
        {
            if (has.Contains(part) && part != local) return;
            if (_functions.Contains(part))
            {
                isNear = false;
                return;
            }

            Declare declare = _declared[part];
            operations += declare.Value.Everything().Count(e => e is Operation or Read);
            isRead &= declare.Value.Everything().OfType<Read>().All(r => r.Place.Access is Access.Contiguous or Access.Scalar);
            if (operations > FewOperations && _firstUse[local] != stage) return;
            foreach (KernelLocal input in _inputs[part]) Take(input);
        }

        Take(local);
        return isNear && (_firstUse[local] == stage || (isRead && operations <= FewOperations));
    }

    /// <summary>Numbers and masks of one vector.</summary>
    private static bool IsKeepable(KernelLocal local) => local is { IsLanes: true, IsLong: false, Precision: Precision.Working, Type: Ir.ValueType.Real or Ir.ValueType.Truth };

    private IEnumerable<KernelLocal> OfEffects() => _parts.Effects.SelectMany(s => s.AllExpressions()).Concat(_leave is null ? [] : [_leave.Unusual]).SelectMany(Inputs).Distinct();

    private IEnumerable<KernelLocal> Inputs(KernelExpression expression) => expression.Everything().OfType<LocalValue>().Select(l => l.Local).Where(_declared.ContainsKey);
}
