using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>
/// Sums of vectors whose terms have a condition, a sign or several factors that are the same in all lanes: they go into one scalar that a term is multiplied by,
/// c ? 0 : -(x v w) -> x (c ? 0 : -(v w)), which costs lanes nothing. That is the same number unless x is infinite or NaN where the term does not
/// count: <see cref="Guards"/> tell where that is.
/// Needs: a loop around one vector loop. Gives: the same loop with its vectors last.
/// </summary>
internal sealed class TermWeights
{
    private readonly Func<string, string> _newName;
    private readonly Dictionary<KernelLocal, KernelLocal> _scalarOf;
    private readonly Dictionary<KernelLocal, KernelExpression> _valueOf;
    private readonly List<KernelStatement> _declared = new();
    private readonly List<KernelStatement> _spread = new();

    private TermWeights(ScalarLoop sum, VectorLoop vectors, Func<string, string> newName)
    {
        _newName = newName;
        _valueOf = sum.Body.OfType<Declare>().ToDictionary(d => d.Local, d => d.Value);
        _scalarOf = vectors.Prologue.OfType<Declare>().Where(d => d.Value is Splat { Scalar: LocalValue { Local: { Type: ValueType.Real, Precision: Precision.Working } } })
            .ToDictionary(d => d.Local, d => ((LocalValue)((Splat)d.Value).Scalar).Local);
        Loop = WeightedLoop(sum, vectors);
    }

    public ScalarLoop Loop { get; }

    /// <summary>For sums with conditions, lanes that are 0 where a term does not count.</summary>
    public Dictionary<KernelBuffer, KernelLocal> Guards { get; } = new();

    /// <summary>The loop with such weights; null where it is not a loop around one vector loop.</summary>
    public static TermWeights? Of(ScalarLoop sum, Func<string, string> newName) =>
        sum.Body.OfType<VectorLoop>().Count() == 1 ? new(sum, sum.Body.OfType<VectorLoop>().Single(), newName) : null;

    /// <summary>The statements, with what is used once where it is used.</summary>
    public static ImmutableArray<KernelStatement> Inlined(ImmutableArray<KernelStatement> body)
    {
        List<KernelStatement> result = body.ToList();
        for (int k = 0; k < result.Count; k++)
        {
            if (result[k] is not Declare declare) continue;
            int[] users = Enumerable.Range(0, result.Count).Where(u => Uses(result[u], declare.Local) > 0).ToArray();
            if (users.Length != 1 || Uses(result[users[0]], declare.Local) != 1) continue;
            result[users[0]] = result[users[0]].Replace(l => ReferenceEquals(l, declare.Local) ? declare.Value : null);
            result.RemoveAt(k--);
        }

        return result.ToImmutableArray();
    }

    /// <summary>How often a statement uses a local.</summary>
    public static int Uses(KernelStatement statement, KernelLocal local) =>
        statement.Expressions().SelectMany(KernelExpressionTree.Everything).Count(e => e is LocalValue value && ReferenceEquals(value.Local, local));

    private ScalarLoop WeightedLoop(ScalarLoop sum, VectorLoop vectors)
    {
        ImmutableArray<KernelStatement> body = Inlined(vectors.Body), tail = Inlined(vectors.Tail);
        bool isWeighted = false;
        foreach (Write whole in body.OfType<Write>().ToArray())
        {
            Write? partial = tail.OfType<Write>().FirstOrDefault(w => w.Place.Buffer.Equals(whole.Place.Buffer));
            if (partial is null || TermOf(whole) is not { } term || TermOf(partial) is not { } last || !term.IsLike(last)) continue;
            if (term.Conditions.IsEmpty && term.Factors.Length < (term.IsNegative ? 1 : 2)) continue;
            KernelLocal weight = WeightOf(term, whole.Place.Buffer);
            body = body.Replace(whole, term.With(weight));
            tail = tail.Replace(partial, last.With(weight));
            isWeighted = true;
        }

        if (isWeighted)
        {
            // A scalar that no lanes need any more.
            bool IsUsed(KernelLocal lanes) => body.Concat(tail).Any(s => Uses(s, lanes) > 0);
            vectors = vectors with { Prologue = vectors.Prologue.Where(s => s is not Declare { Local: var local } || !_scalarOf.ContainsKey(local) || IsUsed(local)).Concat(_spread).ToImmutableArray(), Body = body, Tail = tail };
        }

        List<KernelStatement> all = sum.Body.Where(s => s is not VectorLoop).Concat(_declared).Append(vectors).ToList();
        if (isWeighted) all.RemoveAll(s => s is Declare { Local: { Type: ValueType.Truth } local } && !all.SelectMany(KernelExpressionTree.Everything).Any(inner => Uses(inner, local) > 0));
        return sum with { Body = all.ToImmutableArray() };
    }

    /// <summary>The scalar in lanes that a term is multiplied by, 0 where it does not count.</summary>
    private KernelLocal WeightOf(Term term, KernelBuffer buffer)
    {
        var one = new NumberLiteral(1, Precision.Working);
        KernelExpression Guarded(KernelExpression value) => term.Conditions.Aggregate(value, (v, c) =>
        {
            if (IndicatorOf(c.Condition) is not { } indicator) return new Operation(Ops.Select, c.Holds ? [c.Condition, v, Zero] : [c.Condition, Zero, v], false);
            KernelExpression counts = c.Holds ? indicator : new Operation(Ops.Subtract, [one, indicator], false);
            return v is NumberLiteral { Value: 1 } ? counts : new Operation(Ops.Counted, [v, counts], false);
        });
        KernelExpression Signed(KernelExpression value) => term.IsNegative ? new Operation(Ops.Negate, [value], false) : value;
        KernelExpression? product = term.Factors.Select(f => (KernelExpression?)new LocalValue(_scalarOf[f])).Aggregate((KernelExpression?)null, (all, f) => all is null ? f : new Operation(Ops.Multiply, [all, f!], false));
        KernelLocal? weight = product is null ? null : Spread("weight", Guarded(Signed(product)));
        if (!term.Conditions.IsEmpty) Guards.Add(buffer, Spread("counts", Guarded(weight is null ? Signed(one) : one)));
        return weight ?? Guards[buffer];
    }

    private KernelLocal Spread(string name, KernelExpression value)
    {
        var scalar = new KernelLocal(_newName(name), ValueType.Real, false, Precision.Working);
        var lanes = new KernelLocal(_newName(name + "Lanes"), ValueType.Real, true, Precision.Working);
        _declared.Add(new Declare(scalar, value));
        _spread.Add(new Declare(lanes, new Splat(new LocalValue(scalar))));
        return lanes;
    }

    private Term? TermOf(Write write)
    {
        if (write.Value is not Operation { Lanes: true } sum || !sum.Op.Is(Ops.Add)) return null;
        int held = sum.Operands[0] is Read first && KernelExpressionTree.IsSame(first.Place, write.Place) ? 0 : 1;
        if (sum.Operands[held] is not Read read || !KernelExpressionTree.IsSame(read.Place, write.Place)) return null;
        KernelExpression term = sum.Operands[1 - held];
        var conditions = ImmutableArray.CreateBuilder<(KernelExpression Condition, bool Holds)>();
        bool isNegative = false;
        while (term is Operation operation)
        {
            if (operation.Op.Is(Ops.Negate))
            {
                isNegative = !isNegative;
                term = operation.Operands[0];
            }
            else if (operation.Op.Is(Ops.Select) && !operation.Operands[0].IsLanes && operation.Operands.Skip(1).Any(IsZero))
            {
                bool holds = IsZero(operation.Operands[2]);
                conditions.Add((operation.Operands[0], holds));
                term = operation.Operands[holds ? 1 : 2];
            }
            else
            {
                break;
            }
        }

        return new Term(write, read, term, conditions.ToImmutable(), isNegative, FactorsOf(term).ToImmutableArray());
    }

    // x v y w: v and w
    private IEnumerable<KernelLocal> FactorsOf(KernelExpression term) => term switch
    {
        LocalValue { Local: var local } when _scalarOf.ContainsKey(local) => [local],
        Operation operation when operation.Op.Is(Ops.Multiply) => operation.Operands.SelectMany(FactorsOf),
        _ => [],
    };

    // A number that is 1 where a condition holds and else 0, if there is one.
    private Read? IndicatorOf(KernelExpression condition) => condition is LocalValue { Local: var local } ? _valueOf.TryGetValue(local, out KernelExpression value) ? IndicatorOf(value) : null
        : condition is Operation operation && operation.Op.Is(Ops.NotEqual) && IsZero(operation.Operands[1]) && operation.Operands[0] is Read { Place: { Access: Access.Scalar, Buffer.HoldsIndicators: true } } number ? number : null;

    private static bool IsZero(KernelExpression expression) => expression is Splat { Scalar: NumberLiteral { Value: 0 } } or NumberLiteral { Value: 0 };

    private static NumberLiteral Zero => new(0, Precision.Working);

    /// <summary>What is added to a sum: 0 unless all conditions hold or do not, as they say, else the value or its opposite.</summary>
    private sealed record Term(Write Write, Read Held, KernelExpression Value, ImmutableArray<(KernelExpression Condition, bool Holds)> Conditions, bool IsNegative, ImmutableArray<KernelLocal> Factors)
    {
        public bool IsLike(Term other) => IsNegative == other.IsNegative && Factors.SequenceEqual(other.Factors) && Conditions.Length == other.Conditions.Length
            && Conditions.Zip(other.Conditions, (a, b) => a.Holds == b.Holds && KernelExpressionTree.IsSame(a.Condition, b.Condition)).All(same => same);

        public Write With(KernelLocal weight)
        {
            KernelExpression factor = new LocalValue(weight);
            KernelExpression value = Rest(Value) is { } rest ? new Operation(Ops.Multiply, [rest, factor], true) : factor;
            return Write with { Value = new Operation(Ops.Add, [Held, value], true) };

            // What is left of a product without the factors; null where nothing is.
            KernelExpression? Rest(KernelExpression e)
            {
                if (e is LocalValue { Local: var local } && Factors.Contains(local)) return null;
                if (e is not Operation operation || !operation.Op.Is(Ops.Multiply)) return e;
                KernelExpression? a = Rest(operation.Operands[0]), b = Rest(operation.Operands[1]);
                return a is null ? b : b is null ? a : operation with { Operands = [a, b] };
            }
        }
    }
}
