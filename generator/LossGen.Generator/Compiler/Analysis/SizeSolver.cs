using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Analysis;

/// <summary>A plan for all sizes, or the first axis in declaration order whose size nothing gives.</summary>
internal sealed record SizeSolution(SizePlan? Plan, Axis? Unsolvable);

/// <summary>
/// Orders the solving of axis sizes. Needs: a bound loss. Gives: steps that find every size of its own
/// from int parameters and tensor lengths, each from earlier ones only.
/// </summary>
internal sealed class SizeSolver
{
    private readonly BoundLoss _loss;
    private readonly List<Axis> _unknown;
    private readonly ImmutableArray<SizeStep>.Builder _steps = ImmutableArray.CreateBuilder<SizeStep>();

    private SizeSolver(BoundLoss loss)
    {
        _loss = loss;
        AxisSet needed = Needed(loss);
        _unknown = loss.Graph.Axes.Where(axis => HasOwnSize(axis) && needed.Contains(axis)).ToList();
    }

    public static SizeSolution Solve(BoundLoss loss)
    {
        var solver = new SizeSolver(loss);
        solver.FromParameters();
        solver.FromTensorSpans();
        // Lengths that are sizes first: they are exact, a quotient may hide a misfit that the length check finds later.
        while (solver.FromLength(withDivisor: false) || solver.FromLength(withDivisor: true) || solver.FromSizes())
        {
        }

        return solver._unknown.Count > 0 ? new(null, solver._unknown[0]) : new(new SizePlan(solver._steps.ToImmutable()), null);
    }

    /// <summary>Whether the axis' length is a symbol of its own rather than given by others.</summary>
    public static bool HasOwnSize(Axis axis) => axis.Size.Equals(AffineForm.Of(Symbol.SizeOf(axis)));

    /// <summary>The int parameter that shares the axis' name and so gives its size; null when there is none.</summary>
    public static ScalarParameter? Giver(BoundLoss loss, Axis axis) =>
        loss.Scalars.FirstOrDefault(s => s.Element is ElementType.Int32 or ElementType.Int64 && s.Name == axis.Name);

    private static AxisSet Needed(BoundLoss loss)
    {
        IEnumerable<AffineForm> forms = loss.Spans.SelectMany(t => t.Axes).Select(a => a.Size).Concat(Reachability.Forms(Reachability.Of(loss.Roots)));
        AxisSet needed = AxisSet.Of(forms.SelectMany(SizesIn));
        foreach (Axis axis in loss.Graph.Axes.Reverse())
        {
            // A size may be computed from the computed size of an axis before it.
            if (needed.Contains(axis) && axis.ComputedSize is { } size) needed |= AxisSet.Of(ComputedSizes.Needed(size));
        }

        return needed;
    }

    private static IEnumerable<Axis> SizesIn(AffineForm form) =>
        form.Terms.Where(t => t.Symbol.Kind == SymbolKind.Size).Select(t => t.Symbol.Axis!);

    private void FromParameters()
    {
        foreach (Axis axis in _unknown.Where(axis => !axis.IsLocal).ToList())
        {
            if (Giver(_loss, axis) is { } parameter) Add(new(axis, parameter, null, ImmutableArray<AffineForm>.Empty));
        }
    }

    private void FromTensorSpans()
    {
        foreach (TensorParameter tensor in _loss.Tensors.Where(t => t.IsStrided))
        {
            for (int k = 0; k < tensor.Axes.Length; k++)
            {
                if (UnknownOf(tensor.Axes[k].Size) is { } axis) Add(new(axis, null, tensor, ImmutableArray<AffineForm>.Empty) { Dimension = k });
            }
        }
    }

    private bool FromLength(bool withDivisor)
    {
        foreach (TensorParameter tensor in _loss.Spans.Where(t => !t.IsStrided))
        {
            // A size that occurs twice (k = c) would need a root of the length: two open factors, not solved here.
            Axis[] open = tensor.Axes.Where(axis => SizesIn(axis.Size).Any(_unknown.Contains)).ToArray();
            if (open.Length != 1 || (tensor.Axes.Length > 1) != withDivisor || UnknownOf(open[0].Size) is not { } axis) continue;
            Add(new(axis, null, tensor, tensor.Axes.Where(a => a != open[0]).Select(a => a.Size).ToImmutableArray()));
            return true;
        }

        return false;
    }

    private bool FromSizes()
    {
        Axis? axis = _unknown.FirstOrDefault(a => a.ComputedSize is { } size && !ComputedSizes.Needed(size).Any(_unknown.Contains));
        if (axis is null) return false;
        Add(new(axis, null, null, ImmutableArray<AffineForm>.Empty));
        return true;
    }

    private Axis? UnknownOf(AffineForm size) => _unknown.FirstOrDefault(axis => size.Equals(axis.Size));

    private void Add(SizeStep step)
    {
        _steps.Add(step);
        _unknown.Remove(step.Axis);
    }
}
