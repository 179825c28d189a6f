using System.CommandLine;
using System.CommandLine.Parsing;
using LossGen.Tool.Export;

namespace LossGen.Tool;

/// <summary>The commands with their options. Whatever goes wrong is one line on the error stream.</summary>
internal static class CommandLine
{
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        RootCommand root = new("Takes the losses of a compiled assembly to where there is no .NET.") { Export(output, error) };
        ParseResult parsed = root.Parse(arguments);
        try
        {
            if (parsed.Errors.Count > 0) throw new ToolException(ExitCodes.BadArguments, $"{parsed.Errors[0].Message} Expected: lossgen export <assembly.dll> [options]; --help lists them.");
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (ToolException failure)
        {
            error.WriteLine("lossgen: " + failure.Message.ReplaceLineEndings(" "));
            return failure.ExitCode;
        }
    }

    private static Command Export(TextWriter output, TextWriter error)
    {
        Argument<string> assembly = new("assembly") { Description = "The compiled assembly with the losses, beside the assemblies that it needs." };
        Option<string[]> losses = new("--loss") { Description = "A loss, as Name or Class.Name; may be repeated. Without it, all.", HelpName = "name" };
        Option<string> folder = new("--output") { Description = "The folder to write to.", HelpName = "folder", DefaultValueFactory = _ => "." };
        Option<string[]> dialects = new("--dialect") { Description = "cuda, hip or opencl; may be repeated. Without it, all.", HelpName = "dialect" };
        Option<bool> list = new("--list") { Description = "Lists the losses and writes nothing." };
        Option<bool> runner = new("--runner") { Description = $"Also writes {RunnerFiles.Names[0]}, which runs an exported loss on an OpenCL device." };
        dialects.Validators.Add(CheckDialects);
        Command export = new("export", "Writes the kernels of losses as text, and their launch plans as JSON.") { assembly, losses, folder, dialects, list, runner };
        export.SetAction(parsed =>
        {
            string[] chosen = parsed.GetValue(dialects) is { Length: > 0 } given ? given : [.. Dialect.All.Select(d => d.Name)];
            ExportRequest request = new(
                parsed.GetRequiredValue(assembly),
                parsed.GetValue(losses) ?? [],
                parsed.GetRequiredValue(folder),
                [.. Dialect.All.Where(d => chosen.Contains(d.Name))],
                parsed.GetValue(list),
                parsed.GetValue(runner));
            return ExportRun.Run(request, output, error);
        });
        return export;
    }

    private static void CheckDialects(OptionResult result)
    {
        foreach (Token token in result.Tokens.Where(t => Dialect.All.All(d => d.Name != t.Value)))
            result.AddError($"--dialect was '{token.Value}', which is none of {string.Join(", ", Dialect.All.Select(d => d.Name))}.");
    }
}
