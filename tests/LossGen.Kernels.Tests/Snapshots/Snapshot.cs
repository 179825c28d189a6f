using Xunit;

namespace LossGen.Kernels.Tests.Snapshots;

/// <summary>
/// Accepted text beside the test: <c>Name.verified.cs</c>. Text that differs is left as <c>Name.received.cs</c>; renaming it accepts it,
/// and so does a run with LOSSGEN_ACCEPT=1.
/// </summary>
internal static class Snapshot
{
    private static readonly string Folder = Path.Combine(FindRoot(), "tests", "LossGen.Kernels.Tests", "Snapshots");

    public static void Verify(string name, string text)
    {
        string verified = Path.Combine(Folder, name + ".verified.cs"), received = Path.Combine(Folder, name + ".received.cs");
        if (Environment.GetEnvironmentVariable("LOSSGEN_ACCEPT") == "1") File.WriteAllText(verified, text);
        if (File.Exists(verified) && File.ReadAllText(verified) == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"{name} differs from what was accepted; compare {received} with {verified}. {FirstDifference(verified, text)}");
    }

    private static string FirstDifference(string verified, string text)
    {
        if (!File.Exists(verified)) return "Nothing was accepted yet.";
        string[] wanted = File.ReadAllText(verified).Split('\n'), got = text.Split('\n');
        int line = 0;
        while (line < wanted.Length && line < got.Length && wanted[line] == got[line]) line++;
        return $"First in line {line + 1}: '{got.ElementAtOrDefault(line)?.Trim()}' instead of '{wanted.ElementAtOrDefault(line)?.Trim()}'.";
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "LossGen.sln"))) return directory.FullName;
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
