"""Penalties on weights, and distances of images."""
import torch
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
    images.case("Perceptual", f"{n} x {c} x {h} x {w}", "mse_loss", lambda prediction, target: torch.nn.functional.mse_loss(prediction, target, reduction="sum") / len(prediction), "prediction", {"n": n, "c": c, "h": h, "w": w},
                prediction=inputs.reals(n, c, h, w), target=inputs.reals(n, c, h, w))
