namespace LossGen.Kernels.Tests.Corpus;

/// <summary>Sizes around the widths of vectors and blocks.</summary>
internal static class Shapes
{
    /// <summary>One axis: nothing, one element, and around every width of 2 to 16 lanes.</summary>
    public static readonly string[] Flat = Of("i", 0, 1, 2, 3, 15, 16, 17, 31, 33, 100);

    /// <summary>One axis around a block, and several chunks.</summary>
    public static readonly string[] Long = [.. Flat, .. Of("i", 4095, 4096, 4097, 100_003)];

    public static readonly string[] Rows =
        (from n in new[] { 0, 1, 3, 17 } from c in new[] { 1, 2, 10, 16, 17, 33 } select $"n={n},c={c}").Concat(["n=3,c=1000", "n=23,c=5"]).ToArray();

    /// <summary>Rows of two classes or more: with one, some gradients are 0 but for rounding.</summary>
    public static readonly string[] Classes = Rows.Where(shape => !shape.EndsWith("c=1", StringComparison.Ordinal)).ToArray();

    /// <summary>The last ones have more positions than a strip, in one row and in all rows together.</summary>
    public static readonly string[] Pictures =
        ["n=0,c=2,h=3,w=3", "n=1,c=1,h=1,w=1", "n=2,c=3,h=5,w=7", "n=2,c=4,h=4,w=16", "n=1,c=2,h=1,w=33", "n=3,c=17,h=2,w=2", "n=1,c=3,h=2,w=300", "n=2,c=6,h=17,w=31"];

    private static string[] Of(string axis, params int[] sizes) => sizes.Select(size => $"{axis}={size}").ToArray();
}
