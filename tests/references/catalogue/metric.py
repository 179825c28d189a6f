"""Embeddings and rankings: PyTorch's own functions but for the squared forms."""
import torch
from torch.nn import functional as F
from cases import EACH, FLAT, VECTORS, Catalogue, Inputs

catalogue = Catalogue("MetricLosses")
case = catalogue.case


def contrastive(first, second, similar, margin=1.0):
    distance = (first - second).norm(dim=1)
    return (similar * distance ** 2 + (1 - similar) * F.relu(margin - distance) ** 2).mean() / 2


def triplet(anchor, positive, negative, margin=1.0):
    return F.relu(((anchor - positive) ** 2).sum(1) - ((anchor - negative) ** 2).sum(1) + margin).mean()


def triplet_euclidean(anchor, positive, negative, margin=1.0, eps=1e-6):
    return F.triplet_margin_loss(anchor, positive, negative, margin=margin, eps=eps)


def triplet_swap(anchor, positive, negative, margin=1.0, eps=1e-6):
    return F.triplet_margin_loss(anchor, positive, negative, margin=margin, eps=eps, swap=True)


def ranking(first, second, target, margin=0.0):
    return F.margin_ranking_loss(first, second, target, margin=margin)


def proximity(prediction, target, eps=1e-8):
    return -F.cosine_similarity(prediction, target, dim=1, eps=eps).mean()


def cosine_embedding(first, second, target, margin=0.0):
    return F.cosine_embedding_loss(first, second, target, margin=margin)


def info_nce(anchor, candidate, labels, temperature=0.07):
    return F.cross_entropy(anchor @ candidate.T / temperature, labels)


for n, d in VECTORS + ((2, 2),):
    inputs = Inputs(f"embeddings {n} {d}")
    axes, what = {"n": n, "d": d}, f"{n} x {d}"
    a, b, q = inputs.reals(n, d, spread=0.5), inputs.reals(n, d, spread=0.5), inputs.reals(n, d, spread=0.5)
    for options in ({}, {"margin": 4.0}):
        suffix = ", margin 4" if options else ""
        case("Contrastive", what + suffix, "formula", contrastive, "first second", axes, first=a, second=b, similar=inputs.bits(n), **options)
        case("Triplet", what + suffix, "formula", triplet, "anchor positive negative", axes, anchor=a, positive=b, negative=q, **options)
        case("TripletEuclidean", what + suffix, "triplet_margin_loss", triplet_euclidean, "anchor positive negative", axes, anchor=a, positive=b, negative=q, **options)
        case("TripletEuclideanSwap", what + suffix, "triplet_margin_loss", triplet_swap, "anchor positive negative", axes, anchor=a, positive=b, negative=q, **options)
    case("TripletEuclidean", what + ", eps 1/4", "triplet_margin_loss", triplet_euclidean, "anchor positive negative", axes, anchor=a, positive=b, negative=q, eps=0.25)
    for m in (1, 7, 18) if d < 17 else (3,):
        for options in ({}, {"temperature": 0.5}):
            # Long rows are taken shorter: where every row is sure, softmax - 1 has no digits left in float, and nothing larger is beside it.
            case("InfoNce", f"{what} against {m}" + (", temperature 1/2" if options else ""), "cross_entropy", info_nce, "anchor candidate", {**axes, "m": m}, anchor=a, candidate=inputs.reals(m, d, spread=0.5 if d < 17 else 0.125), labels=inputs.labels(n, below=m), **options)
    if d == 1:
        continue  # A cosine of one number is its sign: nothing but rounding errors to compare.
    case("CosineProximity", what, "cosine_similarity", proximity, "prediction", axes, prediction=a, target=b)
    for options in ({}, {"margin": 0.25}):
        case("CosineEmbedding", what + (", margin 1/4" if options else ""), "cosine_embedding_loss", cosine_embedding, "first second", axes, first=a, second=b, target=inputs.signs(n), **options)

for n in FLAT:
    inputs = Inputs(f"ranks {n}")
    for options in ({}, {"margin": 0.5}):
        case("MarginRanking", f"{n} pairs" + (", margin 1/2" if options else ""), "margin_ranking_loss", ranking, "first second", first=inputs.reals(n), second=inputs.reals(n), target=inputs.signs(n), **options)
case("MarginRanking", "equal scores", "margin_ranking_loss", ranking, "first second", first=torch.tensor([1.0, 2.0, 3.0]), second=torch.tensor([1.0, 2.0, 5.0]), target=torch.tensor([1.0, -1.0, 1.0]))
axes = {"n": 2, "d": 2}
same = torch.tensor([[1.0, -2.0], [0.5, 0.25]])
case("Contrastive", "a dissimilar pair at distance 0", "formula", contrastive, "first second", axes, first=same, second=torch.tensor([[1.0, -2.0], [0.5, 1.25]]), similar=torch.tensor([0.0, 0.0]), margin=2.0)
case("Triplet", "at the kink", "formula", triplet, "anchor positive negative", axes, anchor=torch.zeros(2, 2), positive=torch.tensor([[1.0, 0.0], [2.0, 0.0]]), negative=torch.tensor([[1.0, 1.0], [1.0, 0.0]]))
case("TripletEuclidean", "equal embeddings", "triplet_margin_loss", triplet_euclidean, "anchor positive negative", axes, anchor=same, positive=same, negative=same)
case("TripletEuclideanSwap", "equal distances", "triplet_margin_loss", triplet_swap, "anchor positive negative", axes, anchor=same, positive=same, negative=torch.tensor([[3.0, 1.0], [2.0, -1.0]]), margin=4.0)
case("CosineProximity", "a prediction of length 0", "cosine_similarity", proximity, "prediction", axes, prediction=torch.tensor([[0.0, 0.0], [3.0, 4.0]]), target=torch.tensor([[1.0, 2.0], [-4.0, 3.0]]))
case("CosineProximity", "lengths from tiny to huge", "cosine_similarity", proximity, "prediction", axes, prediction=torch.tensor([[2.0 ** -20, 2.0 ** -21], [3e6, 4e6]]), target=torch.tensor([[1e6, 2e6], [-4.0, 5.0]]))
case("CosineEmbedding", "at the kink", "cosine_embedding_loss", cosine_embedding, "first second", axes, first=torch.tensor([[1.0, 0.0], [2.0, 1.0]]), second=torch.tensor([[0.0, 1.0], [-2.0, -1.0]]), target=torch.tensor([-1.0, 1.0]))
# PyTorch's 1e-12 is a float there, which shows in nine digits where nothing else is under the root.
case("CosineEmbedding", "a length of 0", "formula", lambda first, second, target: 1 - ((first * second).sum(1) / ((first ** 2).sum(1) + 1e-12).sqrt() / ((second ** 2).sum(1) + 1e-12).sqrt()).mean(), "first second", axes,
     first=torch.tensor([[0.0, 0.0], [2.0, 1.0]]), second=torch.tensor([[1.0, 1.0], [-2.0, -1.0]]), target=torch.tensor([1.0, 1.0]))
case("InfoNce", "similarities of 1e4", "cross_entropy", info_nce, "anchor candidate", {"n": 2, "d": 1, "m": 3}, anchor=torch.tensor([[100.0], [-100.0]]), candidate=torch.tensor([[100.0], [50.0], [-100.0]]), labels=torch.tensor([0, 0]), temperature=1.0)

for n in EACH:
    inputs = Inputs(f"each pair {n}")
    a, b, sign, far = inputs.reals(n), inputs.reals(n), inputs.signs(n), inputs.positive(n)
    far[-1] = 1.0  # at the margin
    catalogue.elements("MarginRanking", f"{n} pairs", "margin_ranking_loss", lambda first, second, target, margin: F.margin_ranking_loss(first, second, target, margin=margin, reduction="none"), "first second",
                       first=a, second=b, target=sign, margin=0.5)
    for options in ({}, {"margin": 2.0}):
        what = f"{n} pairs" + (", margin 2" if options else "")
        case("HingeEmbedding", what, "hinge_embedding_loss", lambda distance, target, margin=1.0: F.hinge_embedding_loss(distance, target, margin=margin), "distance", distance=far, target=sign, **options)
        catalogue.elements("HingeEmbedding", what, "hinge_embedding_loss", lambda distance, target, margin=1.0: F.hinge_embedding_loss(distance, target, margin=margin, reduction="none"), "distance",
                           distance=far, target=sign, **options)
case("HingeEmbedding", "dissimilar pairs at the margin and within", "hinge_embedding_loss", lambda distance, target: F.hinge_embedding_loss(distance, target), "distance",
     distance=torch.tensor([1.0, 0.5, 3.0]), target=torch.tensor([-1.0, -1.0, -1.0]))

for n, d in ((2, 2), (3, 17)):
    inputs = Inputs(f"each embedding {n} {d}")
    axes, what = {"n": n, "d": d}, f"{n} x {d}"
    a, b, q = inputs.reals(n, d, spread=0.5), inputs.reals(n, d, spread=0.5), inputs.reals(n, d, spread=0.5)
    for loss, swap in (("TripletEuclidean", False), ("TripletEuclideanSwap", True)):
        catalogue.elements(loss, what, "triplet_margin_loss", lambda anchor, positive, negative, margin: F.triplet_margin_loss(anchor, positive, negative, margin=margin, swap=swap, reduction="none"),
                           "anchor positive negative", axes, anchor=a, positive=b, negative=q, margin=2.0)
    catalogue.elements("CosineEmbedding", what, "cosine_embedding_loss", lambda first, second, target, margin: F.cosine_embedding_loss(first, second, target, margin=margin, reduction="none"), "first second", axes,
                       first=a, second=b, target=inputs.signs(n), margin=0.25)
