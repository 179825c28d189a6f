using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Computes what only one side of a choice needs on that side, where a vector loop makes the same choice everywhere, as for a parameter that
/// turns a term on. Needs: a nest's body in its final form. Gives: the same values by a branch that the processor always foretells.
/// </summary>
internal sealed class UniformBranches
{
    /// <summary>Cheaper sides than this are computed as well as jumped over.</summary>
    private const int LeastCost = 10;

    private readonly Func<string, string> _newName;
    private readonly Dictionary<KernelLocal, int> _uses = new();

    private UniformBranches(ImmutableArray<KernelStatement> body, Func<string, string> newName)
    {
        _newName = newName;
        Count(body);
    }

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body, Func<string, string> newName) => new UniformBranches(body, newName).All(body);

    private void Count(ImmutableArray<KernelStatement> block)
    {
        foreach (KernelStatement statement in block)
        {
            foreach (KernelLocal local in statement.Expressions().SelectMany(LocalsOf)) _uses[local] = Uses(local) + 1;
            foreach (ImmutableArray<KernelStatement> inner in statement.Blocks()) Count(inner);
        }
    }

    private int Uses(KernelLocal local) => _uses.TryGetValue(local, out int uses) ? uses : 0;

    private ImmutableArray<KernelStatement> All(ImmutableArray<KernelStatement> block) => block.Select(Inside).ToImmutableArray();

    private KernelStatement Inside(KernelStatement statement) => statement switch
    {
        ScalarLoop loop => loop with { Body = All(loop.Body) },
        JammedLoop loop => loop with { Jammed = All(loop.Jammed), Single = All(loop.Single) },
        BlockLoop loop => loop with { Body = All(loop.Body) },
        PipelinedLoop loop => loop with { First = All(loop.First), Middle = All(loop.Middle), Last = All(loop.Last) },
        VectorLoop loop => loop with { Body = Branched(All(loop.Body)), Tail = Branched(All(loop.Tail)) },
        _ => statement,
    };

    private ImmutableArray<KernelStatement> Branched(ImmutableArray<KernelStatement> block)
    {
        List<KernelStatement> result = block.ToList();
        HashSet<KernelLocal> inside = KernelEffects.Of(block).Assigned;
        inside.UnionWith(block.OfType<Declare>().Select(d => d.Local));
        for (int k = result.Count - 1; k >= 0; k--)
        {
            if (result[k] is not (Declare or Assign or Write or ScatterAdd)) continue;
            foreach (Operation choice in result[k].Expressions().SelectMany(KernelExpressionTree.Everything).OfType<Operation>().Where(o => IsUniform(o, inside)).ToList())
            {
                List<Declare> whenTrue = OnlyFor(choice.Operands[1], result, k), whenFalse = OnlyFor(choice.Operands[2], result, k);
                if (Cost(whenTrue, choice.Operands[1]) + Cost(whenFalse, choice.Operands[2]) < LeastCost) continue;
                KernelLocal chosen = new(_newName("chosen"), choice.Type, IsLanes: true, Precision.Working);
                var branch = new Branch(chosen, choice.Operands[0], whenTrue.ToImmutableArray<KernelStatement>(), choice.Operands[1], whenFalse.ToImmutableArray<KernelStatement>(), choice.Operands[2]);
                result[k] = result[k].Rebuild(e => ReferenceEquals(e, choice) ? new LocalValue(chosen) : null);
                result.Insert(k, branch);


                // The statement again: it may choose twice.
                k += 2 - result.RemoveAll(s => s is Declare declare && (whenTrue.Contains(declare) || whenFalse.Contains(declare)));
                break;
            }
        }

        return result.ToImmutableArray();
    }

    // c ? a : b of real lanes, where nothing in the loop changes c.
    private static bool IsUniform(Operation operation, HashSet<KernelLocal> inside) =>
        operation.Op.Is(Ops.Select) && operation.Lanes && !operation.Operands[0].IsLanes
        && operation.Operands[0].Everything().All(e => e is LocalValue { Local: var local } ? !inside.Contains(local) : e is not Read);

    /// <summary>The declarations before a statement that nothing but this part of it needs, in order.</summary>
    private List<Declare> OnlyFor(KernelExpression part, List<KernelStatement> block, int user)
    {
        var needed = new Dictionary<KernelLocal, int>();
        void Need(KernelExpression expression)
        {
            foreach (KernelLocal local in LocalsOf(expression)) needed[local] = (needed.TryGetValue(local, out int count) ? count : 0) + 1;
        }

        var only = new List<Declare>();
        Need(part);
        bool writes = false;
        var assigned = new HashSet<KernelLocal>();
        for (int k = user - 1; k >= 0; k--)
        {
            if (block[k] is Declare declare && needed.TryGetValue(declare.Local, out int count) && count == Uses(declare.Local)
                && !(writes && declare.Value.Everything().Any(e => e is Read)) && !LocalsOf(declare.Value).Any(assigned.Contains))
            {
                only.Insert(0, declare);
                Need(declare.Value);
                continue;
            }

            if (block[k] is not (Declare or Comment or Assign)) writes = true;
            if (block[k] is Assign assign) assigned.Add(assign.Local);
            foreach (ImmutableArray<KernelStatement> inner in block[k].Blocks()) assigned.UnionWith(KernelEffects.Of(inner).Assigned);
        }

        return only;
    }

    private static int Cost(List<Declare> declares, KernelExpression value) => declares.Select(d => d.Value).Append(value)
        .SelectMany(KernelExpressionTree.Everything).OfType<Operation>().Where(o => o.Lanes).Sum(o => o.Op.Cost);

    private static IEnumerable<KernelLocal> LocalsOf(KernelExpression expression) => expression.Everything().OfType<LocalValue>().Select(v => v.Local);
}
