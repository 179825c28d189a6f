using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// A loop that finds the largest of some terms, and the loop behind it that adds up exponentials of the terms less the largest: one loop can do both,
/// which scales what it has added up whenever the largest grows.
/// sum[c](g exp(f - p)) = exp(q - p) sum[c](g exp(f - q))
/// Needs: loops next to each other over the same positions, and the guard that keeps exp(-inf - -inf) away. Gives: what the one loop is made of.
/// </summary>
/// <param name="PeakLoop">The first loop.</param>
/// <param name="SumLoop">The second.</param>
/// <param name="Peak">The largest term.</param>
/// <param name="Shift">What is subtracted: the largest term, or 0 where that is -infinity.</param>
/// <param name="Scaled">Sums that are scaled with it.</param>
/// <param name="Before">What stands between the loops and does not depend on the largest term.</param>
/// <param name="After">What does.</param>
/// <param name="Last">The position of the second loop among the statements.</param>
internal sealed record OnlineSum(
    ScalarLoop PeakLoop, ScalarLoop SumLoop, KernelLocal Peak, Declare Shift, ImmutableArray<KernelLocal> Scaled,
    ImmutableArray<KernelStatement> Before, ImmutableArray<KernelStatement> After, int Last)
{
    /// <param name="statements">A block.</param>
    /// <param name="at">Where in it the first loop may stand.</param>
    /// <param name="print">Gives equal texts to equal expressions.</param>
    /// <returns>The pair of loops; null where there is none.</returns>
    public static OnlineSum? Match(ImmutableArray<KernelStatement> statements, int at, Func<KernelExpression, string> print)
    {
        if (statements[at] is not ScalarLoop { IsParallel: true, IsDescending: false } peaks) return null;
        Assign[] assigned = peaks.Body.OfType<Assign>().ToArray();
        if (assigned.Length != 1 || !IsPlain(peaks) || assigned[0] is not { Local: { Precision: Precision.Working } peak, Value: Operation { Op: var max } largest }) return null;
        if (!max.Is(Ops.Max, Ops.NativeMax) || !DeclaredBefore(statements, at, peak, double.NegativeInfinity)) return null;

        int last = at + 1;
        while (last < statements.Length && statements[last] is Declare or Comment) last++;
        if (last == statements.Length || statements[last] is not ScalarLoop { IsParallel: true, IsDescending: false } sums || !IsPlain(sums)) return null;
        if (!ReferenceEquals(sums.Axis, peaks.Axis) || print(sums.From) != print(peaks.From) || print(sums.To) != print(peaks.To)) return null;

        var after = ImmutableArray.CreateBuilder<KernelStatement>();
        var before = ImmutableArray.CreateBuilder<KernelStatement>();
        HashSet<KernelLocal> dependent = new() { peak };
        foreach (KernelStatement between in statements.Skip(at + 1).Take(last - at - 1))
        {
            bool depends = between is Declare declare && Locals(declare.Value).Any(dependent.Contains) && dependent.Add(declare.Local);
            (depends ? after : before).Add(between);
        }

        KernelLocal[] shifts = sums.Body.SelectMany(s => s.Expressions()).SelectMany(Locals).Where(dependent.Contains).Distinct().ToArray();
        if (shifts.Length != 1 || after.OfType<Declare>().FirstOrDefault(d => d.Local.Equals(shifts[0])) is not { } shift || !IsGuarded(shift.Value, peak)) return null;
        string exponent = print(Inlined(largest.Operands[1], peaks.Body));
        var scaled = ImmutableArray.CreateBuilder<KernelLocal>();
        foreach (Assign sum in sums.Body.OfType<Assign>())
        {
            if (sum.Value is not Operation { Op: var add, Operands: var operands } || !add.Is(Ops.Add) || !DeclaredBefore(statements, last, sum.Local, 0)) return null;
            switch (Degree(Inlined(operands[1], sums.Body), shift.Local, exponent, print))
            {
                case 1: scaled.Add(sum.Local); break;
                case 0: break;
                default: return null;
            }
        }

        bool once = sums.Body.OfType<Assign>().GroupBy(a => a.Local).All(g => g.Count() == 1);
        return scaled.Count > 0 && once ? new(peaks, sums, peak, shift, scaled.ToImmutable(), before.ToImmutable(), after.ToImmutable(), last) : null;
    }

    private static bool IsPlain(ScalarLoop loop) => loop.Body.All(s => s is Comment or Declare or Assign);

    private static bool DeclaredBefore(ImmutableArray<KernelStatement> statements, int at, KernelLocal local, double value) =>
        statements.Take(at).OfType<Declare>().Any(d => d.Local.Equals(local) && d.Value is NumberLiteral number && number.Value.Equals(value));

    /// <summary>p = -inf ? 0 : p</summary>
    private static bool IsGuarded(KernelExpression shift, KernelLocal peak) =>
        shift is Operation { Op: var select, Operands: var s } && select.Is(Ops.Select) && s[0] is Operation { Op: var equal, Operands: var e } && equal.Is(Ops.Equal)
        && Is(e[0], peak) && e[1] is NumberLiteral { Value: double.NegativeInfinity } && s[1] is NumberLiteral { Value: 0 } && Is(s[2], peak);

    private static bool Is(KernelExpression expression, KernelLocal local) => expression is LocalValue value && value.Local.Equals(local);

    /// <summary>How often exp(f - shift) is a factor of a term; null where the term depends on the shift in another way.</summary>
    private static int? Degree(KernelExpression term, KernelLocal shift, string exponent, Func<KernelExpression, string> print)
    {
        if (!Locals(term).Contains(shift)) return 0;
        int? Of(KernelExpression e) => Degree(e, shift, exponent, print);
        switch (term)
        {
            case Kernels.Convert convert:
                return Of(convert.Value);
            case Operation { Op: var op, Operands: var o } when op.Is(Ops.Exp, Ops.ExpBelowLargest):
                return o[0] is Operation { Op: var subtract, Operands: var s } && subtract.Is(Ops.Subtract) && Is(s[1], shift) && print(s[0]) == exponent ? 1 : null;
            case Operation { Op: var op, Operands: var o } when op.Is(Ops.Multiply):
                return Of(o[0]) + Of(o[1]);
            case Operation { Op: var op, Operands: var o } when op.Is(Ops.Divide):
                return Of(o[1]) == 0 ? Of(o[0]) : null;
            case Operation { Op: var op, Operands: var o } when op.Is(Ops.Negate):
                return Of(o[0]);
            default:
                return null;
        }
    }

    private static IEnumerable<KernelLocal> Locals(KernelExpression expression) => expression.Everything().OfType<LocalValue>().Select(v => v.Local);

    private static KernelExpression Inlined(KernelExpression expression, ImmutableArray<KernelStatement> body)
    {
        var values = new Dictionary<KernelLocal, KernelExpression>();
        KernelExpression? ValueOf(KernelLocal local) => values.TryGetValue(local, out KernelExpression? value) ? value : null;
        foreach (Declare declare in body.OfType<Declare>()) values[declare.Local] = declare.Value.Replace(ValueOf);
        return (expression is Kernels.Convert { To: Precision.Wide } convert ? convert.Value : expression).Replace(ValueOf);
    }
}
