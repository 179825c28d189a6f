using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Loops over strips of an axis: loops over the axis inside run over the strip that is open, and arrays of the strip's own hold no more.</summary>
internal sealed partial class KernelBuilder
{
    // The strip that is open of each axis that is cut.
    private readonly Dictionary<Axis, (Axis Start, KernelLocal End)> _strips = new();

    private void BuildStrips(Loop loop, Axis cut, KernelExpression from, KernelExpression to)
    {
        if (!_nest.Strips.TryGetValue(loop, out (Axis Start, KernelLocal End) strip))
        {
            string name = cut.Name.Replace("'", "");
            strip.Start = new Axis(cut.Index, _nest.NewOuterName("from_" + name), size: null, isLocal: false);
            strip.End = new KernelLocal(_nest.NewOuterName("until_" + name), ValueType.Integer, false, Precision.Working);
            _nest.Strips.Add(loop, strip);
        }

        _strips.Add(cut, strip);
        var done = _done.ToList();
        List<KernelStatement> body = Nested(() => Inside(loop));
        Forget(done);
        _strips.Remove(cut);
        _code.Add(new BlockLoop(cut, strip.Start, strip.End, from, to, Loop.StripLength, body.ToImmutableArray()));
    }

    /// <summary>The first position of a loop over an axis, and the one after its last.</summary>
    private (KernelExpression From, KernelExpression To) BoundsOf(Axis axis) => _strips.TryGetValue(axis, out (Axis Start, KernelLocal End) strip)
        ? (new IntegerForm(AffineForm.Of(Symbol.PositionOf(strip.Start))), new LocalValue(strip.End))
        : (new IntegerForm(AffineForm.Zero), new IntegerForm(axis.Size));

    /// <summary>The dimension of an array of such axes that has one strip alone: its array stands inside of so many loops around a statement, the strips' loop among them.</summary>
    private (int Dimension, Axis Start)? StripOf(Statement statement, ImmutableArray<Axis> axes, int depth)
    {
        foreach (Loop loop in statement.Path.Take(depth))
        {
            int dimension = loop.StripsOf is { } cut ? axes.IndexOf(cut) : -1;
            if (dimension >= 0) return (dimension, _strips[axes[dimension]].Start);
        }

        return null;
    }

    /// <summary>A position along an axis, from the start of the strip.</summary>
    private static KernelExpression InStrip(KernelExpression position, Axis start)
    {
        AffineForm from = AffineForm.Of(Symbol.PositionOf(start));
        return position switch
        {
            IntegerForm form => new IntegerForm(form.Form - from),
            LanePositions lanes => lanes with { First = lanes.First - from },
            _ => throw new InvalidOperationException($"{position} is no position of a strip"),
        };
    }
}
