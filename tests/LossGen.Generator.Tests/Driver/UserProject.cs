using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LossGen.Generator.Tests.Driver;

/// <summary>A message that a build printed, where it points at a file.</summary>
internal sealed record BuildMessage(string File, int Line, int Column, string Level, string Id);

/// <summary>A project in a folder of its own that knows the runtime and the generator by their files, built by <c>dotnet build</c>.</summary>
internal sealed partial class UserProject : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lossgen-build-").FullName;

    public UserProject(string properties, params (string Name, string Text)[] files)
    {
        File.WriteAllText(Path.Combine(_folder, "User.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(LossAttribute).Assembly.Location}" />
                <Analyzer Include="{typeof(LossGenerator).Assembly.Location}" />
              </ItemGroup>
            </Project>
            """);
        foreach ((string name, string text) in files) File.WriteAllText(Path.Combine(_folder, name), text);
    }

    /// <summary>Builds and reads the output; each message once, in the order of files and lines.</summary>
    public (int ExitCode, BuildMessage[] Messages, string Output) Build()
    {
        ProcessStartInfo start = new("dotnet", ["build", "-nologo", "-v:q", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        // The test host's own build settings must not leak into the user's.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        BuildMessage[] messages = [.. Message().Matches(output)
            .Select(m => new BuildMessage(Path.GetFileName(m.Groups[1].Value), int.Parse(m.Groups[2].Value), int.Parse(m.Groups[3].Value), m.Groups[4].Value, m.Groups[5].Value))
            .Distinct()
            .OrderBy(m => m.File, StringComparer.Ordinal).ThenBy(m => m.Line).ThenBy(m => m.Column)];
        return (process.ExitCode, messages, output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex(@"^\s*(.+?)\((\d+),(\d+)\): (error|warning) (\w+):", RegexOptions.Multiline)]
    private static partial Regex Message();
}
