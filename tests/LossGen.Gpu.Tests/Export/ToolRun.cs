using LossGen.Tool;

namespace LossGen.Gpu.Tests.Export;

/// <summary>A run of <c>lossgen</c> in this process.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public static string Assembly => typeof(ExportedLosses).Assembly.Location;

    public static ToolRun Of(params string[] arguments)
    {
        StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        return new(CommandLine.Run(arguments, output, error), output.ToString(), error.ToString());
    }
}
