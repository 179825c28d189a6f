namespace LossGen.Compiler.Binding;

/// <summary>Finds the known name that a misspelled one was probably meant to be.</summary>
internal static class Spelling
{
    /// <summary>The nearest candidate within a third of the name's length in edits; null when none is that near.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        int limit = Math.Max(1, name.Length / 3);
        return candidates
            .Where(candidate => candidate != name && Math.Abs(candidate.Length - name.Length) <= limit)
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            // For a name of one letter every other one would be near.
            .Where(c => c.Distance <= limit && c.Distance < Math.Max(name.Length, c.Name.Length))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => c.Name)
            .FirstOrDefault();
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours; a change of case alone counts nothing.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = rows[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                rows[i, j] = Math.Min(replace, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1])) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
