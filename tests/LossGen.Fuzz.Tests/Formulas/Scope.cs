using System.Collections.Immutable;
using LossGen.Fuzz.Tests.Grammar;

namespace LossGen.Fuzz.Tests.Formulas;

/// <summary>What a formula under construction may name: axes, and the parameters, bindings and functions that exist so far.</summary>
internal sealed class Scope
{
    private static readonly string[][] Choices = [["i"], ["n"], ["n", "c"], ["n", "c"], ["c", "n"], ["n", "c", "w"], ["n", "k"], ["n", "c", "m"]];

    private int _names;

    public Scope(Random random)
    {
        Stored = [.. Choices[random.Next(Choices.Length)]];
        string of = Stored[random.Next(Stored.Length)];
        Locals = random.Next(12) switch
        {
            0 or 1 => [LocalAxis.Pairs("q", of)],
            2 => [LocalAxis.Fixed("r", random.Next(1, 4))],
            3 => [random.Next(2) == 0 ? LocalAxis.Half("g", of) : LocalAxis.AtMost("g", of, 3)],
            4 => [LocalAxis.Pairs("q", of), random.Next(2) == 0 ? LocalAxis.Fixed("r", 2) : LocalAxis.Half("g", of)],
            _ => [],
        };
        Axes = [.. Stored, .. Locals.Select(a => a.Name)];
    }

    /// <summary>The axes of parameters.</summary>
    public ImmutableArray<string> Stored { get; }

    public ImmutableArray<LocalAxis> Locals { get; }

    /// <summary>Both.</summary>
    public ImmutableArray<string> Axes { get; }

    public List<Parameter> Parameters { get; } = [];

    /// <summary>Bindings, and results of recurrences of several states.</summary>
    public List<Symbol> Values { get; } = [];

    public List<Function> Functions { get; } = [];

    /// <summary>Inside of a function its parameters, inside of a recurrence its states. Nothing that is made here may be named outside.</summary>
    public ImmutableArray<Symbol>? Own { get; set; }

    public bool IsInRecurrence => Own is { } own && own.Any(s => s is State);

    public bool IsLocal(string axis) => Locals.Any(a => a.Name == axis);

    /// <summary>Whether the first of two axes has all positions of the second, whatever the sizes are.</summary>
    public bool HasAllOf(string axis, string other) =>
        Locals.FirstOrDefault(a => a.Name == other)?.Of == axis || (axis, other) is ("n", "m") or ("m", "n");

    /// <summary>A name that nothing has.</summary>
    public string NewName(string prefix) => prefix + ++_names;
}
