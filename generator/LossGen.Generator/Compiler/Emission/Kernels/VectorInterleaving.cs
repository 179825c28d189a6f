using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Lays a few vectors of a loop side by side, function by function: the steps of one function wait for each other, and a processor looks ahead less far than
/// one vector of a loss with several. Effects come in the order of the vectors, so that not a bit changes. It takes the registers that 512 bits have.
/// Needs: a nest's body in its final form. Gives: the same, with an interleaved body beside that of such loops.
/// </summary>
internal sealed class VectorInterleaving
{
    /// <summary>Of 32 registers; the functions between the values need the others.</summary>
    private const int MostLive = 22;

    /// <summary>Three were up to 5 % faster with short functions, and slower with long ones.</summary>
    private const int Vectors = 2;

    private readonly VectorLoop _loop;
    private readonly Func<string, string> _newName;
    private readonly List<KernelStatement> _values = new();
    private readonly List<KernelStatement> _effects = new();
    private readonly KernelEffects _all;

    private VectorInterleaving(VectorLoop loop, Func<string, string> newName)
    {
        _loop = loop;
        _newName = newName;
        _all = KernelEffects.Of(loop.Body.Where(KernelEffects.IsEffect).ToImmutableArray());
    }

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body, Func<string, string> newName) =>
        body.Select(s => Inside(s, newName)).ToImmutableArray();

    private static KernelStatement Inside(KernelStatement statement, Func<string, string> newName) => statement switch
    {
        ScalarLoop loop => loop with { Body = Run(loop.Body, newName) },
        BlockLoop loop => loop with { Body = Run(loop.Body, newName) },
        PipelinedLoop loop => loop with { First = Run(loop.First, newName), Middle = Run(loop.Middle, newName), Last = Run(loop.Last, newName) },
        Alternatives sides => sides with { WhenTrue = Run(sides.WhenTrue, newName), WhenFalse = Run(sides.WhenFalse, newName) },
        VectorLoop { Unroll: 1 } loop when HasFunction(loop.Body) => new VectorInterleaving(loop, newName).Interleaved(),
        _ => statement,
    };

    private static bool HasFunction(ImmutableArray<KernelStatement> body) => body.Any(s => s.AllExpressions().Any(IsFunction));

    private static bool IsFunction(KernelExpression expression) => expression is Operation { Lanes: true, Op.IsHeavy: true };

    private VectorLoop Interleaved()
    {
        ImmutableArray<KernelStatement> body = _loop.Body.Where(s => s is not (Leave or Comment)).ToImmutableArray();
        Leave? leave = _loop.Body.OfType<Leave>().FirstOrDefault();
        if (!KernelEffects.MayWait(body) || !IsApart(body) || (leave is not null && leave.Unusual.SpeaksOf(_loop.Axis))) return _loop;

        // What one vector needs two need as well.
        if (MostLiveIn(body) > MostLive) return _loop;
        foreach (KernelStatement statement in body.Where(s => !KernelEffects.IsEffect(s))) Split(statement, _values);
        foreach (KernelStatement statement in body.Where(KernelEffects.IsEffect)) Split(statement, _effects);
        ImmutableArray<InterleavedStatement> interleaved = Interleaved(leave);
        return MostLiveIn(interleaved.Select(s => s.Statement).ToImmutableArray()) <= MostLive ? _loop with { Interleaved = interleaved } : _loop;
    }

    private ImmutableArray<InterleavedStatement> Interleaved(Leave? leave)
    {
        Dictionary<KernelLocal, KernelLocal>[] copies = Enumerable.Range(0, Vectors).Select(v => _values.OfType<Declare>().Select(d => d.Local).ToDictionary(l => l, l => v == 0 ? l : CopyOf(l))).ToArray();
        KernelExpression? Renamed(KernelLocal local, int vector) => copies[vector].TryGetValue(local, out KernelLocal copy) ? new LocalValue(copy) : null;
        KernelStatement For(int vector, KernelStatement statement) => statement.Replace(local => Renamed(local, vector)) switch
        {
            Declare declare => declare with { Local = copies[vector][declare.Local] },
            var other => other,
        };

        IEnumerable<InterleavedStatement> values = _values.SelectMany(value => Enumerable.Range(0, Vectors).Select(v => new InterleavedStatement(v, For(v, value))));
        if (leave is not null)
        {
            KernelExpression any = Enumerable.Range(0, Vectors).Select(v => leave.Unusual.Replace(local => Renamed(local, v)))
                .Aggregate((a, b) => new Operation(Ops.Or, ImmutableArray.Create(a, b), true));
            values = values.Append(new InterleavedStatement(0, new Leave(any)));
        }

        return values.Concat(Enumerable.Range(0, Vectors).SelectMany(v => _effects.Select(effect => new InterleavedStatement(v, For(v, effect))))).ToImmutableArray();
    }

    private KernelLocal CopyOf(KernelLocal local) => new(_newName(local.Name), local.Type, local.IsLanes, local.Precision, local.IsLong);

    /// <summary>
    /// Whether the values of a vector do not depend on the effects of the one before it: they take nothing that an effect assigns, and of the arrays that it
    /// writes the vector alone that it writes itself. The row that a recurrence reads is another than the one it writes, and has a name of its own.
    /// </summary>
    private bool IsApart(ImmutableArray<KernelStatement> body)
    {
        KernelEffects values = KernelEffects.Of(body.Where(s => !KernelEffects.IsEffect(s)).ToImmutableArray());
        if (values.Used.Overlaps(_all.Assigned)) return false;
        ImmutableArray<Place> written = body.OfType<Write>().Select(w => w.Place).ToImmutableArray();
        if (written.Any(p => p.Access != Access.Contiguous || !p.Offset.SpeaksOf(_loop.Axis))) return false;
        return body.SelectMany(s => s.AllExpressions()).OfType<Read>().All(read => written.All(p => !p.Buffer.Equals(read.Place.Buffer) || (read.Place.Access == Access.Contiguous && KernelExpressionTree.IsSame(p, read.Place))));
    }

    /// <summary>Writes functions inside of others, and those of effects, as values of their own.</summary>
    private void Split(KernelStatement statement, List<KernelStatement> target)
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

        target.Add(statement.Rebuild(Named));
    }

    private bool IsFree(KernelExpression expression) => expression.Everything().All(part =>
        part is Read read ? !_all.Written.Contains(read.Place.Buffer) : part is not LocalValue local || !_all.Assigned.Contains(local.Local));

    /// <summary>How many vectors are held at once, those that the loop does not change among them.</summary>
    private static int MostLiveIn(ImmutableArray<KernelStatement> statements)
    {
        var live = new HashSet<KernelLocal>();
        int most = 0;
        void Take(KernelExpression expression)
        {
            if (expression is LocalValue { IsLanes: true, Local: var local }) live.Add(local);
        }

        for (int k = statements.Length - 1; k >= 0; k--)
        {
            if (statements[k] is Declare declare) live.Remove(declare.Local);
            foreach (KernelExpression expression in statements[k].Expressions()) expression.Visit(Take);
            most = Math.Max(most, live.Count);
        }

        return most;
    }
}
