using System.Collections.Immutable;
using System.Globalization;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Diagnostics;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Tests.Binding;

/// <summary>
/// Losses for tests, from short texts. Parameters are separated by semicolons: <c>z float[n, c]</c>, <c>y byte[]</c> (without [Axes]),
/// <c>x! float[]</c> (differentiated), <c>tau float = 0.5</c>, <c>dice out</c>, <c>each result[n]</c>.
/// </summary>
internal static class Declaration
{
    public static LossSignature Signature(string name, string parameters, string formula, params LossCall[] calls) =>
        new(name, formula, ElementType.Single, Parameters(parameters), calls.ToImmutableArray());

    public static LossCall Call(string name, params int[] candidates) => new(name, candidates.ToImmutableArray());

    public static LossSpec Loss(LossSignature signature, params LossSignature[] callees) => new(
        signature, callees.ToImmutableArray(), "Tests", EquatableArray<ContainingTypeSpec>.Empty, signature.Name, "public static",
        signature.Name + "Program", signature.Name + ".g.cs", HasDocumentation: false, ReturnsVoid: false, EquatableArray<LossProblem>.Empty);

    public static BindingResult Bind(string parameters, string formula) => Bind(Loss(Signature("Loss", parameters, formula)));

    /// <summary>The loss of a formula that has no problems.</summary>
    public static BoundLoss Bound(string parameters, string formula)
    {
        BindingResult result = Bind(parameters, formula);
        return result.Loss ?? throw new InvalidOperationException(Print(result));
    }

    public static BindingResult Bind(LossSpec spec) => Binder.Bind(spec, CancellationToken.None);

    /// <summary>The bound result as text; the messages when there are errors.</summary>
    public static string Print(BindingResult result) =>
        result.Loss is { } loss ? NodePrinter.Strip(NodePrinter.Print(loss.Result)) : string.Join(" | ", result.Problems.Select(Print));

    /// <summary>Id, the characters marked, and the message.</summary>
    public static string Print(LossProblem problem) => $"{problem.Row.Id}: {Message(problem)}";

    public static string Message(LossProblem problem) =>
        string.Format(CultureInfo.InvariantCulture, problem.Row.MessageFormat, [.. problem.Arguments.Cast<object>()]);

    /// <summary>What a message points at: characters of the formula or of an [Axes] text, a parameter, or the method.</summary>
    public static string Place(LossProblem problem, LossSignature signature) => problem.Target switch
    {
        ProblemTarget.Formula => Cut(signature.Formula, problem.Span),
        ProblemTarget.Axes => $"{problem.Parameter}[{Cut(signature.Parameters.First(p => p.Name == problem.Parameter).Axes!, problem.Span)}]",
        ProblemTarget.Parameter => $"parameter {problem.Parameter}",
        _ => "method",
    };

    public static EquatableArray<ParameterSpec> Parameters(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parameter).ToImmutableArray();

    private static string Cut(string text, TextSpan span) => text.Substring(span.Start, span.Length);

    private static ParameterSpec Parameter(string text)
    {
        string name = text[..text.IndexOf(' ', StringComparison.Ordinal)];
        string type = text[(name.Length + 1)..].Trim();
        bool differentiate = name.EndsWith('!');
        name = name.TrimEnd('!');
        int bracket = type.IndexOf('[', StringComparison.Ordinal);
        if (bracket >= 0)
        {
            string axes = type[(bracket + 1)..^1], element = type[..bracket];
            (ParameterRole role, ElementType held) = element == "result" ? (ParameterRole.Result, ElementType.Single) : (ParameterRole.Tensor, Element(element));
            return new ParameterSpec(
                name, role, held, axes.Length == 0 ? null : axes, differentiate, null, null, IsScoped: false);
        }

        if (type == "out") return new ParameterSpec(name, ParameterRole.Part, ElementType.Single, null, differentiate, null, null, IsScoped: false);
        string[] parts = type.Split('=', StringSplitOptions.TrimEntries);
        double? value = parts.Length == 1 ? null : double.Parse(parts[1], CultureInfo.InvariantCulture);
        return new ParameterSpec(
            name, ParameterRole.Scalar, Element(parts[0]), null, differentiate, value, parts.Length == 1 ? null : parts[1], IsScoped: false);
    }

    private static ElementType Element(string type) => type switch
    {
        "float" => ElementType.Single,
        "double" => ElementType.Double,
        "Half" => ElementType.Half,
        "byte" => ElementType.Byte,
        "int" => ElementType.Int32,
        "long" => ElementType.Int64,
        "bool" => ElementType.Boolean,
        _ => throw new ArgumentException($"no element type '{type}'"),
    };
}
