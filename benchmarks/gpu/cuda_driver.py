"""The driver interface of CUDA and NVRTC by ctypes, with the methods that lossgen_run.py asks of a device."""
import ctypes
import glob
import os
import sys

from lossgen_opencl import LossError

DRIVERS = ("libcuda.so.1", "nvcuda.dll")
COMPILERS = ("libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2", "libnvrtc.so", "nvrtc64_130_0.dll", "nvrtc64_120_0.dll")


class CudaDevice:
    """The first CUDA device, in its primary context, which PyTorch uses too, and a stream: the default one, or the caller's."""

    dialect = "cuda"
    is_cpu = False
    has_double = True
    most_threads = 1024

    def __init__(self, stream=0):
        self.cuda, self.nvrtc = _load(DRIVERS, "the driver of CUDA"), _load(COMPILERS + tuple(_bundled()), "NVRTC")
        self.stream = ctypes.c_void_p(stream)
        device, context, name = ctypes.c_int(), ctypes.c_void_p(), ctypes.create_string_buffer(256)
        self._call("cuInit", 0)
        self._call("cuDeviceGet", ctypes.byref(device), 0)
        self._call("cuDeviceGetName", name, 256, device)
        self._call("cuDevicePrimaryCtxRetain", ctypes.byref(context), device)
        self._call("cuCtxPushCurrent_v2", context)
        self.name = name.value.decode()
        self.architecture = 10 * self._attribute(75, device) + self._attribute(76, device)
        self.multiprocessors = self._attribute(16, device)
        self.shared_bytes = self._attribute(97, device)
        self._functions = {}

    def _attribute(self, attribute, device):
        value = ctypes.c_int()
        self._call("cuDeviceGetAttribute", ctypes.byref(value), attribute, device)
        return value.value

    def _call(self, function, *arguments):
        error = getattr(self.cuda, function)(*arguments)
        if error != 0:
            raise LossError(f"{function} failed with {error}")

    def _compile(self, function, *arguments):
        error = getattr(self.nvrtc, function)(*arguments)
        if error != 0:
            raise LossError(f"{function} failed with {error}")

    def build(self, text):
        """A module. What is one operation the text says itself, and no option lets the compiler reorder additions."""
        program, size, module = ctypes.c_void_p(), ctypes.c_size_t(), ctypes.c_void_p()
        self._compile("nvrtcCreateProgram", ctypes.byref(program), text.encode(), b"lossgen.cu", 0, None, None)
        options = (ctypes.c_char_p * 2)(f"--gpu-architecture=sm_{self.architecture}".encode(), b"--fmad=false")
        if self.nvrtc.nvrtcCompileProgram(program, len(options), options) != 0:
            self._compile("nvrtcGetProgramLogSize", program, ctypes.byref(size))
            log = ctypes.create_string_buffer(size.value)
            self._compile("nvrtcGetProgramLog", program, log)
            raise LossError("the kernels do not compile: " + log.value.decode())
        self._compile("nvrtcGetCUBINSize", program, ctypes.byref(size))
        binary = ctypes.create_string_buffer(size.value)
        self._compile("nvrtcGetCUBIN", program, binary)
        self._compile("nvrtcDestroyProgram", ctypes.byref(program))
        self._call("cuModuleLoadData", ctypes.byref(module), binary)
        return module.value

    def allocate(self, size):
        memory = ctypes.c_uint64()
        self._call("cuMemAlloc_v2", ctypes.byref(memory), ctypes.c_size_t(max(size, 16)))
        return memory.value

    def is_aligned(self, memory, size):
        return memory % size == 0

    def free(self, memory):
        self._call("cuMemFree_v2", ctypes.c_uint64(memory))

    def write(self, memory, data):
        if data:
            self._call("cuMemcpyHtoDAsync_v2", ctypes.c_uint64(memory), data, ctypes.c_size_t(len(data)), self.stream)
            self.finish()

    def read(self, memory, size):
        data = ctypes.create_string_buffer(size)
        if size:
            self._call("cuMemcpyDtoHAsync_v2", data, ctypes.c_uint64(memory), ctypes.c_size_t(size), self.stream)
        self.finish()
        return data.raw

    def finish(self):
        self._call("cuStreamSynchronize", self.stream)

    def launch(self, program, name, groups, threads, arguments, shared_bytes=0):
        if (program, name) not in self._functions:
            function = ctypes.c_void_p()
            self._call("cuModuleGetFunction", ctypes.byref(function), ctypes.c_void_p(program), name.encode())
            if shared_bytes:
                self._call("cuFuncSetAttribute", function, 8, shared_bytes)
            self._functions[program, name] = function
        pointers = (ctypes.c_void_p * len(arguments))(*(ctypes.cast(ctypes.byref(argument), ctypes.c_void_p) for argument in arguments))
        self._call("cuLaunchKernel", self._functions[program, name], groups, 1, 1, threads, 1, 1, shared_bytes, self.stream, pointers, None)


def _bundled():
    """Where the wheels that PyTorch installs put NVRTC."""
    return sorted(path for folder in sys.path for path in glob.glob(os.path.join(folder, "nvidia", "*", "lib", "libnvrtc.so.1*")))


def _load(names, what):
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            pass
    raise LossError(f"{what} was not found: tried {', '.join(names)}")
