"""Overlaps of masks by their definitions, pixel cross-entropies by PyTorch's on images."""
import torch
from torch.nn import functional as F
from cases import FLAT, IMAGES, Catalogue, Inputs, one_hot

catalogue = Catalogue("SegmentationLosses")
case = catalogue.case


def dice(probabilities, target, smooth=1.0):
    return 1 - (2 * (probabilities * target).sum() + smooth) / (probabilities.sum() + target.sum() + smooth)


def jaccard(probabilities, target, smooth=1.0):
    overlap = (probabilities * target).sum()
    return 1 - (overlap + smooth) / ((probabilities + target - probabilities * target).sum() + smooth)


def tversky(probabilities, target, alpha=0.5, beta=0.5, smooth=1.0):
    overlap = (probabilities * target).sum()
    return 1 - (overlap + smooth) / (overlap + alpha * (probabilities * (1 - target)).sum() + beta * ((1 - probabilities) * target).sum() + smooth)


def focal_tversky(probabilities, target, alpha=0.3, beta=0.7, gamma=4 / 3, smooth=1.0):
    return tversky(probabilities, target, alpha, beta, smooth) ** (1 / gamma)


def dice_bce(logits, target, weight=1.0, smooth=1.0):
    parts = {"dice": dice(torch.sigmoid(logits), target, smooth), "bce": F.binary_cross_entropy_with_logits(logits, target)}
    return {"value": parts["dice"] + weight * parts["bce"], **parts}


def pixels(logits, labels, classWeight=None, ignoreIndex=-100):
    return F.cross_entropy(logits, labels, classWeight, ignore_index=ignoreIndex)


def dice_ce(logits, labels, diceWeight=1.0, ceWeight=1.0, smooth=1e-5):
    """MONAI's definition: a ratio for each image and class, all averaged."""
    p, y = F.softmax(logits, 1), one_hot(labels, logits.shape[1])
    ratio = (2 * (p * y).flatten(2).sum(2) + smooth) / ((p + y).flatten(2).sum(2) + smooth)
    parts = {"dice": (1 - ratio).mean(), "ce": F.cross_entropy(logits, labels)}
    return {"value": diceWeight * parts["dice"] + ceWeight * parts["ce"], **parts}


def generalized_dice(logits, labels, smooth=0.0):
    p, y = F.softmax(logits, 1).transpose(0, 1).flatten(1), one_hot(labels, logits.shape[1]).transpose(0, 1).flatten(1)
    weight = 1 / y.sum(1) ** 2
    weight = torch.where(weight.isinf(), weight[weight.isfinite()].max(), weight)
    return 1 - (2 * (weight * (p * y).sum(1)).sum() + smooth) / ((weight * (p + y).sum(1)).sum() + smooth)


for n in FLAT:
    inputs = Inputs(f"masks {n}")
    p, z, soft, mask = inputs.probabilities(n), inputs.reals(n), inputs.probabilities(n), inputs.bits(n)
    for what, y in (("soft mask", soft), ("mask", mask)):
        for options in ({}, {"smooth": 0.25}):
            suffix = "".join(f", {key} {value}" for key, value in options.items())
            case("Dice", f"{n} pixels, {what}{suffix}", "formula", dice, "probabilities", probabilities=p, target=y, **options)
            case("Jaccard", f"{n} pixels, {what}{suffix}", "formula", jaccard, "probabilities", probabilities=p, target=y, **options)
            case("Tversky", f"{n} pixels, {what}{suffix}", "formula", tversky, "probabilities", probabilities=p, target=y, **options)
            case("DiceBce", f"{n} pixels, {what}{suffix}", "formula and binary_cross_entropy_with_logits", dice_bce, "logits", logits=z, target=y, **options)
        case("Tversky", f"{n} pixels, {what}, alpha 1/4, beta 3/4", "formula", tversky, "probabilities", probabilities=p, target=y, alpha=0.25, beta=0.75)
        case("FocalTversky", f"{n} pixels, {what}", "formula", focal_tversky, "probabilities", probabilities=p, target=y)
        case("FocalTversky", f"{n} pixels, {what}, gamma 1/2", "formula", focal_tversky, "probabilities", probabilities=p, target=y, alpha=0.75, beta=0.25, gamma=0.5, smooth=0.5)
        case("DiceBce", f"{n} pixels, {what}, weight 1/4", "formula and binary_cross_entropy_with_logits", dice_bce, "logits", logits=z, target=y, weight=0.25)

empty, full = torch.zeros(5), torch.ones(5)
for what, p, y in (("nothing predicted, nothing there", empty, empty), ("all predicted, nothing there", full, empty), ("nothing predicted, all there", empty, full)):
    case("Dice", what, "formula", dice, "probabilities", probabilities=p, target=y)
    case("Jaccard", what, "formula", jaccard, "probabilities", probabilities=p, target=y)
    case("Tversky", what, "formula", tversky, "probabilities", probabilities=p, target=y, alpha=0.25, beta=0.75)
    if (p != y).any():
        case("FocalTversky", what, "formula", focal_tversky, "probabilities", probabilities=p, target=y)
# The power of a loss of 0 has no derivative; the catalogue's convention is 0.
case("FocalTversky", "a perfect mask", "convention", lambda probabilities, target: (probabilities * 0).sum(), "probabilities", probabilities=full, target=full)
case("DiceBce", "scores of 1e4", "formula and binary_cross_entropy_with_logits", dice_bce, "logits", logits=torch.tensor([1e4, -1e4, 1e4, 0.0]), target=torch.tensor([1.0, 0.0, 0.0, 1.0]))

for n, c, h, w in IMAGES:
    inputs = Inputs(f"images {n} {c} {h} {w}")
    axes = {"n": n, "c": c, "h": h, "w": w}
    z, labels, weight = inputs.reals(n, c, h, w), inputs.labels(n, h, w, below=c), inputs.positive(c)
    some = labels.clone()
    some.view(-1)[1::4] = -100
    what = f"{n} x {c} x {h} x {w}"
    case("PixelCrossEntropy", what, "cross_entropy", pixels, "logits", axes, logits=z, labels=labels)
    case("PixelCrossEntropy", what + ", weight, ignoring", "cross_entropy", pixels, "logits", axes, logits=z, labels=some, classWeight=weight)
    case("PixelCrossEntropy", what + ", weight, ignoring 255", "cross_entropy", pixels, "logits", axes, logits=z, labels=torch.where(some < 0, torch.full_like(some, 255), some), classWeight=weight, ignoreIndex=255)
    for options in ({}, {"diceWeight": 0.5, "ceWeight": 2.0, "smooth": 0.25}):
        case("DiceCe", what + (", weighted" if options else ""), "formula and cross_entropy", dice_ce, "logits", axes, logits=z, labels=labels, **options)
    for options in ({}, {"smooth": 0.5}):
        case("GeneralizedDice", what + (", smooth 1/2" if options else ""), "formula", generalized_dice, "logits", axes, logits=z, labels=labels, **options)

axes = {"n": 1, "c": 3, "h": 2, "w": 2}
z = torch.tensor([1e4, -1e4, 0.0, 0.0, -1e4, 1e4, 0.0, 0.0, 0.0, 0.0, 0.0, 1e4]).reshape(1, 3, 2, 2)
labels = torch.tensor([0, 1, 1, 2]).reshape(1, 2, 2)
case("PixelCrossEntropy", "scores of 1e4", "cross_entropy", pixels, "logits", axes, logits=z, labels=labels)
case("DiceCe", "scores of 1e4, a class that is not there", "formula and cross_entropy", dice_ce, "logits", axes, logits=z, labels=torch.clamp(labels, max=1))
case("GeneralizedDice", "scores of 1e4, a class that is not there", "formula", generalized_dice, "logits", axes, logits=z, labels=torch.clamp(labels, max=1))

for n, c, h, w in IMAGES[:3]:
    inputs = Inputs(f"each pixel {n} {c} {h} {w}")
    axes, what = {"n": n, "c": c, "h": h, "w": w}, f"{n} x {c} x {h} x {w}"
    z, labels, weight = inputs.reals(n, c, h, w), inputs.labels(n, h, w, below=c), inputs.positive(c)
    catalogue.elements("PixelCrossEntropy", what, "cross_entropy", lambda logits, labels: F.cross_entropy(logits, labels, reduction="none"), "logits", axes, logits=z, labels=labels)
    some = labels.clone()
    some.view(-1)[1::4] = -100
    catalogue.elements("PixelCrossEntropy", what + ", weight, ignoring", "cross_entropy", lambda logits, labels, classWeight: F.cross_entropy(logits, labels, classWeight, reduction="none"),
                       "logits", axes, logits=z, labels=some, classWeight=weight)
