using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.CSharp;

/// <summary>Fully qualified names, so that no type of the user's project can stand in the way; and the names of loop variables.</summary>
internal static class Names
{
    public const string VectorMath = "global::LossGen.Runtime.VectorMath";

    public const string Lanes = "global::LossGen.Runtime.Lanes";

    public const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";

    public const string Runtime = "global::LossGen.Runtime";

    public const string Intrinsics = "global::System.Runtime.Intrinsics";

    /// <summary>The loop variable of an axis.</summary>
    public static string Position(Axis axis) =>
        axis.IsLocal ? axis.Name.Replace("'", "") + "_" + axis.Index.ToString(System.Globalization.CultureInfo.InvariantCulture) : CSharpIdentifier.Escape(axis.Name);

    /// <summary>The local that holds the size of an axis.</summary>
    public static string Size(Axis axis) => "size_" + axis.Name.Replace("'", "_");
}
