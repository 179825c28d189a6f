namespace LossGen.Fuzz.Tests.Grammar;

/// <summary>
/// The grammar of random formulas, one row a way to write something. A feature of the language joins with a row; the tests fail while a row
/// does not come up in the bounded run.
/// </summary>
internal static partial class Productions
{
    // Lazily, since the rows stand in several files and the order of their initialisation is nobody's.
    private static readonly Lazy<Production[]> Rows =
        new(() => [.. Leaves, .. Arithmetic, .. Functions, .. StableForms, .. Reductions, .. Structure, .. Indices, .. Recurrences, .. Orders, .. Integers, .. Truths, .. Calls]);

    private static readonly Lazy<ILookup<Kind, Production>> ByKind = new(() => All.Where(p => p.Weight > 0)
        .SelectMany(p => Enum.GetValues<Kind>().Where(k => p.Result.Fits(k)).Select(k => (Kind: k, Production: p)))
        .ToLookup(p => p.Kind, p => p.Production));

    public static Production[] All => Rows.Value;

    /// <summary>What gives a value of a kind, or of one that fits.</summary>
    public static IEnumerable<Production> Of(Kind kind) => ByKind.Value[kind];

    private static IEnumerable<Production> Each(Kind[] kinds, Func<Kind, Production> row) => kinds.Select(row);
}
