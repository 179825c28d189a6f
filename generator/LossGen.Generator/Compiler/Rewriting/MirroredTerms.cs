using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Rewriting;

/// <summary>
/// A sum of the two mirror images that a logistic loss has for its two classes: F (b f(x) + a f(-x)) or its negative, where f is softplus or sigmoid. Both images come of one
/// e = exp(-|x|), and the sign of x says which factor belongs to which: that takes one choice where each image on its own takes one.
/// Needs: a sum on the formula's graph and what has more than one user there. Gives: the factors, or null.
/// </summary>
/// <param name="Function">f.</param>
/// <param name="Argument">x.</param>
/// <param name="Common">The factors of F, which both terms have.</param>
/// <param name="Direct">The factors of b alone.</param>
/// <param name="Mirrored">The factors of a alone.</param>
/// <param name="HasOtherSign">Whether a has the other sign than b.</param>
/// <param name="IsNegative">Whether the whole is negative.</param>
internal sealed record MirroredTerms(
    Op Function, Node Argument, IReadOnlyList<Node> Common, IReadOnlyList<Node> Direct, IReadOnlyList<Node> Mirrored, bool HasOtherSign, bool IsNegative)
{
    public static MirroredTerms? Of(Node sum, HashSet<Node> shared)
    {
        if (!sum.Op.Is(Ops.Add, Ops.Subtract) || sum.Axes.IsEmpty || shared.Contains(sum[0]) || shared.Contains(sum[1])) return null;
        List<Node> left = new(), right = new();
        var factors = new ProductFactors(shared);
        bool isLeftNegative = factors.Take(sum[0], left), isRightNegative = factors.Take(sum[1], right) != sum.Is(Ops.Subtract);
        foreach (Node f in left.Where(n => n.Op.Is(Ops.Softplus, Ops.Sigmoid)))
        {
            Node? image = right.Find(n => n.Is(f.Op) && (IsMirror(n[0], f[0]) || IsMirror(f[0], n[0])));

            // A sigmoid that something else needs as well is there anyway.
            if (image is null || (f.Is(Ops.Sigmoid) && (shared.Contains(f) || shared.Contains(image)))) continue;
            bool isLeftDirect = IsMirror(image[0], f[0]);
            left.Remove(f);
            right.Remove(image);
            List<Node> common = left.ToList().FindAll(right.Remove);
            foreach (Node factor in common) left.Remove(factor);
            return isLeftDirect
                ? new(f.Op, f[0], common, left, right, isLeftNegative != isRightNegative, isLeftNegative)
                : new(f.Op, image[0], common, right, left, isLeftNegative != isRightNegative, isRightNegative);
        }

        return null;
    }

    private static bool IsMirror(Node mirrored, Node x) => mirrored.Is(Ops.Negate) && ReferenceEquals(mirrored[0], x);
}
