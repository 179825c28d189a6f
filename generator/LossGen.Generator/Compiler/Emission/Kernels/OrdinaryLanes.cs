using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Takes the short forms of functions in loops over whole vectors, and leaves a vector in which a lane needs a special case to the body of the
/// tail, which has the whole functions: the rare cases cost one branch a vector, and no register. Lanes that a mask keeps out need nothing.
/// Needs: a nest's body in its final form, in float. Gives: the same values, lane by lane, but for forms beside another operation, which are as good.
/// </summary>
internal sealed class OrdinaryLanes
{
    private readonly Func<string, string> _newName;
    private readonly List<KernelStatement> _before = new();
    private readonly Dictionary<string, KernelExpression> _unusual = new(StringComparer.Ordinal);
    private readonly LaneGuards _guards;

    // Operations of one local.
    private readonly HashSet<(string Op, KernelLocal Operand)> _ofLocals;

    // Lanes that it does not have are not taken from what is rewritten.
    private KernelExpression? _mask;

    private OrdinaryLanes(ImmutableArray<KernelStatement> body, Func<string, string> newName)
    {
        _newName = newName;
        _guards = LaneGuards.Of(body);
        _ofLocals = new HashSet<(string, KernelLocal)>(
            from statement in body
            from expression in statement.Expressions()
            from part in expression.Everything()
            where part is Operation { Lanes: true, Operands: { Length: 1 } operands } && operands[0] is LocalValue
            select (((Operation)part).Op.Name, ((LocalValue)((Operation)part).Operands[0]).Local));
    }

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body, Func<string, string> newName) =>
        body.Select(s => Inside(s, newName)).ToImmutableArray();

    private static KernelStatement Inside(KernelStatement statement, Func<string, string> newName) => statement switch
    {
        // The edges of an interior are the tail's already.
        VectorLoop { Interior.IsEmpty: true, Unroll: 1 } loop when KernelEffects.MayWait(loop.Body) => new OrdinaryLanes(loop.Body, newName).Shortened(loop),
        _ => statement.WithBlocks(block => Run(block, newName)),
    };

    private VectorLoop Shortened(VectorLoop loop)
    {
        foreach (KernelStatement statement in loop.Body.Where(s => !KernelEffects.IsEffect(s)))
        {
            _mask = statement is Declare declare ? _guards.MaskOf(declare.Local) : null;
            KernelStatement shorter = statement is Declare ? statement.Rebuild(Shorter) : statement;
            _before.Add(shorter);
        }

        _mask = null;

        // What an effect computes of another one stays where it is.
        KernelEffects all = KernelEffects.Of(loop.Body.Where(KernelEffects.IsEffect).ToImmutableArray());
        bool IsFree(KernelExpression e) => e.Everything().All(part => part is Read read ? !all.Written.Contains(read.Place.Buffer) : part is not LocalValue local || !all.Assigned.Contains(local.Local));
        List<KernelStatement> effects = loop.Body.Where(KernelEffects.IsEffect).Select(s => s.Rebuild(e => IsFree(e) ? Shorter(e) : null)).ToList();
        if (_unusual.Count == 0) return loop;
        KernelExpression any = _unusual.Values.Aggregate((a, b) => new Operation(Ops.Or, ImmutableArray.Create(a, b), true));
        return loop with { Body = _before.Append(new Leave(any)).Concat(effects).ToImmutableArray() };
    }

    private KernelExpression? Shorter(KernelExpression expression)
    {
        if (expression is not Operation { Lanes: true } operation) return null;
        if (_mask is null && LaneGuards.MaskOf(operation) is { } mask) return Guarded(operation, mask);
        if (operation.Op.Ordinary is not { } ordinary) return null;
        ImmutableArray<KernelExpression> operands = operation.Operands.Select(o => (KernelExpression)Named(o)).ToImmutableArray();
        bool isBeside = ordinary.Beside is { } beside && operation.Operands[0] is LocalValue { Local: var local } && _ofLocals.Contains((beside.Other, local));
        KernelExpression value = new Operation(isBeside ? ordinary.Beside!.Value.Value : ordinary.Value, operands, true);
        if (ordinary.Unusual is null)
        {
            LocalValue known = Local(value, "power");
            Leaves(known.Local.Name, known);
            return known;
        }

        Leaves(ordinary.Unusual.Name + string.Concat(operands.Select(o => " " + ((LocalValue)o).Local.Name)), new Operation(ordinary.Unusual, operands, true));
        return value;
    }

    /// <summary>A selection, whose first side matters in the lanes of its mask only.</summary>
    private Operation Guarded(Operation select, KernelExpression mask)
    {
        KernelExpression condition = mask.Rebuild(Shorter), otherwise = select.Operands[2].Rebuild(Shorter);
        _mask = condition;
        KernelExpression value = select.Operands[1].Rebuild(Shorter);
        _mask = null;
        return select with { Operands = ImmutableArray.Create(condition, value, otherwise) };
    }

    /// <summary>Notes a test; one that has been noted without a mask, or with another, covers all lanes.</summary>
    private void Leaves(string key, KernelExpression unusual)
    {
        KernelExpression test = _mask is null ? unusual : new Operation(Ops.And, ImmutableArray.Create(_mask, unusual), true);
        _unusual[key] = _unusual.ContainsKey(key) ? unusual : test;
    }

    /// <summary>A local for an operand, since the test needs it as well.</summary>
    private LocalValue Named(KernelExpression operand) => operand as LocalValue ?? Local(operand.Rebuild(Shorter), "argument");

    private LocalValue Local(KernelExpression value, string name)
    {
        var local = new KernelLocal(_newName(name), ValueType.Real, IsLanes: true, Precision.Working);
        _before.Add(new Declare(local, value));
        return new LocalValue(local);
    }
}
