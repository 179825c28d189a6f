namespace LossGen.Compiler.Syntax;

/// <summary>The words that cannot be names.</summary>
internal static class ReservedWords
{
    public const string Axis = "axis";
    public const string Size = "size";
    public const string Scan = "scan";
    public const string True = "true";
    public const string False = "false";
    public const string Pi = "pi";
    public const string Infinity = "inf";

    public static bool Contains(string name) => name is Axis or Size or Scan or True or False or Pi or Infinity;

    /// <summary>Whether the word is called like a function.</summary>
    public static bool IsCallable(string name) => name is Size or Scan;
}
