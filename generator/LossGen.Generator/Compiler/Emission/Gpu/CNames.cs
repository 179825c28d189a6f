using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Names as the three languages accept them. A name keeps its spelling unless one of them reserves it or it has letters outside of ASCII;
/// different names stay different.
/// </summary>
internal sealed class CNames
{
    // Keywords, types and qualifiers of C, C++, CUDA, HIP and OpenCL C, and what their compilers define as macros.
    private static readonly HashSet<string> Reserved = new((
        "alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl complex concept const consteval constexpr constinit const_cast continue "
        + "co_await co_return co_yield decltype default delete do double dynamic_cast else enum explicit export extern false float for friend global goto half if imaginary inline int "
        + "kernel local long mutable namespace new noexcept not not_eq nullptr operator or or_eq pipe private protected ptrdiff_t public quad read_only read_write register "
        + "reinterpret_cast requires restrict return shared short signed size_t sizeof static static_assert static_cast struct switch template this thread_local throw true try "
        + "typedef typeid typename typeof uchar uint ulong union uniform unsigned ushort using virtual void volatile wchar_t while write_only xor xor_eq "
        + "blockDim blockIdx gridDim threadIdx warpSize event_t sampler_t linux unix M_PI M_E NULL INFINITY NAN MAXFLOAT HUGE_VAL "
        + "slots numbers partials workers groups shared lanes worker lane step item items element group total vector vectors ahead aligned neighbour "
        + "row column tile tiles tile_rows tile_columns first first_row first_column term next depth down across at load few kept room turn side each loads terms part").Split(' '), StringComparer.Ordinal);

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The name as it is written.</summary>
    public string this[string name]
    {
        get
        {
            if (_known.TryGetValue(name, out string? known)) return known;
            string written = Spell(name);
            if (Reserved.Contains(written) || written.StartsWith("lg", StringComparison.OrdinalIgnoreCase) || written.StartsWith("__", StringComparison.Ordinal)) written = "u_" + written;
            while (!_taken.Add(written)) written += "_";
            return _known[name] = written;
        }
    }

    /// <summary>A name of the kernel's own, the same for the same text, which differs from that of a formula's name of this spelling.</summary>
    public string Own(string name) => this["@" + name];

    /// <summary>Whether a text has a name in it.</summary>
    public static bool Mentions(string text, string name) => Regex.IsMatch(text, $@"\b{name}\b", RegexOptions.CultureInvariant);

    /// <summary>A name in letters of ASCII.</summary>
    public static string Spell(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name.TrimStart('@'))
        {
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_') text.Append(c);
            else text.Append("_u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
