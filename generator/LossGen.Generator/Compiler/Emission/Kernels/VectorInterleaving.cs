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

    private readonly Func<string, string> _newName;
    private readonly LoopValues _parts;

    private VectorInterleaving(LoopValues parts, Func<string, string> newName) => (_parts, _newName) = (parts, newName);

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body, Func<string, string> newName) =>
        body.Select(s => Inside(s, newName)).ToImmutableArray();

    private static KernelStatement Inside(KernelStatement statement, Func<string, string> newName) => statement switch
    {
        VectorLoop { Unroll: 1 } loop when loop.Body.Any(s => s.AllExpressions().Any(LoopValues.IsFunction)) => Interleaved(loop, newName),
        // Vectors of several rows stand side by side already.
        JammedLoop => statement,
        _ => statement.WithBlocks(block => Run(block, newName)),
    };

    private static VectorLoop Interleaved(VectorLoop loop, Func<string, string> newName)
    {
        Leave? leave = loop.Body.OfType<Leave>().FirstOrDefault();

        // What one vector needs two need as well.
        if ((leave is not null && leave.Unusual.SpeaksOf(loop.Axis)) || MostLiveIn(LoopValues.BodyOf(loop)) > MostLive || LoopValues.Of(loop, newName) is not { } parts) return loop;
        ImmutableArray<InterleavedStatement> interleaved = new VectorInterleaving(parts, newName).Interleaved(leave);
        return MostLiveIn(interleaved.Select(s => s.Statement).ToImmutableArray()) <= MostLive ? loop with { Interleaved = interleaved } : loop;
    }

    private ImmutableArray<InterleavedStatement> Interleaved(Leave? leave)
    {
        Dictionary<KernelLocal, KernelLocal>[] copies = Enumerable.Range(0, Vectors).Select(v => _parts.Values.Select(d => d.Local).ToDictionary(l => l, l => v == 0 ? l : CopyOf(l))).ToArray();
        KernelExpression? Renamed(KernelLocal local, int vector) => copies[vector].TryGetValue(local, out KernelLocal copy) ? new LocalValue(copy) : null;
        KernelStatement For(int vector, KernelStatement statement) => statement.Replace(local => Renamed(local, vector)) switch
        {
            Declare declare => declare with { Local = copies[vector][declare.Local] },
            var other => other,
        };

        IEnumerable<InterleavedStatement> values = _parts.Values.SelectMany(value => Enumerable.Range(0, Vectors).Select(v => new InterleavedStatement(v, For(v, value))));
        if (leave is not null)
        {
            KernelExpression any = Enumerable.Range(0, Vectors).Select(v => leave.Unusual.Replace(local => Renamed(local, v)))
                .Aggregate((a, b) => new Operation(Ops.Or, ImmutableArray.Create(a, b), true));
            values = values.Append(new InterleavedStatement(0, new Leave(any)));
        }

        return values.Concat(Enumerable.Range(0, Vectors).SelectMany(v => _parts.Effects.Select(effect => new InterleavedStatement(v, For(v, effect))))).ToImmutableArray();
    }

    private KernelLocal CopyOf(KernelLocal local) => new(_newName(local.Name), local.Type, local.IsLanes, local.Precision, local.IsLong);

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
