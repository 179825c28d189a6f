using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Makes methods of the largest loops of a nest that is too long for one: the JIT gives a method a limited number of variables, those of functions that it takes into it included,
/// and beyond them every function is a call, for which all vectors go to memory.
/// Needs: a nest's body in its final form. Gives: the same, with calls in place of some vector loops, and sums of tiles, inside of other loops.
/// </summary>
internal sealed class LoopOutlining
{
    private readonly MethodSize _size;
    private readonly Func<string, string> _newName;
    private KernelStatement _loop = null!;
    private int _routines;

    private LoopOutlining(MethodSize size, Func<string, string> newName)
    {
        _size = size;
        _newName = newName;
    }

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body, bool isDouble, Func<string, string> newName)
    {
        var size = new MethodSize(isDouble);
        return size.Of(body) <= MethodSize.MostOfNest ? body : new LoopOutlining(size, newName).Shortened(body);
    }

    private ImmutableArray<KernelStatement> Shortened(ImmutableArray<KernelStatement> body)
    {
        body = body.Select(WithoutCopies).ToImmutableArray();
        foreach ((KernelStatement loop, _) in body.SelectMany(s => LoopsIn(s, isInside: false)).Where(IsApart).Select(l => (Loop: l, Size: _size.Of(l))).Where(l => l.Size >= MethodSize.Least).OrderByDescending(l => l.Size))
        {
            if (_size.Of(body) <= MethodSize.MostOfNest) break;
            _loop = loop;
            body = Outlined(body);
        }

        return body;
    }

    /// <summary>Vectors side by side double a loop, which gains less by it than it loses by calls.</summary>
    private KernelStatement WithoutCopies(KernelStatement statement) =>
        statement is VectorLoop loop ? _size.Of(loop) > MethodSize.Most ? loop with { Interleaved = ImmutableArray<InterleavedStatement>.Empty, Stages = null } : loop : statement.WithBlocks(block => block.Select(WithoutCopies).ToImmutableArray());

    private static IEnumerable<KernelStatement> LoopsIn(KernelStatement statement, bool isInside) => statement switch
    {
        VectorLoop or RowSums => isInside ? [statement] : [],
        ScalarLoop or BlockLoop or JammedLoop or PipelinedLoop => statement.Blocks().SelectMany(b => b).SelectMany(s => LoopsIn(s, isInside: true)),
        Alternatives => statement.Blocks().SelectMany(b => b).SelectMany(s => LoopsIn(s, isInside)),
        _ => [],
    };

    /// <summary>Whether a loop has nothing that a parameter could not bring.</summary>
    private static bool IsApart(KernelStatement loop) => loop.Everything().All(s => s is Comment or Declare or Assign or DeclareRow or Write or ScatterAdd or Fill or ScalarLoop or BlockLoop or JammedLoop or VectorLoop or RowSums or Alternatives or Leave);

    private ImmutableArray<KernelStatement> Outlined(ImmutableArray<KernelStatement> block)
    {
        int place = block.Length - 1;
        while (place >= 0 && !ReferenceEquals(block[place], _loop)) place--;
        if (place < 0) return block.Select(s => s is VectorLoop or RowSums ? s : s.WithBlocks(Outlined)).ToImmutableArray();

        // What stands before the loop for its sake goes with it.
        int first = place;
        KernelEffects later = KernelEffects.Of(block.RemoveRange(0, place + 1));
        while (first > 0 && IsForLoop(block[first - 1], later)) first--;
        ImmutableArray<KernelStatement> run = block.RemoveRange(place + 1, block.Length - place - 1).RemoveRange(0, first);
        return block.RemoveRange(first, run.Length).Insert(first, new Call(RoutineOf(run)));
    }

    private static bool IsForLoop(KernelStatement statement, KernelEffects later) => statement switch
    {
        Comment => true,
        Declare declare => declare.Local.IsLanes && !later.Used.Contains(declare.Local),
        DeclareRow row => !later.Touched.Contains(row.Row),
        _ => false,
    };

    private Routine RoutineOf(ImmutableArray<KernelStatement> run)
    {
        KernelStatement[] all = run.SelectMany(s => s.Everything()).ToArray();
        var declared = new HashSet<KernelLocal>(all.SelectMany(Declared));
        var positions = new HashSet<Axis>(all.SelectMany(PositionsIn));
        positions.ExceptWith(all.SelectMany(BoundAxes));
        KernelEffects effects = KernelEffects.Of(run);
        effects.Touched.UnionWith(all.OfType<DeclareRow>().Select(r => r.Array));
        effects.Touched.ExceptWith(all.OfType<DeclareRow>().Select(r => r.Row));
        effects.Used.UnionWith(effects.Assigned);
        effects.Used.ExceptWith(declared);
        return new Routine(
            NewName(), run,
            positions.OrderBy(a => a.Index).ThenBy(a => a.Name, StringComparer.Ordinal).ToImmutableArray(),
            effects.Used.Where(l => !effects.Assigned.Contains(l)).OrderBy(l => l.Name, StringComparer.Ordinal).ToImmutableArray(),
            effects.Used.Where(effects.Assigned.Contains).OrderBy(l => l.Name, StringComparer.Ordinal).ToImmutableArray(),
            effects.Touched.OrderBy(b => b.Name, StringComparer.Ordinal).ToImmutableArray());
    }

    // No local of the nest may have a routine's name.
    private string NewName()
    {
        while (true)
        {
            string name = $"Loop{(++_routines).ToString(System.Globalization.CultureInfo.InvariantCulture)}";
            if (new[] { 512, 256, 128 }.Select(bits => Routine.NameOf(name, bits)).All(n => _newName(n) == n)) return name;
        }
    }

    private static IEnumerable<KernelLocal> Declared(KernelStatement statement) => statement switch
    {
        Declare declare => [declare.Local],
        BlockLoop loop => [loop.End],
        VectorLoop loop => [loop.TailCount],
        RowSums sums => [sums.Block.End, sums.Vector, sums.TailCount],
        _ => [],
    };

    private static IEnumerable<Axis> BoundAxes(KernelStatement statement) => statement switch
    {
        ScalarLoop loop => [loop.Axis],
        JammedLoop loop => [loop.Axis],
        BlockLoop loop => [loop.Start],
        VectorLoop loop => [loop.Axis],
        RowSums sums => [sums.Block.Of, sums.Block.Start, sums.Row, sums.Lanes],
        _ => [],
    };

    private static IEnumerable<Axis> PositionsIn(KernelStatement statement)
    {
        IEnumerable<AffineForm> forms = statement.AllExpressions().SelectMany(e => e switch
        {
            IntegerForm form => [form.Form],
            LanePositions lanes => [lanes.First],
            PaddedLength padded => [padded.Length],
            _ => Enumerable.Empty<AffineForm>(),
        });
        if (statement is VectorLoop loop) forms = forms.Concat(loop.Interior);
        return forms.SelectMany(f => f.Terms).Select(t => t.Symbol).Where(s => s.Kind == SymbolKind.Position).Select(s => s.Axis!);
    }
}
