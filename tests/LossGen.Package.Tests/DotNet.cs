using System.Diagnostics;
using Xunit;

namespace LossGen.Package.Tests;

/// <summary>A finished run of the command-line tool.</summary>
public sealed record DotNet(string Command, int ExitCode, string Output)
{
    /// <summary>Runs <c>dotnet</c> in a folder, as a user's shell would.</summary>
    public static DotNet Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The test run's own build settings would lead the child to this build's files.
        foreach (string name in start.Environment.Keys.ToArray())
            if (name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
                start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // Build servers would outlive the test and hold its folder.
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";

        using var process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        return new DotNet("dotnet " + string.Join(' ', arguments), process.ExitCode, output);
    }

    /// <summary>Fails with everything that was printed unless the run succeeded.</summary>
    public DotNet Succeeded()
    {
        Assert.True(ExitCode == 0, $"{Command} exited with {ExitCode}:\n{Output}");
        return this;
    }
}
