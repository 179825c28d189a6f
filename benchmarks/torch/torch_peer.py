"""PyTorch's side of the benchmarks: answers each line of its input with one line. Needs Debian's python3-torch.

    has KEY                                      yes or no
    load KEY FOLDER N C D S PARAMETERS…          reads the inputs x0, x1, …, k0, k1, … of FOLDER
    compute GRADIENT                             the loss; with 1 the gradients go to g0, g1, … of FOLDER
    time GRADIENT CALLS                          nanoseconds of so many calls, forward or forward and backward
    free                                         forgets the problem
"""
import os
import sys
import time

import numpy
import torch

from losses import LOSSES

torch.set_num_threads(int(sys.argv[1]))

# As the C# side counts: with one thread the time that it has spent on a processor, with several the time that has passed.
now = time.process_time_ns if sys.argv[1] == "1" else time.perf_counter_ns


class Problem:
    """The data of one row, and the loss of it."""

    def __init__(self, key, folder, n, c, d, s, *parameters):
        self.folder = folder
        self.n, self.c, self.d, self.s = int(n), int(c), int(d), int(s)
        self.p = [float(p) for p in parameters]
        self.reals = self.read("x", numpy.float32)
        self.integers = [k.long() for k in self.read("k", numpy.int32)]
        shape, self.differentiated, self.loss = LOSSES[key]
        self.reals = [x.reshape(shape(self)) for x in self.reals]
        for x in self.reals[: self.differentiated]:
            x.requires_grad_(True)

    def read(self, kind, dtype):
        tensors = []
        while os.path.exists(path := os.path.join(self.folder, f"{kind}{len(tensors)}")):
            tensors.append(torch.from_numpy(numpy.fromfile(path, dtype)))
        return tensors

    def call(self, gradient):
        if not gradient:
            with torch.no_grad():
                return self.loss(self, *self.reals)
        for x in self.reals:
            x.grad = None
        value = self.loss(self, *self.reals)
        value.backward()
        return value


def answer(words, problem):
    """The answer to one line, and the problem from then on."""
    if words[0] == "version":
        return torch.__version__, problem
    if words[0] == "has":
        return "yes" if words[1] in LOSSES else "no", problem
    if words[0] == "load":
        return "loaded", Problem(*words[1:])
    if words[0] == "free":
        return "freed", None
    gradient = words[1] == "1"
    if words[0] == "compute":
        value = problem.call(gradient)
        for i, x in enumerate(problem.reals[: problem.differentiated if gradient else 0]):
            x.grad.numpy().tofile(os.path.join(problem.folder, f"g{i}"))
        return repr(value.item()), problem
    start = now()
    for _ in range(int(words[2])):
        problem.call(gradient)
    return str(now() - start), problem


def main():
    print("ready", flush=True)
    problem = None
    for line in sys.stdin:
        try:
            text, problem = answer(line.split(), problem)
        except Exception as error:  # one line, whatever it is
            text = f"error {type(error).__name__}: {error}".replace("\n", " ")
        print(text, flush=True)


main()
