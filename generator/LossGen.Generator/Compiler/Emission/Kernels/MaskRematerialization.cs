using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Writes a comparison of lanes where it is used, if choices alone use it: the runtime's compiler then knows that its lanes are whole, keeps it in a mask
/// register where there are such, and computes it once. In a local it is a vector, and a choice by a vector takes one instruction more or two.
/// Needs: a nest's body in its final form. Gives: the same values.
/// </summary>
internal sealed class MaskRematerialization
{
    /// <summary>Masks that more choices take would be computed again where the compiler does not see that they are equal.</summary>
    private const int MostChoices = 4;

    private readonly HashSet<KernelLocal> _changing;

    private MaskRematerialization(ImmutableArray<KernelStatement> body) => _changing = KernelEffects.Of(body).Assigned;

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body) => new MaskRematerialization(body).InPlace(body);

    private KernelStatement Inside(KernelStatement statement) => statement switch
    {
        ScalarLoop loop => loop with { Body = InPlace(loop.Body) },
        BlockLoop loop => loop with { Body = InPlace(loop.Body) },
        VectorLoop loop => loop with { Body = InPlace(loop.Body), Tail = InPlace(loop.Tail) },
        JammedLoop loop => loop with { Jammed = InPlace(loop.Jammed), Single = InPlace(loop.Single) },
        PipelinedLoop loop => loop with { First = InPlace(loop.First), Middle = InPlace(loop.Middle), Last = InPlace(loop.Last) },
        Alternatives sides => sides with { WhenTrue = InPlace(sides.WhenTrue), WhenFalse = InPlace(sides.WhenFalse) },
        _ => statement,
    };

    private ImmutableArray<KernelStatement> InPlace(ImmutableArray<KernelStatement> block)
    {
        Declare[] comparisons = block.OfType<Declare>().Where(d => d.Local.IsTemporary && IsComparison(d.Value)).ToArray();
        if (comparisons.Length == 0) return block.Select(Inside).ToImmutableArray();
        var own = new Uses();
        foreach (KernelStatement statement in block) own.Add(statement);

        // Nothing but choices of this block takes it.
        HashSet<KernelLocal> inside = KernelEffects.Of(block.SelectMany(s => s.Blocks()).SelectMany(b => b).ToImmutableArray()).Used;
        Dictionary<KernelLocal, KernelExpression> masks = comparisons
            .Where(d => own.Choices(d.Local) is > 0 and <= MostChoices and var choices && choices == own.Of(d.Local) && !inside.Contains(d.Local))
            .ToDictionary(d => d.Local, d => d.Value);
        return block.Where(s => s is not Declare declare || !masks.ContainsKey(declare.Local))
            .Select(s => Inside(masks.Count == 0 ? s : s.Replace(local => masks.TryGetValue(local, out KernelExpression mask) ? mask : null)))
            .ToImmutableArray();
    }

    // Of operands that a register holds, or an instruction does.
    private bool IsComparison(KernelExpression value) =>
        value is Operation { Lanes: true, Long: false } operation && operation.Op.Is(Ops.Less, Ops.LessOrEqual, Ops.Greater, Ops.GreaterOrEqual, Ops.Equal, Ops.NotEqual)
        && operation.Operands.All(o => !o.IsLong && (o is LocalValue { Local: var local } ? !_changing.Contains(local) : o is Splat { Scalar: NumberLiteral or IntegerForm { Form.IsConstant: true } }));

    /// <summary>How often statements take a mask, and how often as what a choice goes by.</summary>
    private sealed class Uses
    {
        private readonly Dictionary<KernelLocal, int> _uses = new();
        private readonly Dictionary<KernelLocal, int> _choices = new();

        public int Of(KernelLocal mask) => _uses.TryGetValue(mask, out int uses) ? uses : 0;

        public int Choices(KernelLocal mask) => _choices.TryGetValue(mask, out int choices) ? choices : 0;

        public void Add(KernelStatement statement)
        {
            foreach (KernelExpression expression in statement.Expressions()) expression.Visit(Add);
        }

        private void Add(KernelExpression expression)
        {
            if (expression is LocalValue { Local: { Type: ValueType.Truth } local }) _uses[local] = Of(local) + 1;
            if (expression is Operation { Lanes: true } choice && choice.Op.Is(Ops.Select) && choice.Operands[0] is LocalValue { Local: var mask }) _choices[mask] = Choices(mask) + 1;
        }
    }
}
