namespace LossGen.Tool;

/// <summary>What the user is told in one line, and the exit code that goes with it.</summary>
internal sealed class ToolException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
