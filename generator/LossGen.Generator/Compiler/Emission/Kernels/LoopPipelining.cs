using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Overlaps the rows of a loop that passes over each of them more than once: the first pass over a row runs before the last pass over the
/// row before. No pass then waits for the reduction that has just ended, and the next row is on its way to the cache.
/// Needs: a nest's body in its final form. Gives: the same operations, those on any one accumulator in the same order.
/// </summary>
internal sealed class LoopPipelining
{
    private readonly ScalarLoop _loop;
    private readonly ImmutableArray<KernelStatement> _first;
    private readonly ImmutableArray<KernelStatement> _middle;
    private readonly ImmutableArray<KernelStatement> _last;
    private readonly Func<string, string> _newName;
    private readonly List<KernelStatement> _declared = new();

    private LoopPipelining(ScalarLoop loop, int middle, int last, Func<string, string> newName)
    {
        _newName = newName;
        _loop = loop;
        _first = loop.Body.RemoveRange(middle, loop.Body.Length - middle);
        _middle = loop.Body.RemoveRange(last, loop.Body.Length - last).RemoveRange(0, middle);
        _last = loop.Body.RemoveRange(0, last);
    }

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body, Func<string, string> newName)
    {
        var result = ImmutableArray.CreateBuilder<KernelStatement>();
        foreach (KernelStatement statement in body)
        {
            if (statement is BlockLoop block) result.Add(block with { Body = Run(block.Body, newName) });
            else if (statement is not ScalarLoop loop) result.Add(statement);
            else if (Stages(loop, newName) is { } stages) result.Add(stages.Pipelined());
            else result.Add(loop with { Body = Run(loop.Body, newName) });
        }

        return result.ToImmutable();
    }

    /// <summary>The loop cut into stages; null where there is nothing to overlap, or where a row would see what the other one leaves.</summary>
    private static LoopPipelining? Stages(ScalarLoop loop, Func<string, string> newName)
    {
        int[] passes = Enumerable.Range(0, loop.Body.Length).Where(i => loop.Body[i] is VectorLoop).ToArray();
        if (loop.IsDescending || passes.Length < 2 || ((VectorLoop)loop.Body[passes[0]]).Accumulators.IsEmpty) return null;
        int last = passes.Length > 2 ? passes[passes.Length - 2] + 1 : passes[1];
        while (passes.Length == 2 && loop.Body[last - 1] is Comment) last--;
        var stages = new LoopPipelining(loop, passes[0] + 1, last, newName);
        return stages.MayOverlap() ? stages : null;
    }

    // The first stage changes places with the last one of the row before, and with nothing else.
    private bool MayOverlap()
    {
        var first = KernelEffects.Of(_first);
        var last = KernelEffects.Of(_last);
        return !first.Written.Overlaps(last.Touched) && !last.Written.Overlaps(first.Touched)
            && !last.Assigned.Overlaps(first.Assigned) && !last.Assigned.Overlaps(first.Used) && !last.Assigned.Overlaps(first.Declared)
            && !first.Assigned.Except(first.Declared).Any(last.Used.Contains)
            && first.Declared.Concat(KernelEffects.Of(_middle).Declared).All(local => !local.IsLanes);
    }

    private PipelinedLoop Pipelined()
    {
        var middle = KernelEffects.Of(_middle);
        var last = KernelEffects.Of(_last);
        HashSet<KernelLocal> declaredFirst = KernelEffects.Of(_first).Declared;

        // What the first stage leaves for the last one must survive its own next row.
        Dictionary<KernelLocal, KernelLocal> kept = declaredFirst.Where(last.Used.Contains).ToDictionary(l => l, l => new KernelLocal(_newName(l.Name), l.Type, false, l.Precision, l.IsLong));
        ImmutableArray<KernelStatement> lastStage = _last.Select(s => s.ReplaceInside(l => kept.TryGetValue(l, out KernelLocal copy) ? new LocalValue(copy) : null)).ToImmutableArray();
        IEnumerable<KernelStatement> copies = kept.Select(pair => Outside(pair.Value, new LocalValue(pair.Key)));
        ImmutableArray<KernelStatement> middleStage = Hoisted(_middle, last.Used).Concat(copies).ToImmutableArray();
        var firstUses = new HashSet<KernelLocal>(middle.Used.Concat(kept.Keys));
        ImmutableArray<KernelStatement> firstStage = Hoisted(_first, firstUses).ToImmutableArray();
        return new PipelinedLoop(_loop.Axis, _loop.From, _loop.To, firstStage, middleStage, lastStage) { Carried = _declared.ToImmutableArray() };
    }

    /// <summary>The statements with the locals that another stage uses declared before the loop.</summary>
    private IEnumerable<KernelStatement> Hoisted(ImmutableArray<KernelStatement> stage, HashSet<KernelLocal> usedElsewhere) =>
        stage.Select(s => s is Declare declare && usedElsewhere.Contains(declare.Local) ? Outside(declare.Local, declare.Value) : s).ToArray();

    private Assign Outside(KernelLocal local, KernelExpression value)
    {
        KernelExpression nothing = local.Type switch
        {
            ValueType.Truth => new TruthLiteral(false),
            ValueType.Integer => new IntegerForm(AffineForm.Zero),
            _ => new NumberLiteral(0, local.Precision),
        };
        _declared.Add(new Declare(local, nothing));
        return new Assign(local, value);
    }
}
