"""What is measured: a row is a loss with its sizes, its inputs, and the same loss in PyTorch."""
from dataclasses import dataclass
from typing import Callable

F32, BF16, I32 = "f32", "bf16", "i32"
BYTES = {F32: 4, BF16: 2, I32: 4}


@dataclass(frozen=True)
class Tensor:
    """An input: its shape from the sizes, its element, and how it is filled: "normal", "mask", or "below:axis" for whole numbers."""
    axes: tuple
    element: str
    fill: str


@dataclass(frozen=True)
class Row:
    """A loss to measure."""
    name: str
    exported: str  # the file that lossgen export writes
    tensors: dict
    differentiated: tuple
    scalars: dict  # by name: a number, or the axis whose size it is
    sizes: dict
    quick: dict
    torch: Callable
    triton: bool = False
    tolerance: float = 1e-5
    twice: tuple = ()  # inputs that a gradient needs again behind sums over all of them, more than a card's caches hold

    def title(self, sizes):
        return f"{self.name}, {' x '.join(map(str, sizes.values()))}"

    def traffic(self, sizes):
        """Bytes that cannot be avoided: every input is read once, or twice, and every gradient is written once."""
        def bytes_of(name):
            count = 1
            for axis in self.tensors[name].axes:
                count *= sizes[axis]
            return count * BYTES[self.tensors[name].element]
        return sum(map(bytes_of, (*self.tensors, *self.twice, *self.differentiated)))


def mean_squared_error(prediction, target):
    from torch.nn import functional as F
    return F.mse_loss(prediction, target)


def dice_and_cross_entropy(logits, target, weight, smooth):
    from torch.nn import functional as F
    p = logits.sigmoid()
    dice = 1 - (2 * (p * target).sum() + smooth) / (p.sum() + target.sum() + smooth)
    return dice + weight * F.binary_cross_entropy_with_logits(logits, target)


def cross_entropy(logits, labels):
    from torch.nn import functional as F
    return F.cross_entropy(logits, labels.long())


def pixel_dice_and_cross_entropy(logits, labels, diceWeight, ceWeight, smooth, **_):
    from torch.nn import functional as F
    labels = labels.long()
    p, y = logits.softmax(1), F.one_hot(labels, logits.shape[1]).permute(0, 3, 1, 2).to(logits.dtype)
    dice = 1 - (2 * (p * y).sum((2, 3)) + smooth) / (p.sum((2, 3)) + y.sum((2, 3)) + smooth)
    return diceWeight * dice.mean() + ceWeight * F.cross_entropy(logits, labels)


def info_nce(anchor, candidate, labels, temperature, **_):
    from torch.nn import functional as F
    return F.cross_entropy(anchor @ candidate.T / temperature, labels.long())


def ctc(logits, labels, inputLengths, labelLengths, blank, **_):
    from torch.nn import functional as F
    return F.ctc_loss(logits.log_softmax(2).transpose(0, 1), labels.long(), inputLengths.long(), labelLengths.long(), blank=blank)


def rows_of_classes(name, n, c, element):
    return Row(
        name, "ClassificationLosses.SparseCategoricalCrossEntropy" if element == F32 else "HalfLosses.CrossEntropy",
        {"logits": Tensor(("n", "c"), element, "normal"), "labels": Tensor(("n",), I32, "below:c")}, ("logits",), {},
        {"n": n, "c": c}, {"n": 5, "c": 67}, cross_entropy, triton=True, tolerance=1e-5 if element == F32 else 1e-2)


ROWS = [
    Row("mean squared error", "RegressionLosses.MeanSquaredError",
        {"prediction": Tensor(("i",), F32, "normal"), "target": Tensor(("i",), F32, "normal")}, ("prediction",), {},
        {"i": 1 << 26}, {"i": 1003}, mean_squared_error),
    Row("Dice + cross-entropy", "SegmentationLosses.DiceBce",
        {"logits": Tensor(("i",), F32, "normal"), "target": Tensor(("i",), F32, "mask")}, ("logits",), {"weight": 1.0, "smooth": 1.0},
        {"i": 1 << 26}, {"i": 1003}, dice_and_cross_entropy, twice=("logits", "target")),
    rows_of_classes("softmax cross-entropy", 8192, 32000, F32),
    rows_of_classes("softmax cross-entropy", 4096, 128256, F32),
    rows_of_classes("softmax cross-entropy in bf16", 8192, 32000, BF16),
    rows_of_classes("softmax cross-entropy in bf16", 4096, 128256, BF16),
    Row("Dice + cross-entropy of pixels", "SegmentationLosses.DiceCe",
        {"logits": Tensor(("n", "c", "h", "w"), F32, "normal"), "labels": Tensor(("n", "h", "w"), I32, "below:c")}, ("logits",),
        {"n": "n", "diceWeight": 1.0, "ceWeight": 1.0, "smooth": 1.0},
        {"n": 8, "c": 21, "h": 512, "w": 512}, {"n": 2, "c": 3, "h": 5, "w": 7}, pixel_dice_and_cross_entropy,
        twice=("logits", "labels")),
    Row("InfoNCE", "MetricLosses.InfoNce",
        {"anchor": Tensor(("n", "d"), F32, "normal"), "candidate": Tensor(("m", "d"), F32, "normal"), "labels": Tensor(("n",), I32, "below:m")},
        ("anchor", "candidate"), {"d": "d", "temperature": 4.0},
        {"n": 1024, "m": 1024, "d": 128}, {"n": 5, "m": 7, "d": 9}, info_nce),
    Row("CTC", "SequenceLosses.Ctc",
        {"logits": Tensor(("n", "t", "c"), F32, "normal"), "labels": Tensor(("n", "s"), I32, "label"), "inputLengths": Tensor(("n",), I32, "all:t"),
         "labelLengths": Tensor(("n",), I32, "all:s")}, ("logits",), {"c": "c", "blank": 0, "zeroInfinity": 0},
        {"n": 64, "t": 512, "c": 64, "s": 64}, {"n": 3, "t": 11, "c": 5, "s": 4}, ctc),
]
