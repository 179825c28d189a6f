using System.Diagnostics;
using System.Globalization;

namespace LossGen.Fuzz.Tests;

/// <summary>A longer run in a process of its own: <c>count [first seed] [raw]</c>; <c>raw</c> shrinks nothing. The exit code is 0 when nothing differs.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        int count = int.Parse(arguments[0], CultureInfo.InvariantCulture), first = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 0;
        var run = new FuzzRun(shrinks: !arguments.Contains("raw"));
        var watch = Stopwatch.StartNew();
        int shown = 0;
        run.Run(first, count, now =>
        {
            foreach (string failure in now.Failures.Skip(shown)) Console.WriteLine($"{failure}\n");
            shown = now.Failures.Count;
            Console.WriteLine($"{watch.Elapsed.TotalSeconds:F0} s: {now.Summary}");
        });
        foreach (string draft in run.Rejected.Take(10)) Console.WriteLine($"rejected, {draft}");
        return run.Failures.Count == 0 ? 0 : 1;
    }
}
