using LossGen.Tool.Assemblies;
using LossGen.Tool.Schema;

namespace LossGen.Tool.Export;

/// <summary>One run of <c>lossgen export</c>: finds the losses, chooses among them, writes their files.</summary>
internal static class ExportRun
{
    public static int Run(ExportRequest request, TextWriter output, TextWriter error)
    {
        FoundLoss[] all = LossAssembly.Find(request.Assembly);
        if (all.Length == 0) throw new ToolException(ExitCodes.Missing, $"{request.Assembly} has no losses: expected public classes with methods that have [Loss].");
        string? missing = request.Losses.FirstOrDefault(name => !all.Any(loss => loss.Answers(name)));
        if (missing is not null) throw new ToolException(ExitCodes.Missing, $"--loss was '{missing}', but {request.Assembly} has: {string.Join(", ", all.Select(loss => loss.ShortName))}.");

        FoundLoss[] chosen = request.Losses.Length == 0 ? all : [.. all.Where(loss => request.Losses.Any(loss.Answers))];
        FoundLoss[] skipped = [.. chosen.Where(loss => loss.Reason is not null)];
        FoundLoss[] usable = [.. chosen.Except(skipped)];
        if (request.OnlyList)
        {
            foreach (FoundLoss loss in chosen) output.WriteLine(loss.Reason is null ? loss.FullName : $"{loss.FullName}: skipped, {loss.Reason}");
        }
        else
        {
            foreach (FoundLoss loss in skipped) error.WriteLine($"lossgen: {loss.FullName} is skipped: {loss.Reason}");
            if (usable.Length > 0) Write(request, all, usable, output);
        }

        // A loss that was named and cannot be had is missing; one among all is not.
        return usable.Length == 0 || (request.Losses.Length > 0 && skipped.Length > 0) ? ExitCodes.Missing : ExitCodes.Done;
    }

    private static void Write(ExportRequest request, FoundLoss[] all, FoundLoss[] losses, TextWriter output)
    {
        try
        {
            Directory.CreateDirectory(request.Folder);
            foreach (FoundLoss loss in losses) WriteLoss(request, loss, FileName(loss, all), output);
            if (!request.WithRunner) return;
            foreach (string name in RunnerFiles.Names) WriteFile(request, name, RunnerFiles.Read(name), output);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCodes.BadArguments, $"--output was '{request.Folder}', where nothing can be written: {failure.Message}");
        }
    }

    private static void WriteLoss(ExportRequest request, FoundLoss loss, string name, TextWriter output)
    {
        Dictionary<string, string> kernels = new(StringComparer.Ordinal);
        foreach (Dialect dialect in request.Dialects)
        {
            kernels[dialect.Name] = name + dialect.Extension;
            WriteFile(request, name + dialect.Extension, KernelText.Of(loss, dialect, name + ".json"), output);
        }

        ExportedLoss exported = LossExport.Of(loss, kernels);
        WriteFile(request, name + ".json", ExportFormat.Write(exported), output);
    }

    private static void WriteFile(ExportRequest request, string name, string text, TextWriter output)
    {
        string path = Path.Combine(request.Folder, name);
        File.WriteAllText(path, text);
        output.WriteLine(path);
    }

    /// <summary>Class and name; with the namespace where another loss has the same, on file systems without case too.</summary>
    private static string FileName(FoundLoss loss, FoundLoss[] all) =>
        all.Count(other => string.Equals(other.ShortName, loss.ShortName, StringComparison.OrdinalIgnoreCase)) > 1 ? loss.FullName : loss.ShortName;
}
