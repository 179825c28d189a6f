using System.Text.RegularExpressions;

namespace LossGen.Gpu;

/// <summary>
/// What stands before the kernels of a loss: the differences between the three languages, and of the functions those that the kernels use.
/// </summary>
internal static partial class Prelude
{
    private static readonly (string Kind, string Neutral)[] Reductions =
        [("sum", "LIT(0.0)"), ("product", "LIT(1.0)"), ("max", "-(REAL)LG_INFINITY"), ("min", "(REAL)LG_INFINITY")];

    private static readonly Lazy<Definition[]> Single = new(() => Definitions(isDouble: false));

    private static readonly Lazy<Definition[]> Double = new(() => Definitions(isDouble: true));

    /// <summary>The whole text of some kernels.</summary>
    /// <param name="source">The kernels.</param>
    /// <param name="isDouble">Whether their working precision is float64.</param>
    public static string With(string source, bool isDouble)
    {
        Definition[] all = (isDouble ? Double : Single).Value;
        HashSet<string> used = [.. Words(source)];

        // A definition uses earlier ones only.
        foreach (Definition definition in all.Reverse().Where(d => used.Contains(d.Name))) used.UnionWith(definition.Uses);
        string real = isDouble ? "double" : "float";
        string wide = isDouble ? "typedef double lgw_real;\n#define LG_WIDE(x) x" : "#ifdef LG_FP64\ntypedef double lgw_real;\n#define LG_WIDE(x) x\n#else\ntypedef float lgw_real;\n#define LG_WIDE(x) x##f\n#endif";
        return string.Join("\n", [
            Resource("Dialects.h"), $"typedef {real} lg_real;\n{wide}\n", "typedef struct { lg_real high; lg_real low; } lg_pair;\n",
            .. all.Where(d => used.Contains(d.Name)).Select(d => d.Text), source,
        ]);
    }

    /// <summary>The names of all functions that kernels may call.</summary>
    public static IEnumerable<string> Names(bool isDouble) =>
        (isDouble ? Double : Single).Value.Select(d => d.Name).Concat(DefinedFunction().Matches(Resource("Dialects.h")).Select(m => m.Groups[1].Value));

    private static Definition[] Definitions(bool isDouble)
    {
        string functions = Resource("Functions.h") + "\n" + Resource("SpecialFunctions.h");
        List<Definition> all = [.. Split(Instantiate(functions, "lg_", isDouble))];
        foreach (Definition wide in Split(Instantiate(functions, "lgw_", isDouble: true)))
        {
            // Where the widest type is the working one, so are its functions.
            string same = $"#define {wide.Name} {wide.Name.Replace("lgw_", "lg_")}\n";
            IEnumerable<string> uses = wide.Uses.Append(wide.Name.Replace("lgw_", "lg_"));
            all.Add(isDouble ? new(wide.Name, same, [.. uses]) : new(wide.Name, $"#ifdef LG_FP64\n{wide.Text}#else\n{same}#endif\n", [.. uses]));
        }

        foreach (Definition reduction in Split(Instantiate(Resource("Reductions.h"), "lg_", isDouble)))
        {
            if (!reduction.Name.EndsWith("_KIND", StringComparison.Ordinal)) all.Add(reduction);
            else all.AddRange(Reductions.Select(r => Definition.Of(reduction.Text.Replace("KIND", r.Kind).Replace("NEUTRAL", Instantiate(r.Neutral, "lg_", isDouble)))));
        }

        return [.. all];
    }

    private static string Instantiate(string template, string prefix, bool isDouble)
    {
        string text = Prefixed().Replace(template, prefix + "$1");
        text = Called().Replace(text, isDouble ? "$1" : "LG_F32($1)");
        text = Literal().Replace(text, isDouble ? "$1" : "$1f");
        return Real().Replace(text, isDouble ? "double" : "float");
    }

    /// <summary>A file as its functions, each with the comment above it.</summary>
    private static IEnumerable<Definition> Split(string text)
    {
        string[] lines = text.Split('\n');
        List<string> definition = [];
        foreach (string line in lines)
        {
            bool begins = line.StartsWith("LG_FN ", StringComparison.Ordinal) || line.StartsWith("/*", StringComparison.Ordinal);
            if (begins && definition.Any(l => l.StartsWith("LG_FN ", StringComparison.Ordinal)))
            {
                yield return Definition.Of(string.Join("\n", definition).TrimEnd() + "\n");
                definition.Clear();
            }

            definition.Add(line);
        }

        yield return Definition.Of(string.Join("\n", definition).TrimEnd() + "\n");
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(m => m.Value);

    private static string Resource(string name)
    {
        using StreamReader reader = new(typeof(Prelude).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }

    [GeneratedRegex(@"PREFIX\((\w+)\)")]
    private static partial Regex Prefixed();

    [GeneratedRegex(@"CALL\((\w+)\)")]
    private static partial Regex Called();

    [GeneratedRegex(@"LIT\(([^)]*)\)")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\bREAL\b")]
    private static partial Regex Real();

    [GeneratedRegex(@"\blgw?_\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^LG_FN [\w ]+?\*?(lgw?_\w+)\(", RegexOptions.Multiline)]
    private static partial Regex DefinedFunction();

    /// <summary>A function of the prelude.</summary>
    private sealed record Definition(string Name, string Text, string[] Uses)
    {
        public static Definition Of(string text) => new(DefinedFunction().Match(text).Groups[1].Value, text, [.. Words(text)]);
    }
}
