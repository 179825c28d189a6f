namespace LossGen.Compiler.Emission;

/// <summary>Names as they must be written in C#.</summary>
internal static class CSharpIdentifier
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue",
        "decimal", "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally",
        "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long",
        "namespace", "new", "null", "object", "operator", "out", "override", "params", "private", "protected", "public",
        "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch",
        "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void",
        "volatile", "while",

        // Contextual words that change the meaning of some declaration or expression in which a name may stand.
        "await", "field", "file", "nameof", "partial", "record", "required", "scoped", "value", "var", "when", "where", "with", "yield",
    };

    /// <summary>The name, with <c>@</c> where it is a keyword.</summary>
    public static string Escape(string name) => Reserved.Contains(name) ? "@" + name : name;

    /// <summary>A dotted name with every part escaped.</summary>
    public static string EscapeQualified(string name) => string.Join(".", name.Split('.').Select(Escape));
}
