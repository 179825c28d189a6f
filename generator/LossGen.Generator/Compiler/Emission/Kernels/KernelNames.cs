using System.Text.RegularExpressions;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Names of outputs that are not the user's; in brackets, so that no part can have the same.</summary>
internal static class KernelNames
{
    /// <summary>The loss itself.</summary>
    public const string Loss = "<loss>";

    /// <summary>The first wrong position of an index.</summary>
    public const string Position = "<position>";

    private static readonly Regex Bracketed = new("<(loss|index check [0-9]+)>", RegexOptions.CultureInvariant);

    /// <summary>A text that mentions outputs, for the reader.</summary>
    public static string Words(string text) => Bracketed.Replace(text, "$1");

    /// <summary>How many of each kind of argument have a name.</summary>
    public const int NamedArguments = 64;

    public const string ChunkBegin = "chunkBegin";

    public const string ChunkEnd = "chunkEnd";

    /// <summary>Names of what nests get and give when no frame carries it.</summary>
    public static IEnumerable<string> Arguments { get; } =
        new[] { ChunkBegin, ChunkEnd }.Concat(Enumerable.Range(0, NamedArguments).SelectMany(k => new[] { Slot(k), Partial(k), Tensor(k) })).ToArray();

    /// <summary>A real scalar of the frame.</summary>
    public static string Slot(int slot) => $"slot{slot}";

    /// <summary>A partial result of a nest.</summary>
    public static string Partial(int partial) => $"partial{partial}";

    /// <summary>The first byte of a tensor.</summary>
    public static string Tensor(int index) => $"tensor{index}";

    /// <summary>The type parameter of kernels that are compiled once for each way of storing.</summary>
    public const string Path = "TPath";

    /// <summary>The vectors that a loop stores to an output one behind the other.</summary>
    public static string Output(KernelBuffer output) => output.Name + OutputEnd;

    /// <summary>Whether a name could be one of these.</summary>
    public static bool IsOfOutput(string name) => name == Path || name.EndsWith(OutputEnd, StringComparison.Ordinal);

    private const string OutputEnd = "_vectors";

    /// <summary>Set when some index of a check is out of range.</summary>
    public static string Flag(int check) => $"<index check {check + 1}>";
}
