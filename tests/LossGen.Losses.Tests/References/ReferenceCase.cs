using System.Globalization;
using System.Reflection;

namespace LossGen.Losses.Tests.References;

/// <summary>Arguments of a loss, and what it must give for them; written by a folder of <c>tests/references</c>.</summary>
/// <param name="Class">The class of the loss.</param>
/// <param name="Loss">The name of the loss.</param>
/// <param name="What">What is particular about it.</param>
/// <param name="Oracle">PyTorch's function that gave the numbers, or "formula".</param>
internal sealed record ReferenceCase(string Class, string Loss, string What, string Oracle)
{
    /// <summary>Class and loss.</summary>
    public string Method => $"{Class}.{Loss}";

    /// <summary>Sizes of the axes, for the parameters that give one.</summary>
    public Dictionary<string, int> Axes { get; } = [];

    /// <summary>Tensors, row-major, and scalars as one number, by parameter; a scalar that is missing has its default.</summary>
    public Dictionary<string, double[]> Arguments { get; } = [];

    /// <summary>The loss, or that of each element, row-major.</summary>
    public double[] Values { get; private set; } = [];

    /// <summary>The derivative of what follows by the loss of each element, which the gradients are multiplied by; empty for a loss that is one number.</summary>
    public double[] Upstream { get; private set; } = [];

    public Dictionary<string, double> Parts { get; } = [];

    /// <summary>By differentiated parameter.</summary>
    public Dictionary<string, double[]> Gradients { get; } = [];

    /// <summary>Those of the catalogue's losses.</summary>
    public static IReadOnlyList<ReferenceCase> Catalogue { get; } = Stored("catalogue");

    /// <summary>Those of the losses that <c>Papers</c> declares.</summary>
    public static IReadOnlyList<ReferenceCase> Papers { get; } = Stored("papers");

    public override string ToString() => $"{Method}, {What}";

    private static ReferenceCase[] Stored(string folder) =>
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(r => r.StartsWith(folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).SelectMany(Read)];

    private static IEnumerable<ReferenceCase> Read(string resource)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        List<ReferenceCase> cases = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            if (line.StartsWith("case ", StringComparison.Ordinal))
            {
                string[] head = line["case ".Length..].Split(" | ");
                cases.Add(new(resource[(resource.IndexOf('/') + 1)..], head[0], head[1], head[2]));
            }
            else
            {
                cases[^1].Add(line.Split(' '));
            }
        }

        return cases;
    }

    private void Add(string[] words)
    {
        switch (words[0])
        {
            case "axes":
                for (int i = 1; i < words.Length; i += 2) Axes.Add(words[i], int.Parse(words[i + 1], CultureInfo.InvariantCulture));
                break;
            case "in":
                Arguments.Add(words[1], Numbers(words[2..]));
                break;
            case "value":
                Values = Numbers(words[1..]);
                break;
            case "upstream":
                Upstream = Numbers(words[1..]);
                break;
            case "part":
                Parts.Add(words[1], Numbers(words[2..]).Single());
                break;
            case "gradient":
                Gradients.Add(words[1], Numbers(words[2..]));
                break;
            default:
                throw new InvalidDataException($"'{words[0]}' in a case of {this}.");
        }
    }

    private static double[] Numbers(string[] words) => [.. words.Select(word => word switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ => double.Parse(word, CultureInfo.InvariantCulture),
    })];
}
