namespace LossGen.Runtime;

/// <summary>Marks a type written for 128-bit vectors; the build adds its 256- and 512-bit copies.</summary>
/// <remarks>
/// Members of a partial type that mention no name with 128 in it are not copied; a type that has 128 in its own name is copied whole.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true)]
internal sealed class EveryWidthAttribute : Attribute;
