using System.Globalization;

namespace LossGen.Benchmarks;

/// <summary>The command line.</summary>
/// <param name="Rows">Parts of the keys or titles of the rows to time; all if empty.</param>
/// <param name="Sizes">Names of the sizes to time; all if empty.</param>
/// <param name="Peers">Names of the peers; all if empty.</param>
/// <param name="Threads">Threads for LossGen and PyTorch.</param>
/// <param name="Seconds">Time for each pair.</param>
/// <param name="Passes">Whether to time gradients, values, or both.</param>
/// <param name="Check">Compare all peers at small sizes, and time nothing.</param>
/// <param name="Accuracy">Measure the losses' errors up to 256 M elements, and time nothing.</param>
/// <param name="Write">Where to write the report, or null.</param>
public sealed record SuiteOptions(
    string[] Rows, string[] Sizes, string[] Peers, int Threads, double Seconds, bool[] Passes, bool Check, bool Accuracy, string? Write)
{
    public const string Usage = """
        dotnet run -c Release --project benchmarks/LossGen.Benchmarks -- [options]
          --rows a,b       rows whose key or title contains a or b          --sizes "1 M,64 K"
          --peers "C,PyTorch"                                               --threads 1
          --seconds 2      for each pair of times                           --quick        0.3 seconds
          --pass gradient|value                                             --check        compare the peers, time nothing
          --write docs/benchmarks.md                                        --accuracy     errors at up to 256 M elements
        """;

    public static SuiteOptions Parse(string[] arguments)
    {
        Dictionary<string, string> values = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            if (name is "--quick" or "--check" or "--accuracy") values[name] = "";
            else if (name is "--rows" or "--sizes" or "--peers" or "--threads" or "--seconds" or "--pass" or "--write" && i + 1 < arguments.Length) values[name] = arguments[++i];
            else throw new ArgumentException(Usage);
        }

        string Text(string name, string otherwise) => values.GetValueOrDefault(name, otherwise);
        string[] List(string name) => Text(name, "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new(
            List("--rows"),
            List("--sizes"),
            List("--peers"),
            int.Parse(Text("--threads", "1"), CultureInfo.InvariantCulture),
            double.Parse(Text("--seconds", values.ContainsKey("--quick") ? "0.3" : "2"), CultureInfo.InvariantCulture),
            Text("--pass", "") switch { "gradient" => [true], "value" => [false], _ => [true, false] },
            values.ContainsKey("--check"),
            values.ContainsKey("--accuracy"),
            values.GetValueOrDefault("--write"));
    }

    public bool Wants(Rows.Row row) => Rows.Length == 0 || Rows.Any(part => row.Key.Contains(part, StringComparison.Ordinal) || row.Title.Contains(part, StringComparison.OrdinalIgnoreCase));

    public bool Wants(Rows.Size size) => Sizes.Length == 0 || Sizes.Contains(size.Name);

    public bool Wants(Peers.Peer peer) => Peers.Length == 0 || Peers.Contains(peer.Name);
}
