#!/usr/bin/env python3
"""Runs a loss that `lossgen export` has written, on an OpenCL device, with nothing but the standard library.

    from lossgen_run import Loss
    loss = Loss("Losses.DiceBce.json")
    results = loss.gradient(logits=[0.5, -1.0], mask=[1, 0], weight=1.0, smooth=1.0)
    print(results["loss"], results["logitsGradient"])

or   python3 lossgen_run.py Losses.DiceBce.json logits=logits.npy mask=[1,0] weight=1 smooth=1

Tensors are lists, nested or flat, arrays of numpy, or names of .npy files. Where numpy is installed, tensors come back as its arrays,
otherwise, and on the command line, as flat lists. Where only a result's length tells a size, that length is an argument: losses=32.
All that is done here follows from the JSON, so it may serve as a model for other languages.
"""
import argparse
import ast
import ctypes
import json
import operator
import os
import struct
import sys
from math import prod

from lossgen_opencl import Device, LossError

try:
    import numpy
except ImportError:
    numpy = None

SCHEMA = 1
FORMATS = {"f32": "f", "f64": "d", "f16": "e", "u8": "B", "i32": "i", "i64": "q", "bool": "?"}  # of the module struct
DTYPES = {"f32": "<f4", "f64": "<f8", "f16": "<f2", "u8": "|u1", "i32": "<i4", "i64": "<i8", "bool": "|b1"}  # of numpy
OPERATIONS = {
    "add": operator.add, "subtract": operator.sub, "multiply": operator.mul, "max": max, "min": min,
    "floorDivide": lambda a, b: a // b if b else 0, "floorModulo": lambda a, b: a % b if b else 0}


class Loss:
    """A loss on a device; of the devices the first whose name contains the text, graphics cards first."""

    def __init__(self, path, device=""):
        with open(path, encoding="utf-8") as file:
            self.data = json.load(file)
        if self.data.get("schema") != SCHEMA:
            raise LossError(f"{path} has schema {self.data.get('schema')}, expected {SCHEMA}: use the runner that was exported with it")
        if "opencl" not in self.data["kernels"]:
            raise LossError(f"{path} was exported for {', '.join(self.data['kernels'])}, expected opencl among them")
        with open(os.path.join(os.path.dirname(path), self.data["kernels"]["opencl"]), encoding="utf-8") as file:
            self._text = file.read()
        self.device = Device(device)
        if self.data["real"] == "f64" and not self.device.has_double:
            raise LossError(f"{self.data['name']} is computed in float64, which {self.device.name} does not have")
        self._programs = {}

    def value(self, **arguments):
        """The loss as "loss", and parts and result tensor under their names."""
        return Call(self, self.data["value"], arguments).run()

    def gradient(self, **arguments):
        """The same and the gradients, as "...Gradient". The argument upstream is the derivative of what follows the loss; 1 without it."""
        return Call(self, self.data["gradient"], arguments).run()

    def curvature(self, **arguments):
        """The same and the second derivatives, as "...Curvature", of a loss that was declared with them."""
        if "curvature" not in self.data:
            raise LossError(f"{self.data['name']} was declared without curvature")
        return Call(self, self.data["curvature"], arguments).run()

    def program(self, definitions):
        if definitions not in self._programs:
            self._programs[definitions] = self.device.build(definitions + self._text)
        return self._programs[definitions]


class Call:
    """One call, in the order of the plan: sizes, shapes of launches, memory, launches, results."""

    def __init__(self, loss, plan, arguments):
        self.loss, self.plan, self.device = loss, plan, loss.device
        self.wide = "f64" if self.device.has_double else "f32"  # of numbers between passes
        inputs = [t for t in plan["tensors"] if t["role"] in ("input", "upstream")]
        outputs = [t["name"] for t in plan["tensors"] if t not in inputs and t["name"] in [s.get("parameter") for s in plan["sizes"]]]  # give sizes
        names = [t["name"] for t in inputs] + outputs + [s["name"] for s in plan["scalars"]]
        unknown = [name for name in arguments if name not in names and name != "upstream"]
        missing = [name for name in names if name not in arguments and name != "upstream"]
        if unknown or missing:
            raise LossError(f"the arguments were {', '.join(arguments) or 'none'}, expected {', '.join(names)}")
        self.tensors = {t["name"]: self.pack(t["name"], arguments[t["name"]], t["element"]) for t in inputs if t["name"] in arguments}
        for name in outputs:
            given = arguments[name] if isinstance(arguments[name], (list, tuple)) else [arguments[name]]
            self.tensors[name] = None, [number(name, length, "i64") for length in given]
        scalars = {s["name"]: number(s["name"], arguments[s["name"]], s["element"]) for s in plan["scalars"]}
        self.reals = {name: value for name, value in scalars.items() if isinstance(value, float)}
        self.sizes = {"@" + name: value for name, value in scalars.items() if isinstance(value, int)}
        for size in plan["sizes"]:
            self.sizes[size["axis"]] = self.solve(size)
        for limit in plan["limits"]:
            size = self.form(limit["size"])
            if not limit["least"] <= size <= limit.get("greatest", size):
                raise LossError(f"axis {limit['axis']} of {limit['parameter']} has size {size}, expected {limit['least']} to {limit.get('greatest', 'any')}")
        for tensor in (t for t in plan["tensors"] if t["name"] in self.tensors):
            count, expected = prod(self.tensors[tensor["name"]][1]), self.product(tensor["shape"])
            if count != expected:
                raise LossError(f"{tensor['name']} has {count} elements, expected {expected}")
        self.shapes = {p["kernel"]: self.shape(p) for p in plan["passes"]}
        self.slot_format = f"<{plan['slots']['count']}{FORMATS[self.wide]}"
        self.memory, self.launches = {}, []

    def pack(self, name, value, element):
        """A tensor as bytes, and its shape."""
        return pack(name, value, element)

    def form(self, form):
        return form["constant"] + sum(factor * self.sizes[name] for name, factor in form["terms"].items())

    def product(self, forms):
        return prod(self.form(form) for form in forms)

    def solve(self, size):
        if size["rule"] == "argument":
            if self.sizes["@" + size["parameter"]] < 0:
                raise LossError(f"{size['parameter']} was {self.sizes['@' + size['parameter']]}, expected a size, which is not negative")
            return self.sizes["@" + size["parameter"]]
        if size["rule"] == "computed":
            return self.compute(size["expression"])
        lengths = self.tensors[size["parameter"]][1]
        if size["rule"] == "dimension":
            if size["dimension"] >= len(lengths):
                raise LossError(f"{size['parameter']} has {len(lengths)} axes, expected a length for each: nested lists, or an array of numpy")
            return lengths[size["dimension"]]
        divisor = self.product(size["divisor"])
        return prod(lengths) // divisor if divisor else 0

    def compute(self, expression):
        if "form" in expression:
            return self.form(expression["form"])
        return OPERATIONS[expression["operation"]](self.compute(expression["left"]), self.compute(expression["right"]))

    def shape(self, launch):
        """Lanes, threads in a group, groups. Sizes and the kind of device alone decide, so that every run has the same bits."""
        grid, items = self.loss.data["grid"], max(1, self.product(launch["items"]))
        threads, lanes, width = grid["threads"], 1, launch.get("vectors", {}).get("width", 1)
        kept = "kept" in launch.get("vectors", {})
        if launch["grid"] == "group":
            return 1, threads, 1
        if launch["grid"] == "elements":
            return 1, threads, min(-(-items // threads), grid["mostGroups"])
        if "tile" in launch:
            tile = launch["tile"]
            tiles = -(-items // tile["items"])
            few = not self.device.is_cpu and self.device.most_threads >= tile["mostThreads"] and tiles < grid["fewTiles"] * max(1, self.device.multiprocessors)
            own = tile["mostThreads"] if few else tile["threads"]
            return 1, own, min(tiles, grid["mostGroups"] * threads // own)
        if "lanes" in launch and not self.device.is_cpu:  # threads of a processor would only wait for each other
            length = self.form(launch["lanes"])
            steps, length = (grid["keptLanes" if kept else "vectorLanes"], length // width) if width > 1 else (grid["lanes"], length)
            lanes = next(step["lanes"] for step in steps if length <= step.get("upTo", length))
            while 1 < lanes < min(length, grid["mostLanes"]) and 4 * lanes * items <= grid["mostGroups"] * threads:
                lanes *= 2  # few items: as many lanes as have something to do
            while lanes > max(threads, self.device.most_threads):
                lanes //= 2
        most = launch.get("mostWorkers", 1 << 62)
        own = {"per": "worker", "kernel": launch["kernel"]}
        worker_bytes = sum(a["bytes"] * self.product(a["shape"]) for a in self.plan["arrays"] if a.get("copies") == own)
        if worker_bytes:
            most = min(most, max(1, grid["mostWorkerBytes"] // worker_bytes))
        if lanes > 1:
            # No more than run at a time: what is not kept of the longest rows is read again, and found in the cache.
            few = kept and lanes >= grid["fewLanes"] and self.device.multiprocessors
            rows = self.device.multiprocessors * self.besides(lanes) if few else grid["mostGroups"] * threads // lanes
            return lanes, lanes, min(items, most, rows)
        groups = grid["mostGroups"]
        if width > 1 and "lanes" not in launch:
            items, groups = -(-items // width), grid["mostVectorGroups"]
        while 1 < threads > most:
            threads //= 2
        return 1, threads, max(1, min(-(-items // threads), groups, most // threads))

    def besides(self, lanes):
        """How many groups whose lanes keep something run beside each other on a multiprocessor."""
        grid = self.loss.data["grid"]
        return 2 if lanes < grid["fewLanes"] else max(1, 2 * grid["threads"] // lanes)

    def kept(self, launch, lanes):
        """How many vectors of a row each lane keeps in registers and in shared memory, whether there are more, and the bytes that a group shares for them."""
        grid, kept = self.loss.data["grid"], launch.get("vectors", {}).get("kept")
        if kept is None or self.device.is_cpu:
            return 0, 0, 1, 0
        turns, turn = -(-(self.form(launch["lanes"]) // kept["width"]) // lanes), kept["bytes"] * lanes
        # A group's memory is that of one item; where a thread has an item of its own, there are many in a group.
        room = 0 if lanes == 1 else max(0, self.device.shared_bytes // self.besides(lanes) - grid["reservedBytes"]) // turn
        most = next(step["bytes"] for step in grid["keptBytes"] if lanes <= step.get("upTo", lanes)) // kept["bytes"]
        few = min(most, grid["fewKeptBytes"] // kept["bytes"])
        registers = min(turns, max(few, min(most, max((turns + 1) // 2, turns - room))))
        rooms = min(turns - registers, room)
        return registers, rooms, int(registers + rooms < turns), rooms * turn

    def is_aligned(self, vectors):
        """Whether all rows of what a launch takes in vectors start where whole vectors may."""
        return all(self.form(row) % vectors["width"] == 0 for row in vectors["rows"]) and all(
            self.device.is_aligned(self.memory[array["kind"], array["name"]], self.loss.data["grid"]["alignment"]) for array in vectors["arrays"])

    def bytes_of(self, tensor):
        return self.product(tensor["shape"]) * struct.calcsize(FORMATS[tensor["element"]])

    def copies(self, per, kernel):
        lanes, threads, groups = self.shapes[kernel]
        return groups if per == "group" or lanes > 1 else groups * threads

    def run(self):
        try:
            self.prepare()
            self.launch()
            return self.results()
        finally:
            self.free()

    def prepare(self):
        """Allocates, compiles and binds: after that a call is its launches, any number of times."""
        memory = self.memory
        for tensor in self.plan["tensors"]:
            memory["tensor", tensor["name"]] = self.memory_of(tensor)
        for array in self.plan["arrays"]:
            count = self.product(array["shape"]) * (self.copies(**array["copies"]) if "copies" in array else 1)
            memory["array", array["name"]] = self.device.allocate(count * array["bytes"])
        memory["slots", None] = self.device.allocate(struct.calcsize(self.slot_format))
        program = self.loss.program("".join(self.definitions(p) for p in self.plan["passes"] if "definitions" in p))
        for launch in self.plan["passes"]:
            _, threads, groups = self.shapes[launch["kernel"]]
            arguments = [self.bind(memory, **argument) for argument in launch["arguments"]]
            self.launches.append((program, launch["kernel"], groups, threads, arguments, self.kept(launch, self.shapes[launch["kernel"]][0])[3]))

    def definitions(self, launch):
        """What the kernel is compiled with."""
        (lanes, threads, _), macros = self.shapes[launch["kernel"]], launch["definitions"]
        registers, room, rest, _ = self.kept(launch, lanes)
        aligned = int("vectors" in launch and self.is_aligned(launch["vectors"]))
        values = {"lanes": lanes, "group": threads, "aligned": aligned, "kept": registers, "room": room, "rest": rest}
        return "".join(f"#define {macro} {values[what]}\n" for what, macro in macros.items())

    def memory_of(self, tensor):
        """The memory of an argument, with its contents; a program whose data lie on the device already gives that."""
        name = tensor["name"]
        memory = self.device.allocate(self.bytes_of(tensor))
        ones = struct.pack("<" + FORMATS[tensor["element"]], 1) * self.product(tensor["shape"]) if tensor["role"] == "upstream" else b""
        self.device.write(memory, self.tensors[name][0] if name in self.tensors else ones)
        return memory

    def launch(self):
        for launch in self.launches:
            self.device.launch(*launch)

    def free(self):
        for handle in self.memory.values():
            self.device.free(handle)
        self.memory.clear()

    def bind(self, memory, kind, name=None, element=None):
        if (kind, name) in memory:
            return ctypes.c_void_p(memory[kind, name])
        if kind == "real":
            return (ctypes.c_double if self.wide == "f64" else ctypes.c_float)(self.reals[name])
        if kind in ("size", "integer"):
            return ctypes.c_int64(self.sizes[name if kind == "size" else "@" + name])
        return ctypes.c_int64(self.copies(kind[:-1], name))  # groups or workers of a pass

    def results(self):
        memory = self.memory
        slots = struct.unpack(self.slot_format, self.device.read(memory["slots", None], struct.calcsize(self.slot_format)))
        for error in (e for e in self.plan["errors"] if slots[e["slot"]] > 0):
            raise LossError(f"{error['parameter']} holds an index that is out of range: axis {error['axis']} allows 0 to {self.form(error['size']) - 1}")
        found = {r["name"]: struct.unpack("<" + FORMATS[r["element"]], struct.pack("<" + FORMATS[r["element"]], slots[r["slot"]]))[0] for r in self.plan["results"]}
        for tensor in (t for t in self.plan["tensors"] if t["role"] in ("result", "gradient", "curvature")):
            shape = [self.form(form) for form in tensor["shape"]]
            data = self.device.read(memory["tensor", tensor["name"]], self.bytes_of(tensor))
            found[tensor["name"]] = unpack(data, shape, tensor["element"])
        return found


def number(name, value, element):
    try:
        return float(value) if element[0] == "f" else int(operator.index(value))
    except (TypeError, ValueError):
        raise LossError(f"{name} was {value!r}, expected a {'' if element[0] == 'f' else 'whole '}number") from None


def pack(name, value, element):
    """A tensor as bytes, and its shape."""
    try:
        if numpy is not None:
            array = numpy.load(value) if isinstance(value, str) else numpy.asarray(value)
            packed = array.astype(DTYPES[element])
            if element[0] != "f" and not numpy.array_equal(packed, array):
                raise ValueError("it has numbers that are none of the type")
            return packed.tobytes(), list(array.shape)
        shape, flat = load(value) if isinstance(value, str) else flatten(value)
        return struct.pack(f"<{len(flat)}{FORMATS[element]}", *flat), shape
    except (ValueError, TypeError, OverflowError, OSError, struct.error) as error:
        raise LossError(f"{name} is no tensor of {element}: {error}") from error


def unpack(data, shape, element):
    if numpy is not None:
        return numpy.frombuffer(data, DTYPES[element]).reshape(shape).copy()
    return list(struct.unpack(f"<{prod(shape)}{FORMATS[element]}", data))


def flatten(value):
    if not isinstance(value, (list, tuple)):
        return [], [value]
    parts = [flatten(part) for part in value]
    if any(shape != parts[0][0] for shape, _ in parts):
        raise ValueError("its rows differ in length")
    return [len(parts)] + (parts[0][0] if parts else []), [number for _, flat in parts for number in flat]


def load(path):
    """A .npy file without numpy."""
    with open(path, "rb") as file:
        data = file.read()
    start = 10 if data[6:7] == b"\1" else 12
    end = start + int.from_bytes(data[8:start], "little")
    head = ast.literal_eval(data[start:end].decode()) if data[:6] == b"\x93NUMPY" else {"descr": "that are no .npy"}
    element = next((e for e, dtype in DTYPES.items() if dtype == head["descr"] and not head["fortran_order"]), None)
    if element is None:
        raise ValueError(f"{path} has elements {head['descr']}, expected one of {', '.join(DTYPES.values())}, rows first")
    return list(head["shape"]), list(struct.unpack(f"<{prod(head['shape'])}{FORMATS[element]}", data[end:]))


def main():
    parser = argparse.ArgumentParser(description="Runs an exported loss on an OpenCL device and prints its results as JSON.")
    parser.add_argument("loss", help="the .json file of the loss; the kernels lie beside it")
    parser.add_argument("arguments", nargs="*", metavar="name=value", help="a number, a list, or the name of a .npy or .json file")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--value", action="store_true", help="computes the value alone, without gradients")
    what.add_argument("--curvature", action="store_true", help="computes the second derivatives too")
    parser.add_argument("--device", default="", help="a part of the device's name")
    options = parser.parse_intermixed_args()
    arguments = {}
    try:
        for name, _, text in (argument.partition("=") for argument in options.arguments):
            if text.endswith(".json"):
                with open(text, encoding="utf-8") as file:
                    arguments[name] = json.load(file)
            else:
                arguments[name] = text if text.endswith(".npy") else json.loads(text)
        loss = Loss(options.loss, options.device)
        compute = loss.value if options.value else loss.curvature if options.curvature else loss.gradient
        results = compute(**arguments)
    except json.JSONDecodeError as error:
        sys.exit(f"lossgen_run: {error}; expected name=value with a number, a list, or the name of a .npy or .json file")
    except (LossError, OSError) as error:
        sys.exit(f"lossgen_run: {error}")
    print(json.dumps({name: value if isinstance(value, (float, list)) else value.ravel().tolist() for name, value in results.items()}))


if __name__ == "__main__":
    main()
