"""Losses that compare all samples of a batch with each other. Adds to the metric losses."""
import torch
from torch.nn import functional as F
from cases import VECTORS, Inputs
from metric import case


def nt_xent(first, second, temperature=0.5):
    """As a cross-entropy over the 2 n views."""
    n = len(first)
    views = F.normalize(torch.cat((first, second)), dim=1, eps=1e-8)
    scores = (views @ views.T / temperature).masked_fill(torch.eye(2 * n, dtype=torch.bool), -float("inf"))
    return F.cross_entropy(scores, (torch.arange(2 * n) + n) % (2 * n))


def clip(image, text, temperature=0.07):
    temperature = torch.as_tensor(temperature)
    scores, own = image @ text.T / temperature, torch.arange(len(image))
    return (F.cross_entropy(scores, own) + F.cross_entropy(scores.T, own)) / 2


def distances(embedding):
    """Euclidean, with gradient 0 at 0."""
    squares = ((embedding[:, None] - embedding[None]) ** 2).sum(2)
    return torch.where(squares > 0, torch.where(squares > 0, squares, torch.ones_like(squares)).sqrt(), torch.zeros_like(squares))


def batch_hard(embedding, labels, margin=1.0):
    far, total = distances(embedding), 0
    for anchor in range(len(labels)):
        same = labels == labels[anchor]
        if not same.all():
            total = total + F.relu(far[anchor][same].amax() - far[anchor][~same].amin() + margin)
    return total / len(labels) + 0 * embedding.sum()


def semi_hard(embedding, labels, margin=1.0):
    far, total, pairs = ((embedding[:, None] - embedding[None]) ** 2).sum(2), 0, 0
    for anchor in range(len(labels)):
        negatives = far[anchor][labels != labels[anchor]]
        if len(negatives) == 0:
            continue
        for positive in range(len(labels)):
            if positive != anchor and labels[positive] == labels[anchor]:
                farther = negatives[negatives > far[anchor, positive]]
                negative = farther.amin() if len(farther) else negatives.amax()
                total, pairs = total + F.relu(far[anchor, positive] - negative + margin), pairs + 1
    return total / max(pairs, 1) + 0 * embedding.sum()


for n, d in VECTORS + ((2, 2), (18, 3)):
    inputs = Inputs(f"batch {n} {d}")
    axes, what = {"n": n, "d": d}, f"{n} x {d}"
    a, b = inputs.reals(n, d, spread=0.5), inputs.reals(n, d, spread=0.5)
    if d > 1:
        for options in ({}, {"temperature": 0.125}):
            case("NtXent", what + (", temperature 1/8" if options else ""), "cross_entropy", nt_xent, "first second", axes, first=a, second=b, **options)
    for temperature in (0.5, 2.0):
        # Its gradient needs a tensor, though the loss takes a number.
        case("Clip", f"{what}, temperature {temperature}", "cross_entropy", clip, "image text temperature", axes, image=a, text=b, temperature=torch.tensor(temperature))
    for classes in (2, 3):
        labels = inputs.labels(n, below=classes)
        for options in ({}, {"margin": 0.25}):
            suffix = f", {classes} labels" + (", margin 1/4" if options else "")
            case("BatchHardTriplet", what + suffix, "formula", batch_hard, "embedding", axes, embedding=a, labels=labels, **options)
            case("SemiHardTriplet", what + suffix, "formula", semi_hard, "embedding", axes, embedding=a, labels=labels, **options)

axes = {"n": 4, "d": 2}
corners = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
for loss, reference in (("BatchHardTriplet", batch_hard), ("SemiHardTriplet", semi_hard)):
    case(loss, "one label", "formula", reference, "embedding", axes, embedding=corners, labels=torch.tensor([1, 1, 1, 1]))
    case(loss, "every label once", "formula", reference, "embedding", axes, embedding=corners, labels=torch.tensor([3, 1, 0, 2]))
    case(loss, "equal distances", "formula", reference, "embedding", axes, embedding=corners, labels=torch.tensor([0, 1, 1, 0]), margin=4.0)
    case(loss, "equal embeddings", "formula", reference, "embedding", axes, embedding=torch.tensor([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0], [0.5, 0.0]]), labels=torch.tensor([0, 0, 1, 1]))
case("NtXent", "a view of length 0", "cross_entropy", nt_xent, "first second", {"n": 2, "d": 2}, first=torch.tensor([[0.0, 0.0], [1.0, 2.0]]), second=torch.tensor([[3.0, 4.0], [-1.0, 1.0]]))
case("Clip", "products of 1e4", "cross_entropy", clip, "image text temperature", {"n": 2, "d": 1}, image=torch.tensor([[100.0], [-100.0]]), text=torch.tensor([[-50.0], [100.0]]), temperature=torch.tensor(1.0))
