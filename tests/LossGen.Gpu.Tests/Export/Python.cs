using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LossGen.Gpu.Tests.Devices;
using Xunit;

namespace LossGen.Gpu.Tests.Export;

/// <summary>Runs of the exported Python files, in a process.</summary>
internal static class Python
{
    private static readonly Lazy<bool> IsThere = new(() =>
    {
        try
        {
            return Run(["-c", "pass"]).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });

    public static string? Skip => TestDevice.Skip ?? (TestDevice.IsRequired || IsThere.Value ? null : "python3 was not found.");

    /// <summary>Runs a loss on the tests' device with arguments as <c>name=value</c>.</summary>
    public static ToolRun Loss(ExportFolder folder, string loss, params string[] arguments) =>
        Run([folder.Path("lossgen_run.py"), folder.Path(loss + ".json"), "--device", TestDevice.Get().Name, .. arguments]);

    public static ToolRun Run(string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new("python3", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }

    /// <summary>A list of numbers, and as many more lists around it as there are row lengths.</summary>
    public static string List<T>(IEnumerable<T> values, int? rowLength = null)
        where T : IFormattable
    {
        IEnumerable<string> texts = values.Select(v => v.ToString("R", CultureInfo.InvariantCulture));
        return $"[{string.Join(",", rowLength is { } length ? texts.Chunk(length).Select(row => $"[{string.Join(",", row)}]") : texts)}]";
    }

    /// <summary>Fails unless the run printed this number, or these, to 1e-6 of the largest.</summary>
    public static void Close(IEnumerable<double> expected, ToolRun run, string name)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement value = JsonDocument.Parse(run.Output).RootElement.GetProperty(name);
        double[] got = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.GetDouble())] : [value.GetDouble()], want = [.. expected];
        Assert.Equal(want.Length, got.Length);
        double scale = want.Max(Math.Abs);
        Assert.True(scale > 0, $"{name} is 0 everywhere and shows nothing");
        for (int i = 0; i < want.Length; i++) Assert.True(Math.Abs(want[i] - got[i]) <= 1e-6 * scale, $"{name}[{i}] is {got[i]}, not {want[i]}");
    }
}

/// <summary>A test that needs a device and Python.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute() => Skip = Python.Skip;
}

/// <summary>A test with data that needs the simulator and Python.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonSimulatorTheoryAttribute : TheoryAttribute
{
    public PythonSimulatorTheoryAttribute() => Skip = Simulator.Skip ?? Python.Skip;
}
