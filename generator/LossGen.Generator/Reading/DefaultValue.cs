using System.Globalization;
using LossGen.Compiler.Emission;
using Microsoft.CodeAnalysis;

namespace LossGen.Generator.Reading;

/// <summary>The default value of a parameter, as a number and as C# text.</summary>
internal readonly record struct DefaultValue(double? Number, string? Text)
{
    public static DefaultValue Of(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue) return default;
        return parameter.ExplicitDefaultValue switch
        {
            float value => new(value, CSharpLiteral.Of(value)),
            double value => new(value, CSharpLiteral.Of(value)),
            int value => new(value, Integer(value, int.MinValue, "int.MinValue", "")),
            long value => new(value, Integer(value, long.MinValue, "long.MinValue", "L")),
            bool value => new(value ? 1 : 0, value ? "true" : "false"),

            // A span, or a type that the language does not know.
            _ => new(null, "default"),
        };
    }

    // The most negative number has no literal of its own type.
    private static string Integer(long value, long least, string leastText, string suffix) =>
        value == least ? leastText : value.ToString(CultureInfo.InvariantCulture) + suffix;
}
