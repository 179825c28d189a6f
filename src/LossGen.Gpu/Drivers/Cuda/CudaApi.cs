using System.Globalization;
using System.Runtime.InteropServices;

namespace LossGen.Gpu.Drivers.Cuda;

/// <summary>
/// The functions of CUDA's driver interface and of NVRTC that are used, or those of HIP and hipRTC: arguments are the same, names differ.
/// Those that are null exist in newer versions, or in one of the two, only.
/// </summary>
internal sealed unsafe class CudaApi
{
    public const int Multiprocessors = 16;
    public const int ComputeCapabilityMajor = 75;
    public const int ComputeCapabilityMinor = 76;
    public const int SharedBytes = 97; // of a group, where a kernel asks for it
    public const int MostDynamicSharedBytes = 8;
    public const uint NonBlockingStream = 1;

    public readonly delegate* unmanaged<uint, int> Init;
    public readonly delegate* unmanaged<int*, int> DriverVersion;
    public readonly delegate* unmanaged<int*, int> DeviceCount;
    public readonly delegate* unmanaged<int*, int, int> DeviceGet;
    public readonly delegate* unmanaged<byte*, int, int, int> DeviceName;
    public readonly delegate* unmanaged<int*, int, int, int> DeviceAttribute;
    public readonly delegate* unmanaged<byte*, int, int> DeviceUuid;
    public readonly delegate* unmanaged<nint*, int, int> PrimaryContextRetain;
    public readonly delegate* unmanaged<int, int> PrimaryContextRelease;
    public readonly delegate* unmanaged<nint, int> ContextPush;
    public readonly delegate* unmanaged<nint*, int> ContextPop;
    public readonly delegate* unmanaged<int*, int> ContextDevice;
    public readonly delegate* unmanaged<nint*, uint, int> StreamCreate;
    public readonly delegate* unmanaged<nint, int> StreamSynchronize;
    public readonly delegate* unmanaged<nint, int> StreamDestroy;
    public readonly delegate* unmanaged<nint*, nuint, int> Allocate;
    public readonly delegate* unmanaged<nint, int> Free;
    public readonly delegate* unmanaged<nint, void*, nuint, nint, int> CopyToDevice;
    public readonly delegate* unmanaged<void*, nint, nuint, nint, int> CopyFromDevice;
    public readonly delegate* unmanaged<nint*, void*, int> ModuleLoad;
    public readonly delegate* unmanaged<nint, int> ModuleUnload;
    public readonly delegate* unmanaged<nint*, nint, byte*, int> ModuleFunction;
    public readonly delegate* unmanaged<nint, int, int, int> FunctionAttribute;
    public readonly delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, nint*, nint*, int> Launch;
    public readonly delegate* unmanaged<int, byte**, int> CudaErrorName;
    public readonly delegate* unmanaged<int, byte**, int> CudaErrorText;
    public readonly delegate* unmanaged<int, byte*> HipErrorName;
    public readonly delegate* unmanaged<int, byte*> HipErrorText;

    public readonly delegate* unmanaged<int*, int*, int> CompilerVersion;
    public readonly delegate* unmanaged<int*, int> SupportedCount;
    public readonly delegate* unmanaged<int*, int> Supported;
    public readonly delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int> ProgramCreate;
    public readonly delegate* unmanaged<nint, int, byte**, int> ProgramCompile;
    public readonly delegate* unmanaged<nint*, int> ProgramDestroy;
    public readonly delegate* unmanaged<nint, nuint*, int> LogSize;
    public readonly delegate* unmanaged<nint, byte*, int> Log;
    public readonly delegate* unmanaged<nint, nuint*, int> BinarySize;
    public readonly delegate* unmanaged<nint, byte*, int> Binary;
    public readonly delegate* unmanaged<nint, nuint*, int> AssemblySize;
    public readonly delegate* unmanaged<nint, byte*, int> Assembly;
    public readonly delegate* unmanaged<int, byte*> CompilerErrorText;

    private readonly nint _driver;
    private readonly nint _compiler;

    /// <exception cref="EntryPointNotFoundException">A library is too old.</exception>
    public CudaApi(CudaLibraries libraries, nint driver, nint compiler)
    {
        Libraries = libraries;
        _driver = driver;
        _compiler = compiler;

        Init = (delegate* unmanaged<uint, int>)Driver("cuInit", "hipInit");
        DriverVersion = (delegate* unmanaged<int*, int>)Driver("cuDriverGetVersion", "hipDriverGetVersion");
        DeviceCount = (delegate* unmanaged<int*, int>)Driver("cuDeviceGetCount", "hipGetDeviceCount");
        DeviceGet = (delegate* unmanaged<int*, int, int>)Driver("cuDeviceGet", "hipDeviceGet");
        DeviceName = (delegate* unmanaged<byte*, int, int, int>)Driver("cuDeviceGetName", "hipDeviceGetName");
        DeviceAttribute = (delegate* unmanaged<int*, int, int, int>)Driver("cuDeviceGetAttribute", "hipDeviceGetAttribute");
        DeviceUuid = (delegate* unmanaged<byte*, int, int>)NewerDriver("cuDeviceGetUuid", "hipDeviceGetUuid");
        PrimaryContextRetain = (delegate* unmanaged<nint*, int, int>)Driver("cuDevicePrimaryCtxRetain", "hipDevicePrimaryCtxRetain");
        PrimaryContextRelease = (delegate* unmanaged<int, int>)Driver("cuDevicePrimaryCtxRelease_v2", "hipDevicePrimaryCtxRelease");
        ContextPush = (delegate* unmanaged<nint, int>)Driver("cuCtxPushCurrent_v2", "hipCtxPushCurrent");
        ContextPop = (delegate* unmanaged<nint*, int>)Driver("cuCtxPopCurrent_v2", "hipCtxPopCurrent");
        ContextDevice = (delegate* unmanaged<int*, int>)Driver("cuCtxGetDevice", "hipCtxGetDevice");
        StreamCreate = (delegate* unmanaged<nint*, uint, int>)Driver("cuStreamCreate", "hipStreamCreateWithFlags");
        StreamSynchronize = (delegate* unmanaged<nint, int>)Driver("cuStreamSynchronize", "hipStreamSynchronize");
        StreamDestroy = (delegate* unmanaged<nint, int>)Driver("cuStreamDestroy_v2", "hipStreamDestroy");
        Allocate = (delegate* unmanaged<nint*, nuint, int>)Driver("cuMemAlloc_v2", "hipMalloc");
        Free = (delegate* unmanaged<nint, int>)Driver("cuMemFree_v2", "hipFree");
        CopyToDevice = (delegate* unmanaged<nint, void*, nuint, nint, int>)Driver("cuMemcpyHtoDAsync_v2", "hipMemcpyHtoDAsync");
        CopyFromDevice = (delegate* unmanaged<void*, nint, nuint, nint, int>)Driver("cuMemcpyDtoHAsync_v2", "hipMemcpyDtoHAsync");
        ModuleLoad = (delegate* unmanaged<nint*, void*, int>)Driver("cuModuleLoadData", "hipModuleLoadData");
        ModuleUnload = (delegate* unmanaged<nint, int>)Driver("cuModuleUnload", "hipModuleUnload");
        ModuleFunction = (delegate* unmanaged<nint*, nint, byte*, int>)Driver("cuModuleGetFunction", "hipModuleGetFunction");
        FunctionAttribute = (delegate* unmanaged<nint, int, int, int>)NewerDriver("cuFuncSetAttribute", null);
        Launch = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, nint*, nint*, int>)Driver("cuLaunchKernel", "hipModuleLaunchKernel");
        CudaErrorName = (delegate* unmanaged<int, byte**, int>)NewerDriver("cuGetErrorName", null);
        CudaErrorText = (delegate* unmanaged<int, byte**, int>)NewerDriver("cuGetErrorString", null);
        HipErrorName = (delegate* unmanaged<int, byte*>)NewerDriver(null, "hipGetErrorName");
        HipErrorText = (delegate* unmanaged<int, byte*>)NewerDriver(null, "hipGetErrorString");

        CompilerVersion = (delegate* unmanaged<int*, int*, int>)Compiler("nvrtcVersion", "hiprtcVersion");
        SupportedCount = (delegate* unmanaged<int*, int>)NewerCompiler("nvrtcGetNumSupportedArchs", null);
        Supported = (delegate* unmanaged<int*, int>)NewerCompiler("nvrtcGetSupportedArchs", null);
        ProgramCreate = (delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int>)Compiler("nvrtcCreateProgram", "hiprtcCreateProgram");
        ProgramCompile = (delegate* unmanaged<nint, int, byte**, int>)Compiler("nvrtcCompileProgram", "hiprtcCompileProgram");
        ProgramDestroy = (delegate* unmanaged<nint*, int>)Compiler("nvrtcDestroyProgram", "hiprtcDestroyProgram");
        LogSize = (delegate* unmanaged<nint, nuint*, int>)Compiler("nvrtcGetProgramLogSize", "hiprtcGetProgramLogSize");
        Log = (delegate* unmanaged<nint, byte*, int>)Compiler("nvrtcGetProgramLog", "hiprtcGetProgramLog");
        BinarySize = (delegate* unmanaged<nint, nuint*, int>)Compiler("nvrtcGetCUBINSize", "hiprtcGetCodeSize");
        Binary = (delegate* unmanaged<nint, byte*, int>)Compiler("nvrtcGetCUBIN", "hiprtcGetCode");
        AssemblySize = (delegate* unmanaged<nint, nuint*, int>)NewerCompiler("nvrtcGetPTXSize", null);
        Assembly = (delegate* unmanaged<nint, byte*, int>)NewerCompiler("nvrtcGetPTX", null);
        CompilerErrorText = (delegate* unmanaged<int, byte*>)Compiler("nvrtcGetErrorString", "hiprtcGetErrorString");
    }

    public CudaLibraries Libraries { get; }

    /// <summary>Throws for an error of the driver.</summary>
    /// <param name="code">What the function returned.</param>
    /// <param name="action">What it was to do.</param>
    public void Check(int code, string action)
    {
        if (code != 0) throw new GpuException($"{Libraries.Name} could not {action}: {Describe(code)}.", code);
    }

    /// <summary>An error of the driver in its own words.</summary>
    public string Describe(int code)
    {
        string number = code.ToString(CultureInfo.InvariantCulture);
        byte* name = null, text = null;
        if (HipErrorName != null) name = HipErrorName(code);
        if (HipErrorText != null) text = HipErrorText(code);
        if (CudaErrorName != null && CudaErrorName(code, &name) != 0) name = null;
        if (CudaErrorText != null && CudaErrorText(code, &text) != 0) text = null;
        string known = name == null ? $"error {number}" : $"{Marshal.PtrToStringUTF8((nint)name)} ({number})";
        return text == null ? known : $"{known}, {Marshal.PtrToStringUTF8((nint)text)}";
    }

    private nint Driver(string cuda, string hip) => NativeLibrary.GetExport(_driver, Libraries.IsHip ? hip : cuda);

    private nint NewerDriver(string? cuda, string? hip) => Optional(_driver, Libraries.IsHip ? hip : cuda);

    private nint Compiler(string cuda, string hip) => NativeLibrary.GetExport(_compiler, Libraries.IsHip ? hip : cuda);

    private nint NewerCompiler(string cuda, string? hip) => Optional(_compiler, Libraries.IsHip ? hip : cuda);

    private static nint Optional(nint library, string? name) => name is not null && NativeLibrary.TryGetExport(library, name, out nint function) ? function : 0;
}
