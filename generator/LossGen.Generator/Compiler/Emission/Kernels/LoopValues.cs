using System.Collections.Immutable;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// The body of a vector loop as values, one for each function, and effects behind them. Needs: a loop with one vector a step. Gives: the same statements, in
/// which no function stands inside of another.
/// </summary>
internal sealed class LoopValues
{
    private readonly Func<string, string> _newName;
    private readonly List<Declare> _values = new();
    private readonly List<KernelStatement> _effects = new();
    private readonly KernelEffects _all;

    private LoopValues(ImmutableArray<KernelStatement> body, Func<string, string> newName)
    {
        _newName = newName;
        _all = KernelEffects.Of(body.Where(KernelEffects.IsEffect).ToImmutableArray());
        foreach (KernelStatement statement in body.Where(s => !KernelEffects.IsEffect(s))) _values.Add((Declare)Split(statement));
        foreach (KernelStatement statement in body.Where(KernelEffects.IsEffect)) _effects.Add(Split(statement));
    }

    /// <summary>What a vector computes before it has an effect.</summary>
    public IReadOnlyList<Declare> Values => _values;

    /// <summary>What it changes.</summary>
    public IReadOnlyList<KernelStatement> Effects => _effects;

    /// <summary>The values of a loop whose vectors may be computed before the ones before them have had their effects; else null.</summary>
    public static LoopValues? Of(VectorLoop loop, Func<string, string> newName)
    {
        ImmutableArray<KernelStatement> body = BodyOf(loop);
        return IsApart(loop, body) ? new LoopValues(body, newName) : null;
    }

    /// <summary>What the loop does with a vector that it does not leave.</summary>
    public static ImmutableArray<KernelStatement> BodyOf(VectorLoop loop) => loop.Body.Where(s => s is not (Leave or Comment)).ToImmutableArray();

    public static bool IsFunction(KernelExpression expression) => expression is Operation { Lanes: true, Op.IsHeavy: true };

    /// <summary>
    /// Whether the values of a vector do not depend on the effects of the one before it: they take nothing that an effect assigns, and of the arrays that it
    /// writes the vector alone that it writes itself. The row that a recurrence reads is another than the one it writes, and has a name of its own.
    /// </summary>
    private static bool IsApart(VectorLoop loop, ImmutableArray<KernelStatement> body)
    {
        if (!KernelEffects.MayWait(body)) return false;
        KernelEffects values = KernelEffects.Of(body.Where(s => !KernelEffects.IsEffect(s)).ToImmutableArray());
        if (values.Used.Overlaps(KernelEffects.Of(body.Where(KernelEffects.IsEffect).ToImmutableArray()).Assigned)) return false;
        ImmutableArray<Place> written = body.OfType<Write>().Select(w => w.Place).ToImmutableArray();
        if (written.Any(p => p.Access != Access.Contiguous || !p.Offset.SpeaksOf(loop.Axis))) return false;
        return body.SelectMany(s => s.AllExpressions()).OfType<Read>().All(read => written.All(p => !p.Buffer.Equals(read.Place.Buffer) || (read.Place.Access == Access.Contiguous && KernelExpressionTree.IsSame(p, read.Place))));
    }

    /// <summary>Writes functions inside of others, and those of effects, as values of their own.</summary>
    private KernelStatement Split(KernelStatement statement)
    {
        KernelExpression? Named(KernelExpression expression)
        {
            if (!IsFunction(expression) || !IsFree(expression)) return null;
            var operation = (Operation)expression;
            KernelExpression value = operation with { Operands = operation.Operands.Select(o => o.Rebuild(Named)).ToImmutableArray() };
            if (statement is Declare declare && ReferenceEquals(declare.Value, expression)) return value;
            var local = new KernelLocal(_newName("value"), value.Type, IsLanes: true, Precision.Working);
            _values.Add(new Declare(local, value));
            return new LocalValue(local);
        }

        return statement.Rebuild(Named);
    }

    private bool IsFree(KernelExpression expression) => expression.Everything().All(part =>
        part is Read read ? !_all.Written.Contains(read.Place.Buffer) : part is not LocalValue local || !_all.Assigned.Contains(local.Local));
}
