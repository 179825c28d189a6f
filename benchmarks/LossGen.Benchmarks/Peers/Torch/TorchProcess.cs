using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace LossGen.Benchmarks.Peers.Torch;

/// <summary>The process of torch_peer.py: one line asks, one line answers.</summary>
public sealed class TorchProcess : IDisposable
{
    private static readonly string[] Interpreters = ["python3", "/usr/bin/python3"];

    private readonly Process _process;

    private TorchProcess(Process process) => _process = process;

    /// <summary>Starts it with the first interpreter that has torch, or says why there is none.</summary>
    public static (TorchProcess? Process, string? Missing) Start(int threads)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "torch", "torch_peer.py");
        foreach (string interpreter in Interpreters)
        {
            try
            {
                Process process = Process.Start(new ProcessStartInfo(interpreter, [script, threads.ToString(CultureInfo.InvariantCulture)])
                {
                    RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
                })!;
                process.ErrorDataReceived += (_, line) =>
                {
                    if (line.Data is { } text && process.StartInfo.Environment.ContainsKey("LOSSGEN_TORCH_MESSAGES")) Console.Error.WriteLine(text);
                };
                process.BeginErrorReadLine();
                if (process.StandardOutput.ReadLine() == "ready") return (new TorchProcess(process), null);
                process.Dispose();
            }
            catch (Win32Exception)
            {
                // No such interpreter.
            }
        }

        return (null, "no Python with torch (Debian: python3-torch)");
    }

    /// <summary>Sends a line and returns the answer.</summary>
    public string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        string? answer = _process.StandardOutput.ReadLine();
        return answer is not null && !answer.StartsWith("error", StringComparison.Ordinal)
            ? answer
            : throw new InvalidOperationException($"torch_peer.py on '{line}': {answer ?? "ended"}");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
