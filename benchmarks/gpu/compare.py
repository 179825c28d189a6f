#!/usr/bin/env python3
"""Times exported kernels against PyTorch, torch.compile and Triton: value and gradient, on a CUDA device.

    python3 benchmarks/gpu/compare.py KERNELS --output docs/gpu-benchmarks.md

KERNELS is a folder that lossgen export has written; README.md has the commands. --device opencl runs the same plans on the first OpenCL
device instead, without PyTorch: with --quick, that shows on any machine that everything fits together.
"""
import argparse
import datetime
import math
import platform
import struct
import sys

import inputs
import suite
import table
import timing
from prepared import ExportedLoss, LossError, OpenClDevice, PreparedCall


def main():
    options = arguments()
    rows = [row for row in suite.ROWS if options.only.lower() in row.name.lower()]
    if not rows:
        sys.exit(f"compare: --only was '{options.only}', expected a part of one of: {', '.join(row.name for row in suite.ROWS)}")
    if options.list:
        print("\n".join(row.title(sizes_of(row, options)) for row in rows))
        return
    try:
        facts, results, copy = (on_cuda if options.device == "cuda" else on_opencl)(options, rows)
    except (LossError, OSError) as error:
        sys.exit(f"compare: {error}")
    text = table.markdown([*facts, ("date", datetime.date.today().isoformat())], results, copy)
    print(text)
    if options.output:
        with open(options.output, "w", encoding="utf-8") as file:
            file.write(text)
    if any(result.get("wrong") for result in results):
        sys.exit("compare: results differ, see above")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kernels", nargs="?", default="artifacts/kernels", help="the folder that lossgen export has written")
    parser.add_argument("--device", choices=("cuda", "opencl"), default="cuda")
    parser.add_argument("--only", default="", metavar="TEXT", help="rows with this in their name")
    parser.add_argument("--list", action="store_true", help="lists the rows, and runs nothing")
    parser.add_argument("--quick", action="store_true", help="small sizes and few rounds, to see that it runs")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--output", metavar="FILE", help="writes the table there too")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error(f"--rounds was {options.rounds}, expected 1 at least")
    return options


def sizes_of(row, options):
    return row.quick if options.quick else row.sizes


def on_opencl(options, rows):
    """LossGen alone; what comes out has to be finite, and the same on every call."""
    device, results = OpenClDevice(), []
    for row in rows:
        sizes, generator = sizes_of(row, options), inputs.seeded()
        given = {name: inputs.packed(spec, sizes, generator) for name, spec in row.tensors.items()}
        call = prepared(options, row, sizes, device, given)

        def run():
            call.launch()
            device.finish()

        time = timing.on_host(run, 3 if options.quick else options.rounds)
        first, second = (raw_results(call) for _ in range(2))
        wrong = first != second or not math.isfinite(loss_of(call))
        results.append({"name": row.title(sizes), "traffic": row.traffic(sizes), "lossgen": time, "wrong": wrong, "note": "not finite, or not the same twice" if wrong else None})
        call.free()
    return [("device", device.name), ("Python", platform.python_version()), ("sizes", "quick" if options.quick else "full")], results, None


def on_cuda(options, rows):
    import torch
    from cuda_driver import CudaDevice
    if not torch.cuda.is_available():
        raise LossError("PyTorch finds no CUDA device; --device opencl needs none")
    torch.manual_seed(2026)
    torch.cuda.init()
    device = CudaDevice(torch.cuda.current_stream().cuda_stream)
    copy = timing.copy_bandwidth(torch)
    results = [cuda_row(torch, device, row, sizes_of(row, options), options) for row in rows]
    facts = [("device", device.name), ("driver", driver_version()), ("PyTorch", torch.__version__), ("CUDA", torch.version.cuda), ("Triton", triton_version()),
             ("copy", f"{copy / 1e9:.0f} GB/s"), ("sizes", "quick" if options.quick else "full"), ("rounds", options.rounds)]
    return facts, results, copy


def cuda_row(torch, device, row, sizes, options):
    given = {name: inputs.tensor(spec, sizes, torch, "cuda") for name, spec in row.tensors.items()}
    gradients = {name: torch.full_like(given[name], math.nan) for name in row.differentiated}
    pointers = {name: tensor.data_ptr() for name, tensor in given.items()} | {name + "Gradient": tensor.data_ptr() for name, tensor in gradients.items()}
    call = prepared(options, row, sizes, device, {name: (None, list(tensor.shape)) for name, tensor in given.items()}, pointers)
    wanted = [given[name].requires_grad_() for name in row.differentiated]
    scalars = inputs.scalars(row, sizes)

    def eager(function=row.torch):
        loss = function(**given, **scalars)
        return loss, torch.autograd.grad(loss, wanted)

    call.launch()
    loss, want = reference(torch, row, given, scalars)
    errors = [abs(loss_of(call) - loss) / max(abs(loss), 1e-30), *(distance(g, w) for g, w in zip(gradients.values(), want))]
    wrong = not errors[0] <= 1e-5 or not max(errors[1:]) <= row.tolerance
    result = {"name": row.title(sizes), "traffic": row.traffic(sizes), "wrong": wrong, "note": f"differs from PyTorch by {', '.join(f'{e:.1e}' for e in errors)}" if wrong else None}
    result["lossgen"] = timing.on_cuda(torch, call.launch, options.rounds)
    result["eager"] = timing.on_cuda(torch, eager, options.rounds)
    compiled = torch.compile(row.torch) if hasattr(torch, "compile") else None
    if compiled is not None:
        result["compiled"] = timing.on_cuda(torch, lambda: eager(compiled), options.rounds)
    if row.triton and triton_version() != "none":
        import triton_cross_entropy
        run, gradient = triton_cross_entropy.prepared(given["logits"].detach(), given["labels"])
        result["triton"] = timing.on_cuda(torch, run, options.rounds)
        if not distance(gradient, want[0]) <= row.tolerance:
            result["note"], result["wrong"] = "the Triton kernel differs from PyTorch", True
    call.free()
    return result


def reference(torch, row, given, scalars):
    """Loss and gradients in float64, of the numbers that were given; sums of many terms in float32 are no reference."""
    exact = {name: tensor.detach().double() if tensor.is_floating_point() else tensor for name, tensor in given.items()}
    wanted = [exact[name].requires_grad_() for name in row.differentiated]
    loss = row.torch(**exact, **scalars)
    return loss.item(), [gradient.float() for gradient in torch.autograd.grad(loss, wanted)]


def distance(got, want):
    """The largest difference of two gradients, against the largest component; not a number where one of them holds none."""
    return ((got.float() - want).abs().max() / want.abs().max()).item()


def prepared(options, row, sizes, device, given, pointers=None):
    loss = ExportedLoss(options.kernels, row.exported, device, is_bfloat16=any(spec.element == suite.BF16 for spec in row.tensors.values()))
    return PreparedCall(loss, given | inputs.scalars(row, sizes), pointers)


def loss_of(call):
    slot = next(r["slot"] for r in call.plan["results"] if r["name"] == "loss")
    return struct.unpack(call.slot_format, call.device.read(call.memory["slots", None], struct.calcsize(call.slot_format)))[slot]


def raw_results(call):
    """All that a call leaves, bit by bit."""
    call.launch()
    call.device.finish()
    outputs = [t for t in call.plan["tensors"] if t["role"] in ("result", "gradient")]
    tensors = [call.device.read(call.memory["tensor", t["name"]], call.bytes_of(t)) for t in outputs]
    slots = [call.device.read(call.memory["slots", None], struct.calcsize(call.slot_format))[8 * r["slot"]:8 * r["slot"] + 8] for r in call.plan["results"]]
    return tensors + slots


def driver_version():
    import subprocess
    try:
        return subprocess.run(["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"], capture_output=True, text=True, check=True).stdout.split("\n")[0]
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def triton_version():
    try:
        import triton
        return triton.__version__
    except ImportError:
        return "none"


if __name__ == "__main__":
    main()
