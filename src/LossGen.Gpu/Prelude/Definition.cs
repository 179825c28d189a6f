using System.Text.RegularExpressions;

namespace LossGen.Gpu;

/// <summary>A function of the prelude.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its text, with the comment above it.</param>
/// <param name="Uses">What it may call; earlier definitions only.</param>
internal sealed partial record Definition(string Name, string Text, string[] Uses)
{
    /// <summary>A function as written.</summary>
    public static Definition Of(string text) => new(NamesIn(text).First(), text, [.. Words(text)]);

    /// <summary>Another name of a function.</summary>
    public static Definition Alias(string name, string function) => new(name, $"#define {name} {function}\n", [function]);

    /// <summary>The functions that a text defines.</summary>
    public static IEnumerable<string> NamesIn(string text) => Function().Matches(text).Select(m => m.Groups["name"].Value);

    /// <summary>All words in a text that may be functions of the prelude.</summary>
    public static IEnumerable<string> Words(string text) => Word().Matches(text).Select(m => m.Value);

    /// <summary>This where the device has float64, and something else, or nothing, where it has not.</summary>
    public Definition WithDouble(Definition? otherwise = null) =>
        new(Name, $"#ifdef LG_FP64\n{Text}{(otherwise is null ? "" : "#else\n" + otherwise.Text)}#endif\n", [.. Uses, .. otherwise?.Uses ?? []]);

    /// <summary>This where the device has no float64.</summary>
    public Definition WithoutDouble() => new(Name, $"#ifndef LG_FP64\n{Text}#endif\n", Uses);

    /// <summary>A function of float that calls one of float64.</summary>
    /// <param name="name">The function of float64 that is called.</param>
    public Definition Calling(string name)
    {
        Match head = Function().Match(Text);
        IEnumerable<string> parameters = head.Groups["parameters"].Value.Split(", ").Select(p => p.Split(' ')[^1]);
        return Of($"{head.Value} {{ return (float){name}({string.Join(", ", parameters.Select(p => "(double)" + p))}); }}\n");
    }

    [GeneratedRegex(@"^LG_FN [\w ]+?\*?(?<name>lg[wd]?_\w+)\((?<parameters>[^)]*)\)", RegexOptions.Multiline)]
    private static partial Regex Function();

    [GeneratedRegex(@"\blg[wd]?_\w+")]
    private static partial Regex Word();
}
