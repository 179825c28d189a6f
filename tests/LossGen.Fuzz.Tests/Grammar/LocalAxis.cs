namespace LossGen.Fuzz.Tests.Grammar;

/// <summary>An axis that no parameter has: <c>axis q = size(n);</c>.</summary>
/// <param name="Name">Its name, which nothing else has.</param>
/// <param name="Text">Its size as the formula writes it.</param>
/// <param name="Of">The axis that its size comes from; null for a number.</param>
/// <param name="Size">Its size, from that of the other axis.</param>
internal sealed record LocalAxis(string Name, string Text, string? Of, Func<int, int> Size)
{
    /// <summary>As long as another axis: all pairs.</summary>
    public static LocalAxis Pairs(string name, string of) => new(name, $"size({of})", of, size => size);

    /// <summary>Half of another axis, rounded down.</summary>
    public static LocalAxis Half(string name, string of) => new(name, $"div(size({of}), 2)", of, size => size / 2);

    /// <summary>As much of another axis as there is, up to a number.</summary>
    public static LocalAxis AtMost(string name, string of, int most) => new(name, $"min(size({of}), {most})", of, size => Math.Min(size, most));

    /// <summary>A window.</summary>
    public static LocalAxis Fixed(string name, int size) => new(name, $"{size}", null, _ => size);

    public int SizeIn(IReadOnlyDictionary<string, int> sizes) => Size(Of is null ? 0 : sizes[Of]);
}
