namespace LossGen.Tool.Export;

/// <summary>The Python files that run an exported loss.</summary>
internal static class RunnerFiles
{
    public static readonly string[] Names = ["lossgen_run.py", "lossgen_opencl.py"];

    public static string Read(string name)
    {
        using StreamReader reader = new(typeof(RunnerFiles).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
