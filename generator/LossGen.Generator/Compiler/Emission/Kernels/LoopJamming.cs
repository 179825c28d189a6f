using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Runs neighbouring positions of a loop through the vector loop inside of it together, where they read the same vectors or add to the
/// same ones: each is then loaded once for several operations, from the register instead of the cache, and from the cache instead of memory.
/// Needs: a nest's body in its final form. Gives: the same operations, those on any one accumulator of working precision in the same order.
/// </summary>
internal sealed class LoopJamming
{
    /// <summary>Beyond this cost of a vector's operations loads matter little, and registers become scarce.</summary>
    private const int HeaviestBody = 8;

    private const int MostCopies = 4;

    /// <summary>Of 16 registers, some hold what is read.</summary>
    private const int MostAccumulators = 12;

    private readonly ScalarLoop _loop;
    private readonly VectorLoop _vectors;
    private readonly Func<string, string> _newName;
    private readonly int _copies;
    private readonly HashSet<KernelLocal> _varying = new();
    private readonly HashSet<KernelLocal> _shared = new();
    private readonly List<Dictionary<KernelLocal, KernelLocal>> _renames = new();

    private LoopJamming(ScalarLoop loop, VectorLoop vectors, int copies, Func<string, string> newName)
    {
        _loop = loop;
        _vectors = vectors;
        _newName = newName;
        _copies = copies;
        Follow(loop.Body);
    }

    public static ImmutableArray<KernelStatement> Run(ImmutableArray<KernelStatement> body, Func<string, string> newName) => body.Select(s => Run(s, newName)).ToImmutableArray();

    private static KernelStatement Run(KernelStatement statement, Func<string, string> newName) => statement switch
    {
        ScalarLoop loop => Candidate(loop, newName) is { } jamming ? jamming.Jammed() : loop with { Body = Run(loop.Body, newName) },
        PipelinedLoop loop => loop with { First = Run(loop.First, newName), Middle = Run(loop.Middle, newName), Last = Run(loop.Last, newName) },
        BlockLoop loop => loop with { Body = Run(loop.Body, newName) },
        _ => statement,
    };

    private static LoopJamming? Candidate(ScalarLoop loop, Func<string, string> newName)
    {
        if (OnlyVectors(loop.Body) is not { } vectors || !MayJam(loop, newName)) return null;
        int copies = Math.Min(MostCopies, MostAccumulators / Math.Max(1, vectors.Accumulators.Length * vectors.Unroll));
        return copies < 2 ? null : new LoopJamming(loop, vectors, copies, newName);
    }

    /// <summary>Whether positions of a loop may go together, and share what a vector reads or adds to.</summary>
    public static bool MayJam(ScalarLoop loop, Func<string, string> newName)
    {
        if (loop.IsDescending || OnlyVectors(loop.Body) is not { } vectors) return false;
        var jamming = new LoopJamming(loop, vectors, MostCopies, newName);
        return jamming.IsWorthIt() && jamming.IsSafe();
    }

    /// <summary>The body of a loop for some neighbouring positions at once, in terms of the first of them.</summary>
    public static ImmutableArray<KernelStatement> BodyOf(ScalarLoop loop, int copies, Func<string, string> newName) =>
        new LoopJamming(loop, OnlyVectors(loop.Body)!, copies, newName).Jammed().Jammed;

    /// <summary>The one vector loop of a body that has no other loop but those around it.</summary>
    public static VectorLoop? OnlyVectors(ImmutableArray<KernelStatement> body)
    {
        if (!body.All(s => s is Comment or Declare or Assign or Write or VectorLoop or ScalarLoop { IsDescending: false })) return null;
        KernelStatement[] loops = body.Where(s => s is VectorLoop or ScalarLoop).ToArray();
        return loops.Length != 1 ? null : loops[0] is ScalarLoop inner ? OnlyVectors(inner.Body) : (VectorLoop)loops[0];
    }

    /// <summary>Each position has locals of its own for what varies with it, and for its accumulators.</summary>
    private void Follow(ImmutableArray<KernelStatement> statements)
    {
        foreach (KernelStatement statement in statements)
        {
            if (statement is Declare declare) _varying.Add(declare.Local);
            else if (statement is Assign assign) _varying.Add(assign.Local);
            else if (statement is ScalarLoop inner) Follow(inner.Body);
            else if (statement is VectorLoop) FollowVectors();
        }
    }

    private void FollowVectors()
    {
        Follow(_vectors.BlockPrologue);
        foreach (KernelStatement statement in _vectors.Prologue.Concat(_vectors.Body).Concat(_vectors.Tail))
        {
            if (statement is Declare declare) (Varies(declare.Value) ? _varying : _shared).Add(declare.Local);
            else if (statement is Assign assign) _varying.Add(assign.Local);
        }

        Follow(_vectors.BlockEpilogue);
    }

    private bool Varies(KernelExpression expression) => expression.Everything().Any(e => e switch
    {
        IntegerForm form => Varies(form.Form),
        LanePositions lanes => Varies(lanes.First),
        LocalValue local => _varying.Contains(local.Local),
        _ => false,
    });

    private bool Varies(AffineForm form) => form.CoefficientOf(Symbol.PositionOf(_loop.Axis)) != 0;

    private bool Varies(Place place) => place.Expressions().Any(Varies);

    private bool IsWorthIt()
    {
        if (!_vectors.Interior.IsEmpty || !_vectors.Body.Concat(_vectors.Tail).All(s => s is Declare or Assign or Write)) return false;
        KernelExpression[] all = Expressions(_vectors.Body).ToArray();
        return all.OfType<Operation>().Where(o => o.Lanes).Sum(o => o.Op.Cost) <= HeaviestBody && all.OfType<Read>().Any(r => r.IsLanes && !Varies(r.Place));
    }

    /// <summary>
    /// Two positions may change places where no element of an array is met by both, or where both meet it at the same point of the loops
    /// inside, in whose order they stay; and where no local outlives a position but as a sum.
    /// </summary>
    private bool IsSafe()
    {
        HashSet<KernelLocal> own = new(_loop.Body.SelectMany(s => s.Everything()).OfType<Declare>().Select(d => d.Local));
        KernelStatement[] all = _loop.Body.SelectMany(s => s.Everything()).ToArray();
        foreach (Assign assign in all.OfType<Assign>().Where(a => !own.Contains(a.Local)))
        {
            // Used for nothing but its own next value. A sum in float64 may have another order.
            int uses = Expressions(all).OfType<LocalValue>().Count(l => ReferenceEquals(l.Local, assign.Local));
            if (assign.Local.IsLanes || all.OfType<Assign>().Count(a => ReferenceEquals(a.Local, assign.Local)) != 1 || uses != 1) return false;
        }

        if (all.Any(s => s is ScatterAdd or Fill or SortRow or WritePartial)) return false;
        if (_loop.Body.SelectMany(s => s.Everything()).OfType<ScalarLoop>().SelectMany(l => l.Expressions()).Any(Varies)) return false;
        return AreApart(_loop.Body, ImmutableArray<Axis>.Empty, all) && _vectors.Body.Concat(_vectors.Tail).OfType<Write>().All(w => IsSum(w) || Varies(w.Place));
    }

    /// <summary>Whether the writes inside of some loops, at that point, are.</summary>
    private bool AreApart(ImmutableArray<KernelStatement> body, ImmutableArray<Axis> inside, KernelStatement[] all) => body.All(statement => statement switch
    {
        Write write => IsApart(write.Place, inside) && HasOneOffset(write, all),
        ScalarLoop loop => AreApart(loop.Body, inside.Add(loop.Axis), all),
        VectorLoop => _vectors.Body.Concat(_vectors.Tail).OfType<Write>().All(write => IsApart(write.Place, inside) && HasOneOffset(write, all)),
        _ => true,
    });

    // Its own element for each position of this loop, or for each of the loops between: others then meet it in the order that they keep.
    private bool IsApart(Place place, ImmutableArray<Axis> inside)
    {
        KernelExpression[] parts = place.Expressions().SelectMany(KernelExpressionTree.Everything).ToArray();
        bool Speaks(Axis axis) => parts.OfType<IntegerForm>().Any(form => form.Form.CoefficientOf(Symbol.PositionOf(axis)) != 0);
        return !parts.OfType<LocalValue>().Any(l => _varying.Contains(l.Local)) && (Speaks(_loop.Axis) || inside.All(Speaks));
    }

    private static bool HasOneOffset(Write write, KernelStatement[] all) =>
        all.OfType<Write>().Select(w => w.Place).Concat(Expressions(all).OfType<Read>().Select(r => r.Place))
            .Where(place => place.Buffer.Equals(write.Place.Buffer)).All(place => KernelExpressionTree.IsSame(place, write.Place));

    /// <summary>Whether every position adds to what stands at the same place.</summary>
    private bool IsSum(Write write) => !Varies(write.Place) && write.Value.Everything().Count(e => IsHeld(e, write)) == 1;

    private static bool IsHeld(KernelExpression expression, Write write) => expression is Read read && KernelExpressionTree.IsSame(read.Place, write.Place);

    private static IEnumerable<KernelExpression> Expressions(IEnumerable<KernelStatement> statements) =>
        statements.SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything);

    private JammedLoop Jammed()
    {
        ImmutableArray<KernelStatement> body = Extracted(_vectors.Body), tail = Extracted(_vectors.Tail);
        List<KernelLocal> own = _loop.Body.SelectMany(s => s.Everything()).OfType<Declare>().Select(d => d.Local).Distinct().Where(l => !_shared.Contains(l)).ToList();
        for (int k = 0; k < _copies; k++)
            _renames.Add(k == 0 ? new() : own.ToDictionary(l => l, l => new KernelLocal(_newName(l.Name), l.Type, l.IsLanes, l.Precision, l.IsLong) { IsTemporary = l.IsTemporary }));
        VectorLoop vectors = _vectors with
        {
            Prologue = EachCopy(_vectors.Prologue),
            BlockPrologue = EachCopy(_vectors.BlockPrologue),
            Body = Interleaved(body),
            Tail = Interleaved(tail),
            BlockEpilogue = EachCopy(_vectors.BlockEpilogue),
            Accumulators = Enumerable.Range(0, _copies).SelectMany(k => _vectors.Accumulators.Select(a => (Renamed(a.Lanes, k), a.Combination))).ToImmutableArray(),
        };
        return new JammedLoop(_loop.Axis, _loop.From, _loop.To, _copies, Together(_loop.Body, vectors), _loop.Body);
    }

    /// <summary>The loops once, all else for each position.</summary>
    private ImmutableArray<KernelStatement> Together(ImmutableArray<KernelStatement> body, VectorLoop vectors)
    {
        int at = Enumerable.Range(0, body.Length).First(i => body[i] is VectorLoop or ScalarLoop);
        KernelStatement loop = body[at] is ScalarLoop inner ? inner with { Body = Together(inner.Body, vectors) } : vectors;
        return EachCopy(body.RemoveRange(at, body.Length - at)).Add(loop).AddRange(EachCopy(body.RemoveRange(0, at + 1)));
    }

    private ImmutableArray<KernelStatement> EachCopy(ImmutableArray<KernelStatement> statements) => Enumerable.Range(0, _copies)
        .SelectMany(k => statements.Where(s => k == 0 || s is not Comment && !IsShared(s)).Select(s => Copy(s, k))).ToImmutableArray();

    private bool IsShared(KernelStatement statement) => statement is Declare declare && _shared.Contains(declare.Local);

    /// <summary>The statements of a vector with what all positions compute alike in locals of its own.</summary>
    private ImmutableArray<KernelStatement> Extracted(ImmutableArray<KernelStatement> statements)
    {
        var result = ImmutableArray.CreateBuilder<KernelStatement>();
        foreach (KernelStatement statement in statements)
        {
            KernelExpression Extract(KernelExpression value) => value.Rebuild(e =>
            {
                if (!e.IsLanes || !e.Everything().Any(p => p is Read { IsLanes: true }) || Varies(e) || (statement is Write write && e.Everything().Any(p => IsHeld(p, write)))) return null;
                if (statement is Declare { Value: var whole } && ReferenceEquals(e, whole)) return null;
                var local = new KernelLocal(_newName(e is Read read ? read.Place.Buffer.Name + "Value" : "shared"), e.Type, true, Precision.Working, e.IsLong);
                _shared.Add(local);
                result.Add(new Declare(local, e));
                return new LocalValue(local);
            });

            KernelStatement extracted = statement switch
            {
                Declare declare => declare with { Value = Extract(declare.Value) },
                Assign assign => assign with { Value = Extract(assign.Value) },
                Write write => write with { Value = Extract(write.Value) },
                _ => statement,
            };
            result.Add(extracted);
        }

        return result.ToImmutable();
    }

    /// <summary>
    /// What is shared once, the rest for each position; sums into one place as one chain. A position's statements stay together between
    /// shared ones, so that few of their values are held at once.
    /// </summary>
    private ImmutableArray<KernelStatement> Interleaved(ImmutableArray<KernelStatement> statements)
    {
        var result = ImmutableArray.CreateBuilder<KernelStatement>();
        var run = new List<KernelStatement>();
        foreach (KernelStatement statement in statements)
        {
            bool isShared = IsShared(statement);
            if (!isShared && !(statement is Write shared && IsSum(shared)))
            {
                run.Add(statement);
                continue;
            }

            AddRun();
            result.Add(statement is Write write ? Chain(write) : statement);
        }

        AddRun();
        return result.ToImmutable();

        void AddRun()
        {
            result.AddRange(Enumerable.Range(0, _copies).SelectMany(k => run.Select(s => Copy(s, k))));
            run.Clear();
        }
    }

    private Write Chain(Write write)
    {
        KernelExpression sum = write.Value;
        for (int k = 1; k < _copies; k++)
        {
            KernelExpression before = sum;
            sum = write.Value.Rebuild(e => IsHeld(e, write) ? before : Moved(e, k));
        }

        return write with { Value = sum };
    }

    private KernelLocal Renamed(KernelLocal local, int copy) => _renames[copy].TryGetValue(local, out KernelLocal renamed) ? renamed : local;

    private KernelStatement Copy(KernelStatement statement, int copy) => copy == 0 ? statement : statement switch
    {
        Declare declare => new Declare(Renamed(declare.Local, copy), Copy(declare.Value, copy)),
        Assign assign => new Assign(Renamed(assign.Local, copy), Copy(assign.Value, copy)),
        Write write => new Write(write.Place.Rebuild(e => Moved(e, copy)), Copy(write.Value, copy)),
        _ => statement,
    };

    private KernelExpression Copy(KernelExpression expression, int copy) => expression.Rebuild(e => Moved(e, copy));

    private KernelExpression? Moved(KernelExpression expression, int copy) => expression switch
    {
        LocalValue local => new LocalValue(Renamed(local.Local, copy)),
        IntegerForm form => form with { Form = Moved(form.Form, copy) },
        LanePositions lanes => lanes with { First = Moved(lanes.First, copy) },
        _ => null,
    };

    private AffineForm Moved(AffineForm form, int copy) => form + AffineForm.Of(copy * form.CoefficientOf(Symbol.PositionOf(_loop.Axis)));
}
