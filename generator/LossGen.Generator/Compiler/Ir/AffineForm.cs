using System.Collections.Immutable;
using System.Globalization;

namespace LossGen.Compiler.Ir;

/// <summary>
/// An integer that is affine in axis positions, axis sizes and int parameters: sum of coefficient * symbol, plus a constant.
/// One canonical form, so that shifts cancel and guards compare.
/// </summary>
internal sealed class AffineForm : IEquatable<AffineForm>
{
    public static readonly AffineForm Zero = new(ImmutableArray<AffineTerm>.Empty, 0);

    public static readonly AffineForm One = Of(1);

    private AffineForm(ImmutableArray<AffineTerm> terms, long constant)
    {
        Terms = terms;
        Constant = constant;
        foreach (AffineTerm term in terms)
        {
            if (term.Symbol.Kind == SymbolKind.Position) Axes |= AxisSet.Of(term.Symbol.Axis!);
        }
    }

    /// <summary>Terms with a coefficient other than 0, in symbol order.</summary>
    public ImmutableArray<AffineTerm> Terms { get; }

    public long Constant { get; }

    public bool IsConstant => Terms.IsEmpty;

    /// <summary>The axes whose position occurs.</summary>
    public AxisSet Axes { get; }

    /// <summary>The axis of which this is the bare position; null otherwise.</summary>
    public Axis? PlainAxis =>
        Constant == 0 && Terms.Length == 1 && Terms[0].Coefficient == 1 && Terms[0].Symbol.Kind == SymbolKind.Position ? Terms[0].Symbol.Axis : null;

    public static AffineForm Of(long constant) => new(ImmutableArray<AffineTerm>.Empty, constant);

    public static AffineForm Of(Symbol symbol) => new(ImmutableArray.Create(new AffineTerm(symbol, 1)), 0);

    public static AffineForm operator +(AffineForm a, AffineForm b) => Combine(a, b, 1);

    public static AffineForm operator -(AffineForm a, AffineForm b) => Combine(a, b, -1);

    public static AffineForm operator *(long factor, AffineForm a) => Combine(Zero, a, factor);

    public long CoefficientOf(Symbol symbol)
    {
        foreach (AffineTerm term in Terms)
        {
            if (term.Symbol.Equals(symbol)) return term.Coefficient;
        }

        return 0;
    }

    public bool Equals(AffineForm? other) => other is not null && Constant == other.Constant && Terms.SequenceEqual(other.Terms);

    public override bool Equals(object? obj) => Equals(obj as AffineForm);

    public override int GetHashCode()
    {
        unchecked
        {
            int hash = Constant.GetHashCode();
            foreach (AffineTerm term in Terms) hash = (hash * 31) + term.GetHashCode();
            return hash;
        }
    }

    public override string ToString()
    {
        string text = "";
        foreach (AffineTerm term in Terms)
        {
            string sign = term.Coefficient < 0 ? (text.Length == 0 ? "-" : " - ") : (text.Length == 0 ? "" : " + ");
            long size = Math.Abs(term.Coefficient);
            text += sign + (size == 1 ? "" : size.ToString(CultureInfo.InvariantCulture) + " * ") + term.Symbol;
        }

        if (text.Length == 0) return Constant.ToString(CultureInfo.InvariantCulture);
        return Constant == 0 ? text : text + (Constant < 0 ? " - " : " + ") + Math.Abs(Constant).ToString(CultureInfo.InvariantCulture);
    }

    private static AffineForm Combine(AffineForm a, AffineForm b, long factor)
    {
        checked
        {
            List<AffineTerm> terms = [.. a.Terms];
            foreach (AffineTerm term in b.Terms)
            {
                int known = terms.FindIndex(t => t.Symbol.Equals(term.Symbol));
                if (known >= 0) terms[known] = new AffineTerm(term.Symbol, terms[known].Coefficient + (factor * term.Coefficient));
                else terms.Insert(terms.FindLastIndex(t => t.Symbol.Order.CompareTo(term.Symbol.Order) <= 0) + 1, new AffineTerm(term.Symbol, factor * term.Coefficient));
            }

            terms.RemoveAll(t => t.Coefficient == 0);
            return new AffineForm(terms.ToImmutableArray(), a.Constant + (factor * b.Constant));
        }
    }
}

/// <summary>One term of an <see cref="AffineForm"/>.</summary>
internal readonly record struct AffineTerm(Symbol Symbol, long Coefficient);
