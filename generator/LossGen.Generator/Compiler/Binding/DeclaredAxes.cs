using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Model;
using LossGen.Compiler.Syntax;

namespace LossGen.Compiler.Binding;

/// <summary>An axis of a declaration.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FixedSize">Its size, when that is a number.</param>
/// <param name="SizeOf">The axis whose size it has, itself of its own size; else null.</param>
internal sealed record DeclaredAxis(string Name, long? FixedSize, string? SizeOf);

/// <summary>
/// The axes that a loss' parameters declare together. Needs: the parameters. Gives: each axis once, in the order in which
/// they are first named, and each tensor's list; parameters share axes by name.
/// </summary>
internal sealed class DeclaredAxes
{
    /// <summary>The one axis of a span without <c>[Axes]</c>.</summary>
    public const string DefaultAxis = "i";

    private readonly ProblemList _problems;
    private readonly List<string> _order = new();
    private readonly Dictionary<string, List<SizeText>> _sizes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeclaredAxis?> _resolved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> _ofParameter = new(StringComparer.Ordinal);

    private DeclaredAxes(EquatableArray<ParameterSpec> parameters, ProblemList problems)
    {
        _problems = problems;
        foreach (ParameterSpec parameter in parameters)
        {
            // Those of a parameter whose type is in error too: the formula speaks of them.
            if (parameter.Axes is not null || parameter.Role is ParameterRole.Tensor or ParameterRole.StridedTensor or ParameterRole.Result) Read(parameter);
        }

        CheckNames(parameters);
        Axes = FromGivenSizes(_order.Select(Resolve).ToImmutableArray(), parameters.Where(IsSize).Select(p => p.Name).ToList());
    }

    public ImmutableArray<DeclaredAxis> Axes { get; }

    public static DeclaredAxes Of(EquatableArray<ParameterSpec> parameters, ProblemList problems) => new(parameters, problems);

    public bool Contains(string name) => _sizes.ContainsKey(name);

    /// <summary>The names of a tensor's axes, outermost first.</summary>
    public ImmutableArray<string> OfParameter(ParameterSpec parameter) => _ofParameter[parameter.Name];

    /// <summary>Whether it is an integer parameter that gives the size of the axis of its name.</summary>
    public bool IsSize(ParameterSpec parameter) =>
        parameter.Role == ParameterRole.Scalar && parameter.Element is ElementType.Int32 or ElementType.Int64 && Contains(parameter.Name);

    private void Read(ParameterSpec parameter)
    {
        if (parameter.Axes is not { } text)
        {
            Declare(DefaultAxis);
            _ofParameter[parameter.Name] = ImmutableArray.Create(DefaultAxis);
            return;
        }

        AxesText parsed = AxesText.Parse(text);
        var names = new List<string>();
        foreach (AxisSyntax axis in parsed.Axes)
        {
            if (names.Contains(axis.Name))
            {
                string suggestion = string.Join(", ", names.Append($"{FreeName(axis.Name, parsed.Axes)} = {axis.Name}"));
                _problems.ReportAxes(DiagnosticTable.RepeatedAxis, parameter.Name, axis.NameSpan, axis.Name, text, suggestion);
                continue;
            }

            names.Add(axis.Name);
            Declare(axis.Name);
            if (axis.FixedSize is not null || axis.SizeOf is not null) _sizes[axis.Name].Add(new SizeText(parameter, axis));
        }

        if (parsed.Error is { } error) _problems.ReportAxes(DiagnosticTable.InvalidAxesText, parameter.Name, parsed.ErrorSpan, text, error);
        _ofParameter[parameter.Name] = names.ToImmutableArray();
    }

    private void Declare(string name)
    {
        if (_sizes.ContainsKey(name)) return;
        _sizes.Add(name, new List<SizeText>());
        _order.Add(name);
    }

    private void CheckNames(EquatableArray<ParameterSpec> parameters)
    {
        foreach (ParameterSpec parameter in parameters)
        {
            if (Contains(parameter.Name) && !IsSize(parameter))
            {
                _problems.ReportParameter(DiagnosticTable.NameAlreadyUsed, parameter.Name, parameter.Name, "an axis");
            }
        }

        foreach (ParameterSpec parameter in parameters)
        {
            if (parameter.Axes is null || !_ofParameter.ContainsKey(parameter.Name)) continue;
            foreach (AxisSyntax axis in AxesText.Parse(parameter.Axes).Axes)
            {
                if (ReservedWords.Contains(axis.Name))
                {
                    _problems.ReportAxes(DiagnosticTable.ReservedName, parameter.Name, axis.NameSpan, axis.Name, "a reserved word", "an axis");
                }
            }
        }
    }

    // Null stands for an axis whose size is being resolved: meeting it again closes a circle.
    private DeclaredAxis Resolve(string name)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_resolved.TryGetValue(name, out DeclaredAxis? known) && known is not null) return known;
        _resolved[name] = null;
        DeclaredAxis? result = null;
        foreach (SizeText size in _sizes[name])
        {
            if (SizeOf(name, size) is not { } found) continue;
            if (result is not null && result != found)
            {
                Refuse(size, $"axis '{name}' already has {Describe(result)}");
            }

            result ??= found;
        }

        result ??= new DeclaredAxis(name, null, null);
        _resolved[name] = result;
        return result;
    }

    /// <summary>Of axes of one size, the one with an int parameter comes first: the others' sizes follow from it.</summary>
    private ImmutableArray<DeclaredAxis> FromGivenSizes(ImmutableArray<DeclaredAxis> axes, List<string> given)
    {
        var leaders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DeclaredAxis axis in axes.Where(axis => given.Contains(axis.Name)))
        {
            string root = axis.SizeOf ?? axis.Name;
            if (axis.FixedSize is null && !leaders.ContainsKey(root))
            {
                leaders.Add(root, axis.Name);
            }
            else if (axes.Where(a => a.Name == axis.Name || (axis.FixedSize is null && (a.SizeOf ?? a.Name) == root))
                .SelectMany(a => _sizes[a.Name]).FirstOrDefault() is { } size)
            {
                Refuse(size, $"parameter '{axis.Name}' gives a size that is known without it");
            }
        }

        return axes.Select(axis =>
        {
            if (axis.FixedSize is not null || !leaders.TryGetValue(axis.SizeOf ?? axis.Name, out string leader)) return axis;
            return axis with { SizeOf = leader == axis.Name ? null : leader };
        }).ToImmutableArray();
    }

    private DeclaredAxis? SizeOf(string name, SizeText size)
    {
        if (size.Axis.FixedSize is { } number) return new DeclaredAxis(name, number, null);
        string other = size.Axis.SizeOf!;
        if (!Contains(other))
        {
            string? near = Spelling.Nearest(other, _order);
            Refuse(size, $"'{other}' is no axis" + (near is null ? "" : $" (did you mean '{near}'?)"));
            return null;
        }

        if (_resolved.TryGetValue(other, out DeclaredAxis? started) && started is null)
        {
            Refuse(size, $"the size of axis '{name}' is given by itself");
            return null;
        }

        DeclaredAxis root = Resolve(other);
        return root with { Name = name, SizeOf = root.FixedSize is null ? root.SizeOf ?? root.Name : null };
    }

    private void Refuse(SizeText size, string reason) => _problems.ReportAxes(
        DiagnosticTable.InvalidAxesText, size.Parameter.Name, size.Axis.SizeSpan, size.Parameter.Axes!, reason);

    private static string Describe(DeclaredAxis axis) =>
        axis.FixedSize is { } size ? "size " + size.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"the size of '{axis.SizeOf}'";

    private string FreeName(string name, ImmutableArray<AxisSyntax> taken)
    {
        // The next letter reads best: n, m = n.
        foreach (string candidate in new[] { name == "n" ? "m" : name + "2", name + "_2" })
        {
            if (!Contains(candidate) && taken.All(axis => axis.Name != candidate)) return candidate;
        }

        return name + "_other";
    }

    private sealed record SizeText(ParameterSpec Parameter, AxisSyntax Axis);
}
