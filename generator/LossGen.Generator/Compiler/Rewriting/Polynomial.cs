using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

/// <summary>A sum of products of nodes ("atoms") with coefficients: what a value is by additions, subtractions and multiplications.</summary>
internal sealed class Polynomial
{
    private const int MostTerms = 8;
    private const int HighestDegree = 6;

    private readonly SortedDictionary<string, (Node[] Atoms, double Coefficient)> _terms = new(StringComparer.Ordinal);

    /// <summary>Its terms; atoms in the order of their numbers, one that is there twice is squared.</summary>
    public IEnumerable<(Node[] Atoms, double Coefficient)> Terms => _terms.Values;

    /// <summary>The value of a node, or null if it has too many terms. <paramref name="atoms"/> says of which nodes to look no further, and what they are the products of.</summary>
    public static Polynomial? Of(Node node, Func<Node, Node[]?> atoms)
    {
        if (atoms(node) is { } known) return Single(known, 1);
        if (node.Is(Ops.Constant)) return Single(Array.Empty<Node>(), node.Constant);
        if (node.Is(Ops.Negate)) return Of(node[0], atoms)?.Sum(null, -1);
        if (node.Op.Is(Ops.Add, Ops.Subtract)) return Of(node[0], atoms) is { } left && Of(node[1], atoms) is { } right ? left.Sum(right, 1, node.Is(Ops.Add) ? 1 : -1) : null;
        if (node.Is(Ops.Multiply)) return Of(node[0], atoms) is { } a && Of(node[1], atoms) is { } b ? a.Product(b) : null;
        if (node.Is(Ops.MultiplyAdd)) return Of(node[0], atoms) is { } x && Of(node[1], atoms) is { } y && Of(node[2], atoms) is { } rest ? x.Product(y)?.Sum(rest, 1) : null;
        if (node.Is(Ops.Divide) && node[1].Is(Ops.Constant) && node[1].Constant != 0) return Of(node[0], atoms)?.Sum(null, 1 / node[1].Constant);
        return Single([node], 1);
    }

    private static Polynomial Single(Node[] atoms, double coefficient)
    {
        var result = new Polynomial();
        result.Add(atoms, coefficient);
        return result;
    }

    /// <summary>The same polynomial with each term as <paramref name="change"/> says.</summary>
    public Polynomial Select(Func<Node[], double, (Node[] Atoms, double Coefficient)> change)
    {
        var result = new Polynomial();
        foreach ((Node[] atoms, double coefficient) in Terms)
        {
            (Node[] changed, double by) = change(atoms, coefficient);
            result.Add(changed, by);
        }

        return result;
    }

    /// <summary>Whether both have the same terms, their coefficients equal but for rounding.</summary>
    public bool Is(Polynomial other) => _terms.Count == other._terms.Count
        && _terms.All(t => other._terms.TryGetValue(t.Key, out (Node[], double Coefficient) same) && Math.Abs(same.Coefficient - t.Value.Coefficient) <= 1e-12 * Math.Abs(same.Coefficient));

    private Polynomial? Sum(Polynomial? other, double own, double others = 1)
    {
        var result = new Polynomial();
        foreach ((Node[] atoms, double coefficient) in Terms) result.Add(atoms, own * coefficient);
        foreach ((Node[] atoms, double coefficient) in other?.Terms ?? Enumerable.Empty<(Node[], double)>()) result.Add(atoms, others * coefficient);
        return result.OrNull();
    }

    private Polynomial? Product(Polynomial other)
    {
        var result = new Polynomial();
        foreach ((Node[] a, double x) in Terms)
        {
            foreach ((Node[] b, double y) in other.Terms) result.Add(a.Concat(b).ToArray(), x * y);
        }

        return result.OrNull();
    }

    private Polynomial? OrNull() => _terms.Count <= MostTerms && Terms.All(t => t.Atoms.Length <= HighestDegree) ? this : null;

    private void Add(Node[] atoms, double coefficient)
    {
        Node[] ordered = atoms.OrderBy(n => n.Id).ToArray();
        string key = string.Join(" ", ordered.Select(n => n.Id));
        double sum = coefficient + (_terms.TryGetValue(key, out (Node[], double Coefficient) known) ? known.Coefficient : 0);
        if (sum == 0) _terms.Remove(key);
        else _terms[key] = (ordered, sum);
    }
}
