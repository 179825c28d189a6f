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
    }

    /// <summary>Terms with a coefficient other than 0, in symbol order.</summary>
    public ImmutableArray<AffineTerm> Terms { get; }

    public long Constant { get; }

    public bool IsConstant => Terms.IsEmpty;

    /// <summary>The axes whose position occurs.</summary>
    public AxisSet Axes => AxisSet.Of(Terms.Where(t => t.Symbol.Kind == SymbolKind.Position).Select(t => t.Symbol.Axis!));

    /// <summary>The axis of which this is the bare position; null otherwise.</summary>
    public Axis? PlainAxis =>
        Constant == 0 && Terms.Length == 1 && Terms[0].Coefficient == 1 && Terms[0].Symbol.Kind == SymbolKind.Position ? Terms[0].Symbol.Axis : null;

    public static AffineForm Of(long constant) => new(ImmutableArray<AffineTerm>.Empty, constant);

    public static AffineForm Of(Symbol symbol) => new(ImmutableArray.Create(new AffineTerm(symbol, 1)), 0);

    public static AffineForm operator +(AffineForm a, AffineForm b) => Combine(a, b, 1);

    public static AffineForm operator -(AffineForm a, AffineForm b) => Combine(a, b, -1);

    public static AffineForm operator *(long factor, AffineForm a) => Combine(Zero, a, factor);

    public long CoefficientOf(Symbol symbol) => Terms.FirstOrDefault(t => t.Symbol.Equals(symbol)).Coefficient;

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
            var coefficients = a.Terms.ToDictionary(t => t.Symbol, t => t.Coefficient);
            foreach (AffineTerm term in b.Terms)
            {
                coefficients.TryGetValue(term.Symbol, out long old);
                coefficients[term.Symbol] = old + (factor * term.Coefficient);
            }

            var terms = coefficients.Where(p => p.Value != 0).Select(p => new AffineTerm(p.Key, p.Value)).OrderBy(t => t.Symbol.Order);
            return new AffineForm(terms.ToImmutableArray(), a.Constant + (factor * b.Constant));
        }
    }
}

/// <summary>One term of an <see cref="AffineForm"/>.</summary>
internal readonly record struct AffineTerm(Symbol Symbol, long Coefficient);
