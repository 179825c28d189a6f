"""An exported loss with everything allocated, compiled and bound, on CUDA or OpenCL; a launch does nothing else."""
import ctypes
import json
import os
import sys

sys.path.insert(0, os.environ.get("LOSSGEN_RUNNER", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "LossGen.Tool", "python")))

from lossgen_opencl import Device, LossError  # noqa: E402, F401
from lossgen_run import Call  # noqa: E402


class OpenClDevice(Device):
    """The first OpenCL device."""

    dialect = "opencl"

    def finish(self):
        self.cl.clFinish.argtypes = [ctypes.c_void_p]
        self.cl.clFinish(self._queue)


class ExportedLoss:
    """The files of a loss, on a device."""

    def __init__(self, folder, name, device, is_bfloat16=False):
        with open(os.path.join(folder, name + ".json"), encoding="utf-8") as file:
            self.data = json.load(file)
        with open(os.path.join(folder, self.data["kernels"][device.dialect]), encoding="utf-8") as file:
            self._text = ("#define LG_BFLOAT16\n" if is_bfloat16 else "") + file.read()
        self.device = device

    def program(self, definitions):
        return self.device.build(definitions + self._text)


class PreparedCall(Call):
    """Value and gradient. Tensors are bytes with their shape; or they lie on the device, by pointer, and are not copied."""

    def __init__(self, loss, arguments, pointers=None):
        self.pointers = pointers or {}
        super().__init__(loss, loss.data["gradient"], arguments)
        self.prepare()

    def pack(self, name, value, element):
        return value

    def memory_of(self, tensor):
        return self.pointers.get(tensor["name"]) or super().memory_of(tensor)

    def free(self):
        borrowed = set(self.pointers.values())
        self.memory = {key: handle for key, handle in self.memory.items() if handle not in borrowed}
        super().free()
