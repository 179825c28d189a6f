using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

/// <summary>
/// A sum of the two mirror images that a logistic loss has for its two classes: F (b f(x) + a f(-x)) or its negative, where f is softplus or sigmoid. Both images come of one
/// e = exp(-|x|), and the sign of x says which factor belongs to which: that takes one choice where each image on its own takes one.
/// Needs: a sum on the formula's graph and what has more than one user there. Gives: the factors, or null.
/// </summary>
internal sealed class MirroredTerms
{
    private readonly HashSet<Node> _shared;
    private readonly List<Node> _direct = new();
    private readonly List<Node> _mirrored = new();

    private MirroredTerms(HashSet<Node> shared) => _shared = shared;

    /// <summary>What is mirrored: softplus or sigmoid.</summary>
    public Op Function { get; private set; } = Ops.Softplus;

    /// <summary>x.</summary>
    public Node Argument { get; private set; } = null!;

    /// <summary>The factors of F, which both terms have.</summary>
    public List<Node> Common { get; } = new();

    /// <summary>The factors of b alone.</summary>
    public IReadOnlyList<Node> Direct => _direct;

    /// <summary>The factors of a alone.</summary>
    public IReadOnlyList<Node> Mirrored => _mirrored;

    /// <summary>Whether a has the other sign than b.</summary>
    public bool HasOtherSign { get; private set; }

    /// <summary>Whether the whole is negative.</summary>
    public bool IsNegative { get; private set; }

    public static MirroredTerms? Of(Node sum, HashSet<Node> shared)
    {
        if (!sum.Op.Is(Ops.Add, Ops.Subtract) || sum.Axes.IsEmpty || shared.Contains(sum[0]) || shared.Contains(sum[1])) return null;
        var terms = new MirroredTerms(shared);
        return terms.Split(sum) ? terms : null;
    }

    private bool Split(Node sum)
    {
        List<Node> left = new(), right = new();
        var factors = new ProductFactors(_shared);
        bool isLeftNegative = factors.Take(sum[0], left), isRightNegative = factors.Take(sum[1], right) != sum.Is(Ops.Subtract);
        foreach (Node f in left.Where(n => n.Op.Is(Ops.Softplus, Ops.Sigmoid)))
        {
            Node? image = right.FirstOrDefault(n => n.Is(f.Op) && (IsMirror(n[0], f[0]) || IsMirror(f[0], n[0])));

            // A sigmoid that something else needs as well is there anyway.
            if (image is null || (f.Is(Ops.Sigmoid) && (_shared.Contains(f) || _shared.Contains(image)))) continue;
            bool isLeftDirect = IsMirror(image[0], f[0]);
            Function = f.Op;
            Argument = isLeftDirect ? f[0] : image[0];
            left.Remove(f);
            right.Remove(image);
            foreach (Node factor in left.ToArray())
            {
                if (!right.Remove(factor)) continue;
                left.Remove(factor);
                Common.Add(factor);
            }

            _direct.AddRange(isLeftDirect ? left : right);
            _mirrored.AddRange(isLeftDirect ? right : left);
            HasOtherSign = isLeftNegative != isRightNegative;
            IsNegative = isLeftDirect ? isLeftNegative : isRightNegative;
            return true;
        }

        return false;
    }

    private static bool IsMirror(Node mirrored, Node x) => mirrored.Is(Ops.Negate) && ReferenceEquals(mirrored[0], x);
}
