"""Sums over trees, by all of them, and transport plans."""
import itertools
import torch
from cases import Catalogue, Inputs

catalogue = Catalogue("StructurePapers")
case = catalogue.case


def sinkhorn(x, y, a, b, eps, iterations):
    """On the scaling vectors, without logarithms."""
    cost = ((x[:, None] - y[None]) ** 2).sum(2)
    kernel = torch.exp(-cost / eps)
    v = torch.ones_like(b)
    for _ in range(iterations):
        u = 1 / (kernel @ (b * v))
        v = 1 / (kernel.T @ (a * u))
    u = 1 / (kernel @ (b * v))
    return ((a * u)[:, None] * kernel * (b * v) * cost).sum()


def trees(first, width):
    """Every binary tree over the words, as its spans."""
    if width == 1:
        return [[(first, 0)]]
    return [[(first, width - 1)] + a + b for k in range(1, width) for a in trees(first, k) for b in trees(first + k, width - k)]


def tree_crf(s, gold, len):
    total = 0
    for row, right, count in zip(s, gold, len.tolist()):
        scores = torch.stack([sum(row[span] for span in tree) for tree in trees(0, count)])
        total = total + torch.logsumexp(scores, 0) - (row * right).sum()
    return total / s.shape[0]


def reaches_root(heads, word):
    for _ in heads:
        if heads[word] < 0:
            return True
        word = heads[word]
    return False


def matrix_tree(s, root, head, len):
    total = 0
    for row, top, right, count in zip(s, root, head.tolist(), len.tolist()):
        def score(heads):
            return sum((top[b] if a < 0 else row[a, b] for b, a in enumerate(heads)), torch.tensor(0.0))
        scores = [score(heads) for heads in itertools.product(range(-1, count), repeat=count) if all(reaches_root(heads, b) for b in range(count))]
        total = total + torch.logsumexp(torch.stack(scores), 0) - score(right[:count])
    return total / s.shape[0]


for n, m, k, iterations in ((1, 1, 1, 1), (4, 6, 2, 5), (17, 5, 3, 10)):
    inputs = Inputs(f"transport {n} {m} {k}")
    a, b = inputs.distributions(1, n)[0], inputs.distributions(1, m)[0]
    arguments = dict(x=inputs.reals(n, k, spread=0.5), y=inputs.reals(m, k, spread=0.5), b=b, eps=torch.tensor(0.5))
    case("Sinkhorn", f"{n} x {m} x {k}, {iterations} iterations", "formula", sinkhorn, "x y b eps", {}, a=a, iterations=iterations, **arguments)
    case("Sinkhorn", f"{n} x {m} x {k}, none", "formula", sinkhorn, "x y b eps", {}, a=a, iterations=0, **arguments)
    if n > 1:
        case("Sinkhorn", f"{n} x {m} x {k}, points without mass", "formula", sinkhorn, "x y b eps", {}, a=torch.where(torch.arange(n) % 3 == 1, torch.zeros_like(a), a), iterations=3, **arguments)

for n, i, lengths in ((1, 1, (1,)), (2, 3, (3, 2)), (3, 5, (5, 1, 4)), (1, 6, (6,))):
    inputs = Inputs(f"trees {n} {i}")
    gold = torch.zeros(n, i, i, dtype=torch.long)
    for row, count in enumerate(lengths):
        for span in inputs.random.choice(trees(0, count)):
            gold[(row,) + span] = 1
    case("TreeCrf", f"{n} x {i}", "formula", tree_crf, "s", {"i": i}, s=inputs.reals(n, i, i), gold=gold, len=torch.tensor(lengths))

for n, a, lengths in ((1, 1, (1,)), (2, 3, (3, 2)), (3, 4, (4, 1, 3)), (1, 5, (5,))):
    inputs = Inputs(f"heads {n} {a}")
    head = torch.tensor([[inputs.random.choice([-1] + [w for w in range(count) if w < b]) if b < count else -7 for b in range(a)] for count in lengths])
    case("MatrixTree", f"{n} x {a}", "formula", matrix_tree, "s root", {}, s=inputs.reals(n, a, a, spread=1.0), root=inputs.reals(n, a, spread=1.0), head=head, len=torch.tensor(lengths))
