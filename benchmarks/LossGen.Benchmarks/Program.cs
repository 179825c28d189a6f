using LossGen;
using LossGen.Benchmarks;
using LossGen.Benchmarks.Accuracy;
using LossGen.Benchmarks.Measurement;
using LossGen.Benchmarks.Peers;
using LossGen.Benchmarks.Peers.Native;
using LossGen.Benchmarks.Peers.Torch;
using LossGen.Benchmarks.Report;

SuiteOptions options = SuiteOptions.Parse(args);
if (options.Accuracy)
{
    string errors = LossError.Measure();
    if (options.Write is { } numerics) MarkedSection.Replace(numerics, "errors of losses", errors);
    return;
}

Peer[] peers = [.. (options.Threads == 1 ? PeerTable.Others(1) : PeerTable.Threaded(options.Threads)).Where(options.Wants)];
foreach (Peer peer in peers.Where(peer => peer.Missing is not null)) Console.WriteLine($"without {peer.Name}: {peer.Missing}");
if (options.Check)
{
    Console.WriteLine($"{new Suite(options, PeerTable.Generated(), peers).Check()} comparisons with peers passed");
}
else
{
    List<Line> lines = options.Threads == 1 ? Time(options, peers) : TimeThreaded(options, peers);
    if (options.Write is { } path) Write(path, lines);
}

foreach (Peer peer in peers) peer.Dispose();

// Prints the lines as they come, and means at the end.
List<Line> Time(SuiteOptions options, Peer[] peers)
{
    LossGenOptions.MaxDegreeOfParallelism = options.Threads;
    Clock.OneThread = options.Threads == 1;
    string[] names = Names(peers);
    Console.WriteLine(ConsoleTable.Header(names));
    List<Line> lines = [];
    foreach (Line line in new Suite(options, PeerTable.Generated(), peers).Run())
    {
        lines.Add(line);
        Console.WriteLine(ConsoleTable.Row(line, names));
    }

    foreach (string mean in ConsoleTable.Means(lines, names)) Console.WriteLine(mean);
    return lines;
}

// Each peer apart: threads of PyTorch wait awake for their next work, on the processor that LossGen's second thread would take.
List<Line> TimeThreaded(SuiteOptions options, Peer[] peers)
{
    string[] sizes = options.Sizes.Length > 0 ? options.Sizes : ["1 K", "64 K", "1 M", "16 M", .. LossGen.Benchmarks.Rows.RowTable.Own];
    SuiteOptions wanted = options.Write is null ? options : options with { Passes = [true], Sizes = sizes };
    List<Line>[] columns = [.. peers.Where(peer => peer.Missing is null).Select(peer => Time(wanted, [peer]))];
    return columns.Length == 0 ? [] : columns.Aggregate(Line.Joined);
}

// The page: one thread against all peers, then two threads, value and gradient; the latter alone if it is asked for.
void Write(string path, List<Line> lines)
{
    string[] names = Names(peers);
    if (options.Threads > 1)
    {
        MarkedSection.Replace(path, "two threads", Page.Ratios(lines, names));
        return;
    }

    MachineLimits limits = MachineLimits.Measure(peers.OfType<NativePeer>().FirstOrDefault()?.Library ?? 0);
    MarkedSection.Replace(path, "machine", $"{MachineFacts.Describe(peers.OfType<TorchPeer>().FirstOrDefault(peer => peer.Missing is null)?.Version)}.\n");
    MarkedSection.Replace(path, "value and gradient", Page.Ratios([.. lines.Where(line => line.Gradient)], names));
    MarkedSection.Replace(path, "value", Page.Ratios([.. lines.Where(line => !line.Gradient)], names));
    MarkedSection.Replace(path, "limits", Page.Limits(lines, limits));
    MarkedSection.Replace(path, "small calls", Page.SmallCalls(lines));
    Peer[] threaded = [.. PeerTable.Threaded(2).Where(peer => peer.Missing is null)];
    MarkedSection.Replace(path, "two threads", Page.Ratios(TimeThreaded(options with { Threads = 2 }, threaded), Names(threaded)));
    foreach (Peer peer in threaded) peer.Dispose();
}

static string[] Names(Peer[] peers) => [.. peers.Where(peer => peer.Missing is null).Select(peer => peer.Name)];
