namespace LossGen.Gpu;

/// <summary>A device or its driver refused something.</summary>
/// <param name="message">What was refused.</param>
/// <param name="code">The driver's error code; 0 where there is none.</param>
/// <param name="buildLog">What the device's compiler said; empty for other failures.</param>
public sealed class GpuException(string message, int code = 0, string buildLog = "")
    : Exception(buildLog.Length == 0 ? message : message + "\n" + buildLog)
{
    /// <summary>The driver's error code; 0 where there is none.</summary>
    public int Code { get; } = code;

    /// <summary>What the device's compiler said; empty for other failures.</summary>
    public string BuildLog { get; } = buildLog;
}
