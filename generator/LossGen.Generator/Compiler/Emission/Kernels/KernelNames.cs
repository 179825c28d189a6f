namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Names of outputs that are not the user's.</summary>
internal static class KernelNames
{
    /// <summary>The loss itself. No part can have this name's characters.</summary>
    public const string Loss = "<loss>";

    /// <summary>The first wrong position of an index.</summary>
    public const string Position = "<position>";

    /// <summary>A text that mentions outputs, for the reader.</summary>
    public static string Words(string text) => text.Replace(Loss, "loss");

    /// <summary>Set when some index of a check is out of range.</summary>
    public static string Flag(int check) => $"<bad index {check}>";
}
