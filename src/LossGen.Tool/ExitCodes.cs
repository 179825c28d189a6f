namespace LossGen.Tool;

internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>No loss was exported, or one that was asked for is missing.</summary>
    public const int Missing = 1;

    public const int BadArguments = 2;
}
