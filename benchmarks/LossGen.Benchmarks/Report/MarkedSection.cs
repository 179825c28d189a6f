namespace LossGen.Benchmarks.Report;

/// <summary>The measured part of a page: what stands between two comments is written anew, the text around it stays.</summary>
public static class MarkedSection
{
    public static void Replace(string path, string name, string text)
    {
        string start = $"<!-- {name} -->\n", end = $"<!-- end of {name} -->";
        string page = File.ReadAllText(path);
        int from = page.IndexOf(start, StringComparison.Ordinal), to = page.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from) throw new InvalidDataException($"{path} has no section '{name}'.");
        File.WriteAllText(path, string.Concat(page.AsSpan(0, from + start.Length), text, page.AsSpan(to)));
    }
}
