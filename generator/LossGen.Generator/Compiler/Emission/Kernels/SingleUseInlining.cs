using System.Collections.Immutable;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Writes temporaries that are used once where they are used, so that a kernel reads like formulas rather than like a list of
/// operations. Needs: the body of a nest. Gives: the same computation with fewer names; values with the user's names keep them.
/// </summary>
internal sealed class SingleUseInlining
{
    /// <summary>Longer expressions than this are no easier to read.</summary>
    private const int LargestExpression = 12;

    /// <summary>On one side of a choice for all lanes, which is computed only if it is chosen.</summary>
    private const int LargestSide = 32;

    private readonly Dictionary<KernelLocal, int> _uses = new();

    // A maximum or minimum of lanes takes each of its operands twice.
    private readonly HashSet<KernelLocal> _takenTwice = new();

    private SingleUseInlining(ImmutableArray<KernelStatement> body) => Count(body);

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body) => new SingleUseInlining(body).Inline(body);

    private void Count(ImmutableArray<KernelStatement> block)
    {
        foreach (KernelStatement statement in block)
        {
            foreach (KernelExpression expression in statement.AllExpressions())
            {
                if (expression is Operation { Lanes: true } extreme && extreme.Op.Is(Ir.Ops.Max, Ir.Ops.Min)) _takenTwice.UnionWith(extreme.Operands.OfType<LocalValue>().Select(o => o.Local));
                if (expression is not LocalValue { Local: var local }) continue;
                _uses.TryGetValue(local, out int uses);
                _uses[local] = uses + 1;
            }

            foreach (ImmutableArray<KernelStatement> inner in statement.Blocks()) Count(inner);
        }
    }

    private ImmutableArray<KernelStatement> Inline(ImmutableArray<KernelStatement> block)
    {
        List<KernelStatement> result = block.Select(InlineInside).ToList();
        List<IReadOnlyList<KernelExpression>> own = result.Select(s => s.AllExpressions()).ToList();
        for (int k = 0; k < result.Count; k++)
        {
            if (result[k] is not Declare { Local: { IsTemporary: true } local } declare || Uses(local) != 1 || _takenTwice.Contains(local)) continue;
            int user = UserOf(result, own, k, declare);
            if (user < 0) continue;
            result[user] = result[user].Replace(other => ReferenceEquals(other, local) ? declare.Value : null);
            own[user] = result[user].AllExpressions();
            result.RemoveAt(k);
            own.RemoveAt(k);

            // What stood before may now reach its use as well.
            k = Math.Max(-1, k - 2);
        }

        return result.ToImmutableArray();
    }

    private KernelStatement InlineInside(KernelStatement statement) => statement switch
    {
        ScalarLoop loop => loop with { Body = Inline(loop.Body) },
        BlockLoop loop => loop with { Body = Inline(loop.Body) },
        VectorLoop loop => loop with { Body = Inline(loop.Body), Tail = Inline(loop.Tail), BlockEpilogue = Inline(loop.BlockEpilogue) },
        _ => statement,
    };

    /// <summary>The statement of the same block that uses the local, if the value is still the same there; else -1.</summary>
    private static int UserOf(List<KernelStatement> block, List<IReadOnlyList<KernelExpression>> expressions, int declared, Declare declare)
    {
        IReadOnlyList<KernelExpression> parts = expressions[declared];
        bool reads = parts.Any(p => p is Read);
        for (int k = declared + 1; k < block.Count; k++)
        {
            IReadOnlyList<KernelExpression> own = expressions[k];
            if (Uses(own, declare.Local))
                return block[k] is Declare or Assign or Write or ScatterAdd && own.Count + parts.Count <= (IsOnOneSide(own, declare.Local) ? LargestSide : LargestExpression) ? k : -1;
            bool changesMemory = block[k] is Write or ScatterAdd or SortRow or ScalarLoop or BlockLoop or VectorLoop or Fill;
            if (reads && changesMemory) return -1;
            if (block[k] is Assign assign && Uses(parts, assign.Local)) return -1;
            if (block[k] is ScalarLoop or BlockLoop or VectorLoop) return -1;
        }

        return -1;
    }

    private static bool IsOnOneSide(IReadOnlyList<KernelExpression> expressions, KernelLocal local) => expressions.Any(e =>
        e is Operation { Lanes: true, Op: var op, Operands: var o } && op.Is(Ir.Ops.Select, Ir.Ops.IntegerSelect) && !o[0].IsLanes && o.Skip(1).Any(side => Uses(side.Everything().ToArray(), local)));

    private static bool Uses(IReadOnlyList<KernelExpression> expressions, KernelLocal local)
    {
        for (int i = 0; i < expressions.Count; i++)
        {
            if (expressions[i] is LocalValue value && ReferenceEquals(value.Local, local)) return true;
        }

        return false;
    }

    private int Uses(KernelLocal local) => _uses.TryGetValue(local, out int uses) ? uses : 0;
}
