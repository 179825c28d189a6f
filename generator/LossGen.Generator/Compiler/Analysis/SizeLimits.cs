using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Analysis;

/// <summary>Why the size of an axis is limited.</summary>
internal enum SizeLimitKind
{
    /// <summary>A local axis has a length, and one that an array over it can have.</summary>
    Local,

    /// <summary>Positions along the axis are held as the loss' real numbers.</summary>
    Order,

    /// <summary>A recurrence has a first value.</summary>
    Scan,
}

/// <summary>A size that a call must look at before anything runs.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Axis">The axis.</param>
/// <param name="Parameter">The parameter that a message names.</param>
internal sealed record SizeLimit(SizeLimitKind Kind, Axis Axis, string Parameter)
{
    /// <summary>A float holds every position up to this one.</summary>
    public const int LongestOrder = 1 << 24;

    /// <summary>An array has at most this many elements (System.Array.MaxLength).</summary>
    public const int LongestLocal = 0x7FFFFFC7;

    public long Least => Kind == SizeLimitKind.Scan ? 1 : 0;

    public long Greatest => Kind switch { SizeLimitKind.Local => LongestLocal, SizeLimitKind.Order => LongestOrder, _ => long.MaxValue };
}

/// <summary>The sizes of a loss that no length of a tensor vouches for. Needs: a bound loss with solved sizes. Gives: their limits, local axes first.</summary>
internal static class SizeLimits
{
    public static ImmutableArray<SizeLimit> Of(BoundLoss loss, SizePlan plan, bool isDouble)
    {
        HashSet<Node> nodes = new(Reachability.Of(loss.Roots));
        IEnumerable<SizeLimit> local = loss.Graph.Axes
            .Where(a => a.IsLocal && ReferenceEquals(a.Declared, a) && !a.IsConstantSize && IsUsed(plan, a) && !IsSizeOfAnother(a))
            .Select(a => new SizeLimit(SizeLimitKind.Local, a, GiverOf(loss, a)));
        IEnumerable<SizeLimit> orders = isDouble ? [] : Distinct(nodes.Where(n => n.Is(Ops.ToPosition)).Select(n => ((RowPosition)n.Payload!).Axis))
            .Where(a => !a.IsConstantSize || a.Size.Constant > SizeLimit.LongestOrder)
            .Select(a => new SizeLimit(SizeLimitKind.Order, a, GiverOf(loss, a)));
        IEnumerable<SizeLimit> scans = Distinct(nodes.Where(n => n.Is(Ops.Scan)).Select(n => n.State.Recurrence.Axis)).Where(a => !a.IsConstantSize)
            .Select(a => new SizeLimit(SizeLimitKind.Scan, a, SolvedFrom(loss, plan, a)));
        return local.Concat(orders).Concat(scans).ToImmutableArray();
    }

    private static IEnumerable<Axis> Distinct(IEnumerable<Axis> axes) => axes.Distinct().OrderBy(a => a.Index);

    private static bool IsUsed(SizePlan plan, Axis axis) => !SizeSolver.HasOwnSize(axis) || plan.Steps.Any(s => ReferenceEquals(s.Axis, axis));

    /// <summary>Whether a local axis is as long as another axis, and so looked at there.</summary>
    public static bool IsSizeOfAnother(Axis axis) =>
        axis.Size.Terms.Length == 1 && axis.Size.Equals(axis.Size.Terms[0].Symbol.Axis?.Size) && axis.ComputedSize is null;

    /// <summary>The int parameter that a size is made of, or else the first tensor.</summary>
    private static string GiverOf(BoundLoss loss, Axis axis)
    {
        IEnumerable<AffineForm> forms = axis.ComputedSize is { } computed ? Reachability.Forms(Reachability.Of([computed])) : [axis.Size];
        return forms.SelectMany(f => f.Terms).Select(t => t.Symbol.Parameter?.Name).FirstOrDefault(name => name is not null) ?? loss.Tensors[0].Name;
    }

    /// <summary>The parameter that an axis' size is solved from.</summary>
    private static string SolvedFrom(BoundLoss loss, SizePlan plan, Axis axis)
    {
        SizeStep? step = plan.Steps.FirstOrDefault(s => axis.Size.Terms.Any(t => ReferenceEquals(t.Symbol.Axis, s.Axis)));
        return step?.Parameter?.Name ?? step?.Tensor?.Name ?? GiverOf(loss, axis);
    }
}
