"""Softmax cross-entropy and its gradient in Triton, in the best public formulation: one program for each row, which passes over it twice.

The first pass keeps a running maximum and a sum that is rescaled with it (Milakov, Gimelshein, "Online normalizer calculation for softmax",
2018). The second one writes the gradient, so that no probability is ever stored. The mean over rows is a sum of PyTorch's.
"""
import torch
import triton
import triton.language as tl


@triton.jit
def _row(logits, labels, losses, gradient, classes, scale, BLOCK: tl.constexpr):
    row = tl.program_id(0).to(tl.int64)
    logits += row * classes
    gradient += row * classes
    label = tl.load(labels + row)
    at = tl.arange(0, BLOCK)
    peak = float("-inf")
    total = 0.0
    for first in range(0, classes, BLOCK):
        z = tl.load(logits + first + at, mask=first + at < classes, other=float("-inf")).to(tl.float32)
        higher = tl.maximum(peak, tl.max(z, 0))
        total = total * tl.exp(peak - higher) + tl.sum(tl.exp(z - higher), 0)
        peak = higher
    tl.store(losses + row, peak + tl.log(total) - tl.load(logits + label).to(tl.float32))
    for first in range(0, classes, BLOCK):
        inside = first + at < classes
        z = tl.load(logits + first + at, mask=inside, other=float("-inf")).to(tl.float32)
        p = tl.exp(z - peak) / total
        tl.store(gradient + first + at, (scale * (p - (first + at == label))).to(gradient.dtype.element_ty), mask=inside)


def cross_entropy(logits, labels, losses, gradient):
    """The mean loss; the gradient is overwritten."""
    rows, classes = logits.shape
    block = min(32768, triton.next_power_of_2(classes))
    _row[(rows,)](logits, labels, losses, gradient, classes, 1.0 / rows, BLOCK=block, num_warps=32 if block >= 16384 else 8)
    return losses.mean()


def prepared(logits, labels):
    """A function without arguments that computes loss and gradient into memory that is there already."""
    losses = torch.empty(logits.shape[0], dtype=torch.float32, device=logits.device)
    gradient = torch.empty_like(logits)
    return lambda: cross_entropy(logits, labels, losses, gradient), gradient
