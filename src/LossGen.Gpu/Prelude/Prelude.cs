using System.Text.RegularExpressions;

namespace LossGen.Gpu;

/// <summary>
/// What stands before the kernels of a loss: the differences between the three languages, and of the functions those that the kernels use.
/// </summary>
internal static partial class Prelude
{
    private static readonly (string Kind, string Neutral)[] Reductions =
        [("sum", "LIT(0.0)"), ("product", "LIT(1.0)"), ("max", "-(REAL)LG_INFINITY"), ("min", "(REAL)LG_INFINITY")];

    private static readonly string Functions = Resource("Functions.h") + "\n" + Resource("BesselFunctions.h") + "\n";

    // Of float alone: digits that a library computes, and float cannot hold, are left out.
    private static readonly string Shorter = Resource("SingleFunctions.h");

    private static readonly string Stirling = Resource("StirlingSeries.h") + "\n";

    private static readonly string Gamma = Resource("GammaFunctions.h") + "\n";

    private static readonly Lazy<Definition[]> Single = new(() => Definitions(isDouble: false));

    private static readonly Lazy<Definition[]> Double = new(() => Definitions(isDouble: true));

    /// <summary>The whole text of some kernels.</summary>
    /// <param name="source">The kernels.</param>
    /// <param name="isDouble">Whether their working precision is float64.</param>
    public static string With(string source, bool isDouble)
    {
        Definition[] all = (isDouble ? Double : Single).Value;
        HashSet<string> used = [.. Definition.Words(source)];

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
    public static IEnumerable<string> Names(bool isDouble) => (isDouble ? Double : Single).Value.Select(d => d.Name);

    private static Definition[] Definitions(bool isDouble)
    {
        List<Definition> all = [.. Split(Resource("Elements.h"), "lg_", isDouble)];
        if (isDouble)
        {
            Definition[] functions = [.. Split(Functions + Stirling + Gamma, "lg_", isDouble)];
            all.AddRange(functions);
            all.AddRange(functions.Select(d => Definition.Alias(d.Name.Replace("lg_", "lgw_"), d.Name)));
        }
        else
        {
            all.AddRange(SingleDefinitions());
        }

        foreach (Definition reduction in Split(Resource("Reductions.h"), "lg_", isDouble))
        {
            if (!reduction.Name.EndsWith("_KIND", StringComparison.Ordinal)) all.Add(reduction);
            else all.AddRange(Reductions.Select(r => Definition.Of(reduction.Text.Replace("KIND", r.Kind).Replace("NEUTRAL", Instantiate(r.Neutral, "lg_", isDouble)))));
        }

        return [.. all];
    }

    /// <summary>
    /// Those of float; and those of the widest type, which are of float64 where the device has it. There the gamma functions of float are
    /// computed in float64 too: the differences that they are made of lose digits.
    /// </summary>
    private static IEnumerable<Definition> SingleDefinitions()
    {
        foreach (Definition wide in Split(Functions + Stirling + Gamma, "lgd_", isDouble: true)) yield return wide.WithDouble();
        Dictionary<string, Definition> shorter = Split(Shorter, "lg_", isDouble: false).ToDictionary(d => d.Name);
        List<Definition> single = [.. Split(Functions, "lg_", isDouble: false).Select(d => shorter.GetValueOrDefault(d.Name, d))];
        single.AddRange(Split(Stirling, "lg_", isDouble: false).Select(d => d.WithoutDouble()));
        single.AddRange(Split(Gamma, "lg_", isDouble: false).Select(d => d.Calling(d.Name.Replace("lg_", "lgd_")).WithDouble(d)));
        foreach (Definition definition in single) yield return definition;
        foreach (string name in single.Select(d => d.Name))
        {
            string wide = name.Replace("lg_", "lgw_");
            yield return Definition.Alias(wide, name.Replace("lg_", "lgd_")).WithDouble(Definition.Alias(wide, name));
        }
    }

    private static string Instantiate(string template, string prefix, bool isDouble)
    {
        string text = Prefixed().Replace(template, prefix + "$1");
        text = Called().Replace(text, isDouble ? "$1" : "LG_F32($1)");
        text = Literal().Replace(text, isDouble ? "$1" : "$1f");
        return Real().Replace(text, isDouble ? "double" : "float");
    }

    /// <summary>A file as its functions, each with the comment above it.</summary>
    private static IEnumerable<Definition> Split(string template, string prefix, bool isDouble)
    {
        List<string> definition = [];
        foreach (string line in Instantiate(template, prefix, isDouble).Split('\n'))
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
}
