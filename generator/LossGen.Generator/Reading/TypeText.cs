using Microsoft.CodeAnalysis;

namespace LossGen.Generator.Reading;

/// <summary>Types as text: short for messages, complete for generated files.</summary>
internal static class TypeText
{
    private static readonly SymbolDisplayFormat Complete = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat WithConstraints = Complete
        .WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints);

    public static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    public static string Full(ITypeSymbol type) => type.ToDisplayString(Complete);

    /// <summary>The modifier by which a parameter is passed; empty for one passed by value.</summary>
    public static string Modifier(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref",
        RefKind.Out => "out",
        RefKind.In => "in",
        RefKind.RefReadOnlyParameter => "ref readonly",
        _ => "",
    };

    /// <summary>Modifiers and type of a parameter, for a stub that must match a declaration the language does not know.</summary>
    public static string Declaration(IParameterSymbol parameter)
    {
        string scoped = parameter.ScopedKind != ScopedKind.None && parameter.RefKind != RefKind.Out && !parameter.IsParams ? "scoped " : "";
        string modifier = Modifier(parameter.RefKind);
        return $"{(parameter.IsParams ? "params " : "")}{scoped}{(modifier.Length > 0 ? modifier + " " : "")}{Full(parameter.Type)}";
    }

    /// <summary>A method's return type with its <c>ref</c>.</summary>
    public static string ReturnType(IMethodSymbol method) => method.RefKind switch
    {
        RefKind.Ref => "ref ",
        RefKind.RefReadOnly => "ref readonly ",
        _ => "",
    } + Full(method.ReturnType);

    /// <summary>The constraints of a method's type parameters.</summary>
    public static string Constraints(IMethodSymbol method)
    {
        string text = method.ToDisplayString(WithConstraints);
        int start = method.IsGenericMethod ? text.IndexOf(" where ", StringComparison.Ordinal) : -1;
        return start < 0 ? "" : text.Substring(start + 1);
    }
}
