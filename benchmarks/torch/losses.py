"""The losses as a PyTorch user writes them: the library's own function where there is one. A row: shape of the real inputs, how many of them
are differentiated, the loss."""
import torch
from torch.nn import functional as F


def flat(problem):
    return (-1,)


def rows(problem):
    return (problem.n, problem.c)


def focal(problem, x, y):
    ce = F.binary_cross_entropy_with_logits(x, y, reduction="none")
    alpha, gamma = problem.p[0], problem.p[1] if len(problem.p) > 1 else 2
    return ((alpha * y + (1 - alpha) * (1 - y)) * (1 - torch.exp(-ce)) ** gamma * ce).mean()


def dice_bce(problem, x, y):
    p = torch.sigmoid(x)
    dice = 1 - (2 * (p * y).sum() + problem.p[0]) / (p.sum() + y.sum() + problem.p[0])
    return dice + F.binary_cross_entropy_with_logits(x, y)


def log_cosh(problem, x, y):
    a = (x - y).abs()
    return (a + F.softplus(-2 * a) - 0.6931471805599453).mean()


def dice_ce(problem, x):
    labels = problem.integers[0].reshape(problem.n, problem.d)
    p = torch.softmax(x, 1)
    y = F.one_hot(labels, problem.c).transpose(1, 2).to(x.dtype)
    overlap, total = (p * y).sum(2), p.sum(2) + y.sum(2)
    return (1 - (2 * overlap + problem.p[0]) / (total + problem.p[0])).mean() + F.cross_entropy(x, labels)


def triplet(problem, a, p, q):
    return torch.relu(((a - p) ** 2).sum(1) - ((a - q) ** 2).sum(1) + problem.p[0]).mean()


def ctc(problem, x):
    labels, inputs, lengths = problem.integers
    return F.ctc_loss(F.log_softmax(x, 2).transpose(0, 1), labels.reshape(problem.n, -1), inputs, lengths)


LOSSES = {
    "mse": (flat, 1, lambda problem, x, y: F.mse_loss(x, y)),
    "huber": (flat, 1, lambda problem, x, y: F.huber_loss(x, y, delta=problem.p[0])),
    "log_cosh": (flat, 1, log_cosh),
    "poisson": (flat, 1, lambda problem, x, y: F.poisson_nll_loss(x, y)),
    "bce": (flat, 1, lambda problem, x, y: F.binary_cross_entropy_with_logits(x, y)),
    "focal": (flat, 1, focal),
    "focal_gamma": (flat, 1, focal),
    "dice_bce": (flat, 1, dice_bce),
    "elastic_net": (flat, 1, lambda problem, w: problem.p[0] * w.abs().sum() + problem.p[1] * (w * w).sum()),
    "kl": (rows, 1, lambda problem, x, y: F.kl_div(x.log(), y, reduction="batchmean")),
    "softmax_ce": (rows, 1, lambda problem, x: F.cross_entropy(x, problem.integers[0])),
    "dice_ce": (lambda problem: (problem.n, problem.c, problem.d), 1, dice_ce),
    "triplet": (rows, 3, triplet),
    "ctc": (lambda problem: (problem.n, problem.d, problem.c), 1, ctc),
}
