using LossGen;
using LossGen.Benchmarks;
using LossGen.Benchmarks.Peers;
using LossGen.Benchmarks.Report;

SuiteOptions options = SuiteOptions.Parse(args);
LossGenOptions.MaxDegreeOfParallelism = options.Threads;
using Peer generated = PeerTable.Generated();
Peer[] peers = [.. PeerTable.Others(options.Threads).Where(options.Wants)];
foreach (Peer peer in peers.Where(peer => peer.Missing is not null)) Console.WriteLine($"without {peer.Name}: {peer.Missing}");
Suite suite = new(options, generated, peers);
if (options.Check)
{
    Console.WriteLine($"{suite.Check()} comparisons with peers passed");
}
else
{
    List<Line> lines = [];
    string[] names = [.. peers.Where(peer => peer.Missing is null).Select(peer => peer.Name)];
    Console.WriteLine(ConsoleTable.Header(names));
    foreach (Line line in suite.Run())
    {
        lines.Add(line);
        Console.WriteLine(ConsoleTable.Row(line, names));
    }

    foreach (string mean in ConsoleTable.Means(lines, names)) Console.WriteLine(mean);
}

foreach (Peer peer in peers) peer.Dispose();
