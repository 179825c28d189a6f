"""Inputs of a row: on the device by PyTorch where that is used, else as packed bytes."""
import random
import struct
from math import prod

FORMATS = {"f32": "f", "i32": "i"}


def scalars(row, sizes):
    return {name: sizes[value] if isinstance(value, str) else value for name, value in row.scalars.items()}


def tensor(spec, sizes, torch, device):
    """A tensor of PyTorch, the same on every run."""
    shape = [sizes[axis] for axis in spec.axes]
    if spec.element == "i32":
        low, high = whole_range(spec, sizes)
        return torch.randint(low, high, shape, dtype=torch.int32, device=device)
    values = torch.randn(shape, dtype=torch.float32, device=device)
    if spec.fill == "mask":
        values = (values > 0.5).float()
    return values.to(torch.bfloat16) if spec.element == "bf16" else values


def packed(spec, sizes, generator):
    """The bytes of a tensor, and its shape; bf16 is the upper half of a float."""
    shape = [sizes[axis] for axis in spec.axes]
    if spec.element == "i32":
        low, high = whole_range(spec, sizes)
        values = [generator.randrange(low, high) for _ in range(prod(shape))]
    else:
        values = [generator.gauss(0, 1) for _ in range(prod(shape))]
        if spec.fill == "mask":
            values = [float(value > 0.5) for value in values]
    if spec.element == "bf16":
        return b"".join(struct.pack("<f", value)[2:] for value in values), shape
    return struct.pack(f"<{len(values)}{FORMATS[spec.element]}", *values), shape


def whole_range(spec, sizes):
    kind, _, axis = spec.fill.partition(":")
    if kind == "label":  # of CTC: 0 is the blank
        return 1, sizes["c"]
    return (sizes[axis], sizes[axis] + 1) if kind == "all" else (0, sizes[axis])


def seeded():
    return random.Random(2026)
