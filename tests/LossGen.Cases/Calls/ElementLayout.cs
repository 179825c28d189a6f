namespace LossGen.Cases.Calls;

/// <summary>Where the elements of a tensor lie in memory: its lengths, and the distance of neighbours along each axis.</summary>
/// <param name="Lengths">Outermost first.</param>
/// <param name="Strides">In elements.</param>
internal sealed record ElementLayout(nint[] Lengths, nint[] Strides)
{
    private const int Kinds = 4;

    public int Count { get; } = Lengths.Aggregate(1, (count, length) => count * (int)length);

    /// <summary>How many elements of memory lie from the first to the last.</summary>
    public nint Extent => Count == 0 ? 0 : 1 + (nint)Lengths.Zip(Strides, (length, stride) => (long)((length - 1) * stride)).Sum();

    /// <summary>Lengths, then strides.</summary>
    public nint[] Shape => [.. Lengths, .. Strides];

    public static ElementLayout Dense(params nint[] lengths) => Of(lengths, lengths.Length - 1, 1, 0, step: -1);

    /// <summary>One of several layouts: dense, rows with room behind them, columns first, and every second element.</summary>
    public static ElementLayout Some(nint[] lengths, int number) => (number % Kinds) switch
    {
        0 => Dense(lengths),
        1 => Of(lengths, lengths.Length - 1, 1, 3, step: -1),
        2 => Of(lengths, 0, 1, 0, step: 1),
        _ => Of(lengths, lengths.Length - 1, 2, 1, step: -1),
    };

    /// <summary>The place of an element, counted row by row.</summary>
    public nint OffsetOf(int element)
    {
        nint offset = 0, rest = element;
        for (int k = Lengths.Length - 1; k >= 0; k--)
        {
            offset += rest % Lengths[k] * Strides[k];
            rest /= Lengths[k];
        }

        return offset;
    }

    // From the axis with the smallest stride on; each leaves some elements behind its last.
    private static ElementLayout Of(nint[] lengths, int first, nint stride, nint room, int step)
    {
        var strides = new nint[lengths.Length];
        for (int k = first; k >= 0 && k < lengths.Length; k += step)
        {
            // Tensor spans want no stride where there is no step.
            strides[k] = lengths[k] > 1 ? stride : 0;
            stride = (stride * Math.Max(lengths[k], 1)) + room;
        }

        return new(lengths, strides);
    }
}
