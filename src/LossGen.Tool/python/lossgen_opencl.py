"""OpenCL for lossgen_run.py, by ctypes."""
import ctypes


class LossError(Exception):
    """What was given, and what is expected."""


class Device:
    """An OpenCL device with a queue. Each method is what a launch plan needs of the standard."""

    SIGNATURES = {  # the result, then the arguments: p is a pointer or handle, s a size_t, i has 32 bits, l has 64
        "clGetPlatformIDs": "iipp", "clGetPlatformInfo": "ipispp", "clGetDeviceIDs": "iplipp", "clGetDeviceInfo": "ipispp", "clCreateContext": "ppipppp",
        "clCreateCommandQueue": "ppplp", "clCreateBuffer": "pplspp", "clReleaseMemObject": "ip", "clEnqueueWriteBuffer": "ippisspipp",
        "clEnqueueReadBuffer": "ippisspipp", "clCreateProgramWithSource": "ppippp", "clBuildProgram": "ipipppp", "clGetProgramBuildInfo": "ippispp",
        "clCreateKernel": "pppp", "clReleaseKernel": "ip", "clSetKernelArg": "ipisp", "clEnqueueNDRangeKernel": "ippipppipp"}

    def __init__(self, name=""):
        for library in ("libOpenCL.so.1", "libOpenCL.so", "OpenCL.dll", "/System/Library/Frameworks/OpenCL.framework/OpenCL"):
            try:
                self.cl = ctypes.CDLL(library)
                break
            except OSError:
                self.cl = None
        if self.cl is None:
            raise LossError("OpenCL is not available: its loader (libOpenCL.so.1, OpenCL.dll) was not found")
        letters = {"p": ctypes.c_void_p, "s": ctypes.c_size_t, "i": ctypes.c_int32, "l": ctypes.c_int64}
        for function, signature in self.SIGNATURES.items():
            getattr(self.cl, function).restype, *getattr(self.cl, function).argtypes = [letters[letter] for letter in signature]
        found = sorted(self._devices(), key=lambda device: device[2])  # graphics cards first
        device = next((device for device in found if name.lower() in device[1].lower()), None)
        if device is None:
            raise LossError(f"no OpenCL device has '{name}' in its name; there are: {', '.join(d[1] for d in found) or 'none'}")
        self.id, self.name, self.is_cpu = device
        self.has_double = b"cl_khr_fp64" in self._info("clGetDeviceInfo", self.id, 0x1030).split()
        self.multiprocessors = int.from_bytes(self._info("clGetDeviceInfo", self.id, 0x1002), "little")
        self.most_threads = int.from_bytes(self._info("clGetDeviceInfo", self.id, 0x1004), "little")
        self.shared_bytes = 0  # its kernels ask for none at their launch
        self._context = self._create("clCreateContext", None, 1, ctypes.byref(ctypes.c_void_p(self.id)), None, None)
        self._queue = self._create("clCreateCommandQueue", self._context, self.id, 0)

    def _devices(self):
        for platform in self._ids("clGetPlatformIDs"):
            title = self._info("clGetPlatformInfo", platform, 0x0902).decode().strip()
            for device in self._ids("clGetDeviceIDs", platform, 0xFFFFFFFF):
                kind = int.from_bytes(self._info("clGetDeviceInfo", device, 0x1000), "little")
                yield device, f"{self._info('clGetDeviceInfo', device, 0x102B).decode().strip()} ({title})", bool(kind & 2)

    def _ids(self, function, *of):
        count = ctypes.c_int32()
        if getattr(self.cl, function)(*of, 0, None, ctypes.byref(count)) != 0:  # to have none is an error there
            return []
        ids = (ctypes.c_void_p * count.value)()
        self._call(function, *of, count.value, ids, None)
        return list(ids)

    def _info(self, function, *what):
        size = ctypes.c_size_t()
        self._call(function, *what, 0, None, ctypes.byref(size))
        text = ctypes.create_string_buffer(size.value)
        self._call(function, *what, size.value, text, None)
        return text.raw.rstrip(b"\0")

    def _call(self, function, *arguments):
        error = getattr(self.cl, function)(*arguments)
        if error != 0:
            raise LossError(f"{function} failed with {error} on {getattr(self, 'name', 'OpenCL')}")

    def _create(self, function, *arguments):
        error = ctypes.c_int32()
        made = getattr(self.cl, function)(*arguments, ctypes.byref(error))
        if error.value != 0:
            raise LossError(f"{function} failed with {error.value} on {self.name}")
        return made

    def build(self, text):
        program = self._create("clCreateProgramWithSource", self._context, 1, ctypes.byref(ctypes.c_char_p(text.encode())), None)
        # No option that lets the compiler reorder additions: compensated sums would lose what they keep.
        if self.cl.clBuildProgram(program, 0, None, b"-cl-std=CL1.2", None, None) != 0:
            raise LossError("the kernels do not compile: " + self._info("clGetProgramBuildInfo", program, self.id, 0x1183).decode())
        return program

    def allocate(self, size):
        return self._create("clCreateBuffer", self._context, 1, max(size, 16), None)

    def is_aligned(self, memory, size):
        return True  # what is allocated starts at a multiple of more than any vector has

    def free(self, memory):
        self.cl.clReleaseMemObject(memory)

    def write(self, memory, data):
        if data:
            self._call("clEnqueueWriteBuffer", self._queue, memory, 1, 0, len(data), data, 0, None, None)

    def read(self, memory, size):
        data = ctypes.create_string_buffer(size)
        if size:
            self._call("clEnqueueReadBuffer", self._queue, memory, 1, 0, size, data, 0, None, None)
        return data.raw

    def launch(self, program, name, groups, threads, arguments, _shared_bytes=0):
        kernel = self._create("clCreateKernel", program, name.encode())
        for index, argument in enumerate(arguments):
            self._call("clSetKernelArg", kernel, index, ctypes.sizeof(argument), ctypes.byref(argument))
        size, group = ctypes.c_size_t(groups * threads), ctypes.c_size_t(threads)
        self._call("clEnqueueNDRangeKernel", self._queue, kernel, 1, None, ctypes.byref(size), ctypes.byref(group), 0, None, None)
        self._call("clReleaseKernel", kernel)  # the queue keeps it until it has run
