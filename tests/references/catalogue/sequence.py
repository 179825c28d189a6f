"""Sequences: PyTorch's own CTC, and the conditional random field by all of its paths."""
import itertools
import torch
from torch.nn import functional as F
from cases import Catalogue, Inputs

catalogue = Catalogue("SequenceLosses")
case = catalogue.case


def crf(emissions, transitions, labels):
    """The softmax over all paths, one by one."""
    n, t, c = emissions.shape

    def score(row, path):
        steps = sum((transitions[a, b] for a, b in zip(path, path[1:])), torch.tensor(0.0))
        return steps + sum(row[i, label] for i, label in enumerate(path))

    total = 0
    for row, right in zip(emissions, labels.tolist()):
        scores = torch.stack([score(row, path) for path in itertools.product(range(c), repeat=t)])
        total = total + torch.logsumexp(scores, 0) - score(row, right)
    return total / n


def ctc(logits, labels, inputLengths, labelLengths, blank=0, zeroInfinity=False):
    return F.ctc_loss(F.log_softmax(logits, 2).transpose(0, 1), labels, inputLengths, labelLengths, blank=int(blank), zero_infinity=bool(zeroInfinity))


for n, t, c in ((1, 1, 1), (1, 1, 3), (3, 2, 2), (2, 5, 3), (1, 4, 5), (2, 3, 7)):
    inputs = Inputs(f"chain {n} {t} {c}")
    case("LinearChainCrf", f"{n} x {t} x {c}", "formula", crf, "emissions transitions", {"n": n, "t": t, "c": c},
         emissions=inputs.reals(n, t, c), transitions=inputs.reals(c, c, spread=1.0), labels=inputs.labels(n, t, below=c))
case("LinearChainCrf", "scores of 1e4", "formula", crf, "emissions transitions", {"n": 1, "t": 3, "c": 2},
     emissions=torch.tensor([[[1e4, -1e4], [-1e4, 1e4], [0.0, 1e4]]]), transitions=torch.tensor([[0.0, 1.0], [-1e4, 2.0]]), labels=torch.tensor([[0, 0, 1]]))

for n, t, c, s in ((1, 1, 2, 1), (1, 5, 3, 2), (3, 7, 4, 3), (2, 12, 6, 5), (4, 9, 3, 4), (2, 16, 18, 3)):
    inputs = Inputs(f"ctc {n} {t} {c} {s}")
    axes, what, logits = {"n": n, "t": t, "c": c, "s": s}, f"{n} x {t} x {c}, {s} labels", inputs.reals(n, t, c)
    labels = inputs.labels(n, s, below=c - 1) + 1
    longest = torch.full((n,), t), torch.full((n,), s)
    lengths = torch.tensor([t - i % t for i in range(n)]), torch.tensor([s - i % (s + 1) for i in range(n)])
    # Where a row of few classes repeats a label too often for its steps, its loss is infinite: 0 by the option.
    case("Ctc", what, "ctc_loss", ctc, "logits", axes, logits=logits, labels=labels, inputLengths=longest[0], labelLengths=longest[1], zeroInfinity=1)
    case("Ctc", what + ", lengths", "ctc_loss", ctc, "logits", axes, logits=logits, labels=labels, inputLengths=lengths[0], labelLengths=lengths[1], zeroInfinity=1)
    case("Ctc", what + ", the last class blank", "ctc_loss", ctc, "logits", axes, logits=logits, labels=labels - 1, inputLengths=longest[0], labelLengths=lengths[1], blank=c - 1, zeroInfinity=1)
inputs = Inputs("ctc edges")
axes, logits = {"n": 3, "t": 6, "c": 3, "s": 3}, inputs.reals(3, 6, 3)
rows = torch.tensor([[1, 1, 1], [2, 2, 1], [1, 2, 2]])
case("Ctc", "repeated labels", "ctc_loss", ctc, "logits", axes, logits=logits, labels=rows, inputLengths=torch.tensor([6, 5, 4]), labelLengths=torch.tensor([3, 3, 3]))
case("Ctc", "one row too short", "ctc_loss", ctc, "logits", axes, logits=logits, labels=rows, inputLengths=torch.tensor([6, 2, 4]), labelLengths=torch.tensor([3, 3, 3]), zeroInfinity=1)
case("Ctc", "no labels", "ctc_loss", ctc, "logits", axes, logits=logits, labels=rows, inputLengths=torch.tensor([6, 5, 4]), labelLengths=torch.tensor([0, 0, 2]))
case("Ctc", "scores of 1e4", "ctc_loss", ctc, "logits", {"n": 1, "t": 3, "c": 3, "s": 1}, logits=torch.tensor([[[1e4, -1e4, 0.0], [-1e4, 0.0, 1e4], [1e4, 0.0, 0.0]]]), labels=torch.tensor([[1]]), inputLengths=torch.tensor([3]), labelLengths=torch.tensor([1]))
padded = torch.tensor([[1, 2, -100], [2, -100, -100], [1, 1, 2]])
case("Ctc", "labels behind the lengths", "ctc_loss", ctc, "logits", axes, logits=logits, labels=padded, inputLengths=torch.tensor([6, 5, 4]), labelLengths=torch.tensor([2, 1, 3]))



def each(logits, labels, inputLengths, labelLengths, blank=0, zeroInfinity=False):
    return F.ctc_loss(F.log_softmax(logits, 2).transpose(0, 1), labels, inputLengths, labelLengths, blank=int(blank), zero_infinity=bool(zeroInfinity), reduction="none")


catalogue.elements("Ctc", "lengths and repeated labels", "ctc_loss", each, "logits", axes, logits=logits, labels=rows, inputLengths=torch.tensor([6, 5, 4]), labelLengths=torch.tensor([3, 2, 0]))
catalogue.elements("Ctc", "one row too short", "ctc_loss", each, "logits", axes, logits=logits, labels=rows, inputLengths=torch.tensor([6, 2, 4]), labelLengths=torch.tensor([3, 3, 3]), zeroInfinity=1)
