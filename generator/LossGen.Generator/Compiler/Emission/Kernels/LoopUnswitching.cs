using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Writes a vector loop once for each side of a choice that it makes the same everywhere, as for a parameter that turns a term on: neither loop
/// computes what the other side needs, and neither holds its constants in registers.
/// Needs: a nest's body in its final form. Gives: the same values, the choice made before the loop.
/// </summary>
internal static class LoopUnswitching
{
    /// <summary>Cheaper sides than this are computed and selected from.</summary>
    private const int LeastCost = 10;

    /// <summary>A loop is written at most 2^2 times.</summary>
    private const int MostConditions = 2;

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> block) => block.SelectMany(Inside).ToImmutableArray();

    private static IEnumerable<KernelStatement> Inside(KernelStatement statement) => statement switch
    {
        ScalarLoop loop => [loop with { Body = Run(loop.Body) }],
        JammedLoop loop => [loop with { Jammed = Run(loop.Jammed), Single = Run(loop.Single) }],
        BlockLoop loop => [loop with { Body = Run(loop.Body) }],
        PipelinedLoop loop => [loop with { First = Run(loop.First), Middle = Run(loop.Middle), Last = Run(loop.Last) }],
        VectorLoop loop when Unswitched(loop with { Prologue = ImmutableArray<KernelStatement>.Empty }, MostConditions) is Alternatives sides => loop.Prologue.Append(sides),
        _ => new[] { statement },
    };

    private static KernelStatement Unswitched(VectorLoop loop, int conditions)
    {
        if (conditions == 0 || Condition(loop) is not { } condition) return loop;
        KernelStatement Side(bool holds) => Unswitched(Decided(loop, condition, holds), conditions - 1);
        return new Alternatives(condition, ImmutableArray.Create(Side(true)), ImmutableArray.Create(Side(false)));
    }

    /// <summary>The first condition that saves enough.</summary>
    private static KernelExpression? Condition(VectorLoop loop)
    {
        KernelEffects effects = KernelEffects.Of(loop.Body);
        HashSet<KernelLocal> inside = effects.Assigned;
        inside.UnionWith(effects.Declared);
        inside.UnionWith(loop.BlockPrologue.OfType<Declare>().Select(d => d.Local));
        int whole = Cost(loop.Body);
        var cheap = new List<KernelExpression>();
        foreach (Operation choice in loop.Body.SelectMany(s => s.AllExpressions()).OfType<Operation>().Where(o => IsUniform(o, inside)))
        {
            KernelExpression condition = choice.Operands[0];
            if (cheap.Any(c => IsSame(c, condition))) continue;
            if ((2 * whole) - Cost(Decided(loop.Body, condition, true)) - Cost(Decided(loop.Body, condition, false)) >= LeastCost) return condition;
            cheap.Add(condition);
        }

        return null;
    }

    // c ? a : b of real lanes, where nothing in the loop changes c.
    private static bool IsUniform(Operation operation, HashSet<KernelLocal> inside) =>
        operation.Op.Is(Ops.Select) && operation.Lanes && !operation.Operands[0].IsLanes
        && operation.Operands[0].Everything().All(e => e is LocalValue { Local: var local } ? !inside.Contains(local) : e is not Read);

    private static int Cost(ImmutableArray<KernelStatement> block) => block.SelectMany(s => s.Everything()).SelectMany(s => s.AllExpressions())
        .OfType<Operation>().Where(o => o.Lanes).Sum(o => o.Op.Cost);

    private static VectorLoop Decided(VectorLoop loop, KernelExpression condition, bool holds) =>
        loop with { Body = Decided(loop.Body, condition, holds), Tail = Decided(loop.Tail, condition, holds) };

    private static ImmutableArray<KernelStatement> Decided(ImmutableArray<KernelStatement> block, KernelExpression condition, bool holds)
    {
        HashSet<KernelLocal> changing = KernelEffects.Of(block).Assigned;
        var zeros = new Dictionary<KernelLocal, KernelExpression>();
        KernelExpression? Chosen(KernelExpression expression) => expression switch
        {
            LocalValue local => zeros.TryGetValue(local.Local, out KernelExpression zero) ? zero : null,
            Operation { Lanes: true } select when IsSelected(select, condition) => select.Operands[holds ? 1 : 2].Rebuild(Chosen),
            Operation { Lanes: true } sum when sum.Op.Is(Ops.Add, Ops.Subtract) && sum.Operands.Any(o => !IsZero(o) && IsZero(o.Rebuild(Chosen))) =>
                Sum(sum, sum.Operands[0].Rebuild(Chosen), sum.Operands[1].Rebuild(Chosen)),
            _ => null,
        };

        var result = new List<KernelStatement>();
        foreach (KernelStatement statement in block)
        {
            KernelStatement decided = statement.Rebuild(Chosen);
            if (decided is Declare { Value: var value } zero && IsZero(value) && !changing.Contains(zero.Local)) zeros[zero.Local] = value;
            if (decided is not Assign { Value: LocalValue same } assign || !ReferenceEquals(same.Local, assign.Local)) result.Add(decided); // h = h + 0
        }

        return WithoutUnused(result);
    }

    private static bool IsSame(KernelExpression a, KernelExpression b) => ReferenceEquals(a, b) || KernelExpressionTree.IsSame(a, b);

    private static bool IsSelected(KernelExpression expression, KernelExpression condition) =>
        expression is Operation select && select.Op.Is(Ops.Select) && IsSame(select.Operands[0], condition);

    // x + 0 -> x, 0 + x -> x, x - 0 -> x
    private static KernelExpression Sum(Operation sum, KernelExpression left, KernelExpression right) =>
        IsZero(right) ? left
        : IsZero(left) && sum.Op.Is(Ops.Add) ? right
        : sum with { Operands = ImmutableArray.Create(left, right) };

    private static bool IsZero(KernelExpression expression) => expression is Splat { Scalar: NumberLiteral { Value: 0 } };

    private static ImmutableArray<KernelStatement> WithoutUnused(List<KernelStatement> block)
    {
        KernelEffects later = KernelEffects.Nothing();
        for (int k = block.Count - 1; k >= 0; k--)
        {
            if (block[k] is Declare { Local: var local } && !later.Used.Contains(local) && !later.Assigned.Contains(local)) block.RemoveAt(k);
            else later.Add(block[k]);
        }

        return block.ToImmutableArray();
    }
}
