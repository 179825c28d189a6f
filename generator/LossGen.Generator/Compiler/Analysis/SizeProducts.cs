using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>
/// The counts in a formula: products of nothing but axis sizes as reals, as <c>mean</c> makes them.
/// A product inside a larger one is part of that, unless something else uses it too.
/// </summary>
internal sealed class SizeProducts
{
    private readonly Dictionary<Node, ImmutableArray<Axis>> _factors = new();
    private readonly HashSet<Node> _counted = new();

    public SizeProducts(ImmutableArray<Node> nodes, IEnumerable<Node> roots)
    {
        var whole = new HashSet<Node>(roots);
        foreach (Node node in nodes)
        {
            if (node.Is(Ops.ToReal) && SizeOf(node[0]) is { } axis)
            {
                _factors[node] = ImmutableArray.Create(axis);
                _counted.Add(node[0]);
            }
            else if (node.Is(Ops.Multiply) && _factors.TryGetValue(node[0], out ImmutableArray<Axis> left) && _factors.TryGetValue(node[1], out ImmutableArray<Axis> right))
            {
                _factors[node] = left.AddRange(right);
            }
            else
            {
                whole.UnionWith(node.Arguments);
            }
        }

        Whole = _factors.Keys.Where(whole.Contains).OrderBy(n => n.Id).ToImmutableArray();
        _counted.ExceptWith(whole);
    }

    /// <summary>The products that something else uses.</summary>
    public ImmutableArray<Node> Whole { get; }

    /// <summary>The axes whose sizes a product multiplies, with repetitions.</summary>
    public ImmutableArray<Axis> FactorsOf(Node product) => _factors[product];

    /// <summary>Whether a size is used in such products only.</summary>
    public bool IsCounted(Node size) => _counted.Contains(size);

    /// <summary>Whether every product has both sizes equally often, so that one size can stand for both.</summary>
    public bool CountAlike(Axis first, Axis second) => Whole.All(p => FactorsOf(p).Count(first.Equals) == FactorsOf(p).Count(second.Equals));

    private static Axis? SizeOf(Node node)
    {
        if (!node.Is(Ops.Affine) || node.Affine.Terms.Length != 1) return null;
        Symbol symbol = node.Affine.Terms[0].Symbol;
        return symbol.Kind == SymbolKind.Size && node.Affine.Equals(AffineForm.Of(symbol)) ? symbol.Axis : null;
    }
}
