using System.Collections.Immutable;
using LossGen.Fuzz.Tests.Grammar;

namespace LossGen.Fuzz.Tests.Formulas;

/// <summary>What a formula under construction may name: axes, and the parameters, bindings and functions that exist so far.</summary>
internal sealed class Scope(Random random)
{
    private static readonly string[][] Choices = [["i"], ["n"], ["n", "c"], ["n", "c"], ["c", "n"], ["n", "c", "w"], ["n", "k"], ["n", "c", "m"]];

    public ImmutableArray<string> Axes { get; } = [.. Choices[random.Next(Choices.Length)]];

    public List<Parameter> Parameters { get; } = [];

    public List<Binding> Bindings { get; } = [];

    public List<Function> Functions { get; } = [];

    /// <summary>Inside of a function: its parameters. Nothing that is made here may be named outside.</summary>
    public ImmutableArray<FunctionParameter>? Own { get; set; }

    /// <summary>A name that nothing has.</summary>
    public string NewName(string prefix) => prefix + (Parameters.Count + Bindings.Count + Functions.Count + 1);
}
