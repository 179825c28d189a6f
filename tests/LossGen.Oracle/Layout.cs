using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Oracle;

/// <summary>Row-major cells over some axes.</summary>
internal sealed class Layout
{
    public Layout(ImmutableArray<Axis> axes, Func<Axis, long> size)
    {
        Axes = axes;
        Sizes = axes.Select(a => checked((int)size(a))).ToArray();
        if (Sizes.Any(s => s < 0)) throw new ArgumentException("an axis of negative size");
        Count = Sizes.Aggregate(1, (product, s) => checked(product * s));
    }

    public ImmutableArray<Axis> Axes { get; }

    public int[] Sizes { get; }

    public int Count { get; }

    /// <summary>For every cell of this layout in order, the cell of a layout over fewer axes.</summary>
    public int[] CellsOf(Layout part)
    {
        int[] strides = Axes.Select(part.StrideOf).ToArray();
        var cells = new int[Count];
        var position = new int[Axes.Length];
        int cell = 0;
        for (int i = 0; i < Count; i++)
        {
            cells[i] = cell;
            for (int d = Axes.Length - 1; d >= 0; d--)
            {
                cell += strides[d];
                if (++position[d] < Sizes[d]) break;
                cell -= strides[d] * Sizes[d];
                position[d] = 0;
            }
        }

        return cells;
    }

    /// <summary>For every cell in order, its position along an axis.</summary>
    public int[] PositionsOf(Axis axis)
    {
        int stride = StrideOf(axis), size = Sizes[Axes.IndexOf(axis)];
        return Enumerable.Range(0, Count).Select(i => i / stride % size).ToArray();
    }

    private int StrideOf(Axis axis)
    {
        int index = Axes.IndexOf(axis);
        return index < 0 ? 0 : Sizes.Skip(index + 1).Aggregate(1, (product, s) => product * s);
    }
}
