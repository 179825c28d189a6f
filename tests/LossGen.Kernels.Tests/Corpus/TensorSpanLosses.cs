namespace LossGen.Kernels.Tests.Corpus;

/// <summary>Some cases of every other table with all tensors as tensor spans: dense, with room behind rows, columns first, with gaps between elements.</summary>
internal static class TensorSpanLosses
{
    private const int Every = 5;

    public static readonly LossCase[] All =
    [
        .. new[] { PublishedLosses.All, StructureLosses.All, IndexLosses.All, OrderLosses.All, RecurrenceLosses.All, ResultLosses.All }
            .SelectMany(table => table.Where(loss => loss.Tensors.Any()).Where((_, k) => k % Every == 0)).Select(loss => loss.OfTensorSpans()),
        new("tensor spans beside spans", "z! tensor real[n, c]; y! real[n, c]; w tensor byte[c]: 0..3", "sum(softmax[c](z) * y^2 * w)", Shapes.Classes),
    ];
}
