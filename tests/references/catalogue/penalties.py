"""Penalties on weights, and distances of images."""
import torch
from torch.nn import functional as F
from cases import FLAT, IMAGES, Catalogue, Inputs

regularizers = Catalogue("Regularizers")
images = Catalogue("ImageLosses")


def l1(weights, **options):
    return options["lambda"] * weights.norm(1)


def l2(weights, **options):
    return options["lambda"] * weights.norm(2) ** 2


def elastic_net(weights, **options):
    return options["l1"] * weights.norm(1) + options["l2"] * (weights * weights).sum()


for n in FLAT:
    inputs = Inputs(f"weights {n}")
    w = inputs.reals(n)
    for strength in (1.0, 0.125):
        regularizers.case("L1", f"{n} weights, lambda {strength}", "formula", l1, "weights", weights=w, **{"lambda": strength})
        regularizers.case("L2", f"{n} weights, lambda {strength}", "formula", l2, "weights", weights=w, **{"lambda": strength})
    regularizers.case("ElasticNet", f"{n} weights", "formula", elastic_net, "weights", weights=w, l1=0.5, l2=0.25)
zeros = torch.tensor([0.0, -1.0, 0.0, 2.0, 1024.0])
regularizers.case("L1", "weights of 0", "formula", l1, "weights", weights=zeros, **{"lambda": 2.0})
regularizers.case("L2", "weights of 0", "formula", l2, "weights", weights=zeros, **{"lambda": 2.0})
regularizers.case("ElasticNet", "weights of 0", "formula", elastic_net, "weights", weights=zeros, l1=2.0, l2=0.5)

for n, c, h, w in IMAGES:
    inputs = Inputs(f"features {n} {c} {h} {w}")
    images.case("Perceptual", f"{n} x {c} x {h} x {w}", "mse_loss", lambda prediction, target: F.mse_loss(prediction, target, reduction="sum") / len(prediction), "prediction", {"n": n, "c": c, "h": h, "w": w},
                prediction=inputs.reals(n, c, h, w), target=inputs.reals(n, c, h, w))


def total_variation(image):
    return (image.diff(dim=2) ** 2).sum() + (image.diff(dim=3) ** 2).sum()


def total_variation_absolute(image):
    return image.diff(dim=2).norm(1) + image.diff(dim=3).norm(1)


def ssim(prediction, target, range=1.0):
    """By five convolutions: means of squares minus squared means."""
    offsets = torch.arange(11.0) - 5
    line = torch.exp(-offsets ** 2 / (2 * 1.5 ** 2))
    line = line / line.sum()
    window = torch.outer(line, line)[None, None]

    def blur(x):
        return F.conv2d(x.reshape(-1, 1, *x.shape[2:]), window)

    mx, my = blur(prediction), blur(target)
    vx, vy, cov = blur(prediction ** 2) - mx ** 2, blur(target ** 2) - my ** 2, blur(prediction * target) - mx * my
    c1, c2 = (0.01 * range) ** 2, (0.03 * range) ** 2
    return 1 - (((2 * mx * my + c1) * (2 * cov + c2)) / ((mx ** 2 + my ** 2 + c1) * (vx + vy + c2))).mean()


for n, c, h, w in IMAGES + ((1, 1, 1, 7), (1, 2, 5, 1), (2, 1, 3, 19)):
    inputs = Inputs(f"images {n} {c} {h} {w}")
    image = inputs.reals(n, c, h, w)
    for loss, reference in (("TotalVariation", total_variation), ("TotalVariationAbsolute", total_variation_absolute)):
        images.case(loss, f"{n} x {c} x {h} x {w}", "formula", reference, "image", {"n": n, "c": c, "h": h, "w": w}, image=image)
for loss, reference in (("TotalVariation", total_variation), ("TotalVariationAbsolute", total_variation_absolute)):
    images.case(loss, "equal neighbours", "formula", reference, "image", {"n": 1, "c": 1, "h": 2, "w": 3}, image=torch.tensor([[[[1.0, 1.0, 2.0], [1.0, 3.0, 2.0]]]]))

for n, c, h, w in ((1, 1, 11, 11), (1, 1, 13, 14), (2, 2, 12, 11)):
    inputs = Inputs(f"structure {n} {c} {h} {w}")
    axes, x, y = {"n": n, "c": c, "h": h, "w": w}, inputs.probabilities(n, c, h, w), inputs.probabilities(n, c, h, w)
    images.case("Ssim", f"{n} x {c} x {h} x {w}", "formula by conv2d", ssim, "prediction", axes, prediction=x, target=y)
    if h == 13:
        near = x + inputs.reals(n, c, h, w, spread=0.0625, step=256)
        images.case("Ssim", "images alike", "formula by conv2d", ssim, "prediction", axes, prediction=near, target=x)
        images.case("Ssim", "range 255", "formula by conv2d", ssim, "prediction", axes, prediction=256 * x, target=256 * y, range=255.0)
        flat = torch.full_like(x, 0.75)
        images.case("Ssim", "flat against flat with a spot", "formula by conv2d", ssim, "prediction", axes, prediction=flat, target=flat + F.one_hot(torch.tensor(90), h * w).reshape(n, c, h, w) / 8)
