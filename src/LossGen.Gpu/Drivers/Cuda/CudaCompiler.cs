using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LossGen.Gpu.Drivers.Cuda;

/// <summary>NVRTC, or hipRTC: a text in, a program for one kind of device out.</summary>
internal sealed unsafe class CudaCompiler
{
    private readonly CudaApi _api;

    // Code for the device where the compiler knows it. Else the driver gets assembly for the newest device that the compiler does know.
    private readonly bool _isAssembly;

    /// <param name="api">The functions.</param>
    /// <param name="capability">The device's compute capability, such as 90; 0 for HIP, whose compiler takes the current device.</param>
    public CudaCompiler(CudaApi api, int capability)
    {
        _api = api;
        Options = [.. api.Libraries.Options];
        if (capability == 0) return;
        int target = Supported(capability);
        _isAssembly = target != capability;
        Options = [string.Create(CultureInfo.InvariantCulture, $"--gpu-architecture={(_isAssembly ? "compute" : "sm")}_{target}"), .. Options];
    }

    public string[] Options { get; }

    /// <summary>Its name with its version.</summary>
    public string Version
    {
        get
        {
            int major = 0, minor = 0;
            Check(_api.CompilerVersion(&major, &minor), "tell its version", "");
            return string.Create(CultureInfo.InvariantCulture, $"{_api.Libraries.Compiler} {major}.{minor}");
        }
    }

    /// <exception cref="GpuException">It does not compile; with the compiler's log.</exception>
    public byte[] Compile(string source)
    {
        nint program = 0;
        fixed (byte* text = Terminated(source), name = "lossgen.cu\0"u8) Check(_api.ProgramCreate(&program, text, name, 0, null, null), "take the kernels", "");
        try
        {
            nint[] options = [.. Options.Select(Marshal.StringToCoTaskMemUTF8)];
            int code;
            fixed (nint* list = options) code = _api.ProgramCompile(program, options.Length, (byte**)list);
            foreach (nint option in options) Marshal.FreeCoTaskMem(option);
            Check(code, "compile the kernels", code == 0 ? "" : LogOf(program));
            nuint size = 0;
            Check(_isAssembly ? _api.AssemblySize(program, &size) : _api.BinarySize(program, &size), "give the program", "");
            byte[] binary = new byte[size];
            fixed (byte* first = binary) Check(_isAssembly ? _api.Assembly(program, first) : _api.Binary(program, first), "give the program", "");
            return binary;
        }
        finally
        {
            _ = _api.ProgramDestroy(&program);
        }
    }

    /// <summary>The device itself, or the newest before it.</summary>
    private int Supported(int capability)
    {
        int count = 0;
        if (_api.SupportedCount == null || _api.Supported == null || _api.AssemblySize == null || _api.SupportedCount(&count) != 0 || count == 0) return capability;
        int[] all = new int[count];
        fixed (int* first = all) Check(_api.Supported(first), "tell its devices", "");
        return all.Where(known => known <= capability).DefaultIfEmpty(capability).Max();
    }

    private string LogOf(nint program)
    {
        nuint size = 0;
        if (_api.LogSize(program, &size) != 0 || size <= 1) return "The compiler left no log.";
        byte[] log = new byte[size];
        fixed (byte* first = log)
        {
            if (_api.Log(program, first) != 0) return "The compiler left no log.";
        }

        return Encoding.UTF8.GetString(log).TrimEnd('\0').Trim();
    }

    private void Check(int code, string action, string log)
    {
        if (code == 0) return;
        string error = Marshal.PtrToStringUTF8((nint)_api.CompilerErrorText(code)) ?? "error";
        throw new GpuException(string.Create(CultureInfo.InvariantCulture, $"{_api.Libraries.Compiler} could not {action}: {error} ({code})."), code, log);
    }

    private static byte[] Terminated(string text) => Encoding.UTF8.GetBytes(text + "\0");
}
