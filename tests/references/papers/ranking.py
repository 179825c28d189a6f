"""Lists of documents, query by query."""
import math
import torch
from torch.nn import functional as F
from cases import Catalogue, Inputs

catalogue = Catalogue("RankingPapers")
case = catalogue.case


def listmle(s, relevance, len):
    total = 0 * s.sum()
    for row, right, count in zip(s, relevance.tolist(), len.tolist()):
        left = sorted(range(count), key=lambda d: -right[d])
        while left:
            total = total + torch.logsumexp(row[left], 0) - row[left[0]]
            left.pop(0)
    return total / s.shape[0]


def dcg(gains, ranks):
    return sum(g / torch.log2(2 + torch.as_tensor(r, dtype=torch.float64)) for g, r in zip(gains, ranks))


def approx_ndcg(s, relevance, len, alpha):
    scores = []
    for row, right, count in zip(s, relevance.tolist(), len.tolist()):
        gains = [2.0 ** right[d] - 1 for d in range(count)]
        if sum(gains) > 0:
            ranks = [sum(torch.sigmoid(alpha * (row[e] - row[d])) for e in range(count) if e != d) for d in range(count)]
            scores.append(dcg(gains, ranks) / dcg(sorted(gains, reverse=True), range(count)))
    return -sum(scores) / scores.__len__()


def lambda_loss(s, relevance, len, sigma):
    total = 0 * s.sum()
    for row, right, count in zip(s, relevance.tolist(), len.tolist()):
        gains = [2.0 ** right[d] - 1 for d in range(count)]
        order = sorted(range(count), key=lambda d: -row[d].item())
        rank = {d: r for r, d in enumerate(order)}
        ideal = dcg(sorted(gains, reverse=True), range(count))
        for i in range(count):
            for j in range(count):
                if right[i] > right[j]:
                    change = abs(gains[i] - gains[j]) * abs(1 / math.log2(2 + rank[i]) - 1 / math.log2(2 + rank[j])) / ideal
                    total = total + change * F.softplus(-sigma * (row[i] - row[j])) / math.log(2)
    return total / s.shape[0]


def lists(name, s, relevance, len):
    for loss, reference, scalar, value in (("ListMle", listmle, None, 0), ("ApproxNdcg", approx_ndcg, "alpha", 1.0), ("LambdaLoss", lambda_loss, "sigma", 1.5)):
        scalars = {scalar: torch.tensor(value)} if scalar else {}
        case(loss, name, "formula", reference, "s " + scalar if scalar else "s", {}, s=s, relevance=relevance, len=len, **scalars)


for q, d in ((1, 4), (3, 7), (2, 18)):
    inputs = Inputs(f"lists {q} {d}")
    s, relevance = inputs.reals(q, d), inputs.labels(q, d, below=4)
    lists(f"{q} x {d}", s, relevance, torch.full((q,), d))
    if q > 1:
        lists(f"{q} x {d}, lengths 1 to {d - 1}", s, relevance, torch.tensor([d - 1] + [1] * (q - 1)))
        lists(f"{q} x {d}, an empty list", s, relevance, torch.tensor([d - 2] + [0] * (q - 1)))
lists("nothing relevant in one list", torch.tensor([[0.5, -1.0, 2.0], [1.0, 0.0, 3.0]]), torch.tensor([[1, 0, 2], [0, 0, 0]]), torch.tensor([3, 3]))
lists("equal scores", torch.tensor([[0.5, 0.5, 0.5, 1.0]]), torch.tensor([[1, 0, 2, 0]]), torch.tensor([4]))
