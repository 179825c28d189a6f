namespace LossGen.Benchmarks.Report;

/// <summary>Lines as they come: LossGen's time, and each peer's as a multiple of it.</summary>
public static class ConsoleTable
{
    public static string Header(string[] peers) =>
        $"{"loss",-27} {"size",-19} {"pass",-8} {"ns/element",10} {string.Concat(peers.Select(peer => $"{peer,17}"))}";

    public static string Row(Line line, string[] peers) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{line.Row.Title,-27} {line.Size.Name,-19} {(line.Gradient ? "gradient" : "value"),-8} {line.NanosecondsOfElement,10:F3} {string.Concat(peers.Select(peer => $"{line.Ratio(peer)?.ToString("F2", System.Globalization.CultureInfo.InvariantCulture) ?? "–",17}"))}");

    /// <summary>The geometric means of the ratios, with gradient and without.</summary>
    public static IEnumerable<string> Means(IReadOnlyList<Line> lines, string[] peers) =>
        from pass in lines.GroupBy(line => line.Gradient)
        let means = peers.Select(peer => $"{Mean(pass, peer),17:F2}")
        select $"{"geometric mean",-47} {(pass.Key ? "gradient" : "value"),-8} {"",10} {string.Concat(means)}";

    public static double Mean(IEnumerable<Line> lines, string peer) =>
        Math.Exp(lines.Select(line => line.Ratio(peer)).OfType<double>().Select(ratio => Math.Log(ratio)).DefaultIfEmpty(double.NaN).Average());
}
