using System.Runtime.Intrinsics;
using LossGen.Kernels.Tests.Corpus;

namespace LossGen.Kernels.Tests;

/// <summary>The corpus in a process of its own: <c>width [--compiled folder] [words of case names]</c>. The exit code is 0 when all agrees at that width.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        if (arguments.Length == 0 || arguments[0] != $"{width}")
        {
            Console.WriteLine($"vectors are {width} bits wide, not {string.Join(" ", arguments)}");
            return 2;
        }

        string[] words = arguments[1..];
        if (words is ["--compiled", string folder, ..])
        {
            CorpusTables.CompiledFolder = folder;
            words = words[2..];
        }

        CorpusTables.Words = words;
        int cases = 0, failures = 0;
        foreach (CompiledCase compiled in CorpusTables.Names.SelectMany(table => CorpusTables.Get(table).Cases))
        {
            string name = $"{compiled.Loss.Name} ({compiled.Real})";
            cases++;
            string[] differences = [.. CorpusRun.Differences(compiled)];
            if (differences.Length == 0) continue;
            failures++;
            Console.WriteLine($"{name}: {CorpusRun.Report(differences)}");
        }

        Console.WriteLine($"{cases} cases at {width} bits, {failures} failed");
        return failures == 0 && cases > 0 ? 0 : 1;
    }
}
