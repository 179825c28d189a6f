namespace LossGen.Compiler.Syntax;

/// <summary>Reads a formula's text into a tree.</summary>
internal static partial class FormulaParser
{
    /// <summary>No tree is deeper than this, so that every later pass may recurse.</summary>
    public const int DepthLimit = 500;
}
