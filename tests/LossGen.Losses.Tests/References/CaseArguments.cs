using System.Reflection;
using LossGen.Losses.Tests.Declarations;

namespace LossGen.Losses.Tests.References;

/// <summary>The arguments of a case as an overload takes them.</summary>
internal static class CaseArguments
{
    /// <summary>Whether the overload takes these arguments: all of them, with nothing missing, in elements that can hold them.</summary>
    public static bool Fits(DeclaredLoss loss, ReferenceCase arguments) =>
        loss.Class.Name == arguments.Class && loss.Name == arguments.Loss
        && arguments.Arguments.Keys.All(name => loss.Parameters.Any(p => p.Name == name))
        && loss.Parameters.All(p => p.IsOut || p == loss.Result || p.HasDefaultValue || IsSize(p, arguments) || (arguments.Arguments.TryGetValue(p.Name!, out double[]? values) && Holds(p, values)));

    /// <summary>The value of a scalar: the case's, the size of an axis, or the default.</summary>
    public static object? Scalar(ParameterInfo parameter, ReferenceCase arguments)
    {
        if (arguments.Arguments.TryGetValue(parameter.Name!, out double[]? given)) return Convert.ChangeType(given.Single(), parameter.ParameterType);
        return IsSize(parameter, arguments) ? arguments.Axes[parameter.Name!] : parameter.DefaultValue;
    }

    /// <summary>The derivative by a number comes out like a part.</summary>
    public static bool IsGradient(string output, ReferenceCase arguments) =>
        output.EndsWith("Gradient", StringComparison.Ordinal) && arguments.Arguments.ContainsKey(output[..^"Gradient".Length]);

    /// <summary>How many elements a span that is written has.</summary>
    public static int Length(string output, DeclaredLoss loss, ReferenceCase arguments) =>
        output == loss.Result?.Name ? arguments.Values.Length : arguments.Arguments[output[..^"Gradient".Length]].Length;

    public static double[] NaN(int length) => [.. Enumerable.Repeat(double.NaN, length)];

    private static bool IsSize(ParameterInfo parameter, ReferenceCase arguments) => parameter.ParameterType == typeof(int) && arguments.Axes.ContainsKey(parameter.Name!);

    private static bool Holds(ParameterInfo parameter, double[] values) =>
        DeclaredLoss.ElementOf(parameter.ParameterType) is not { } element || element != typeof(byte) || values.All(v => v is >= 0 and <= 255 && v == Math.Floor(v));
}
