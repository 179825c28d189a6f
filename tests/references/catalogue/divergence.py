"""Divergences between distributions in rows."""
import torch
from torch.nn import functional as F
from cases import EACH_ROWS, ROWS, Catalogue, Inputs

catalogue = Catalogue("DivergenceLosses")
case = catalogue.case


def xlogy(x, y):
    return torch.where(x > 0, x * torch.log(torch.where(x > 0, y, torch.ones_like(y))), torch.zeros_like(x))


def kl(prediction, target):
    return F.kl_div(prediction.log(), target, reduction="batchmean")


def kl_formula(prediction, target):
    return (xlogy(target, target) - xlogy(target, prediction)).sum() / len(prediction)


def reverse_kl(prediction, target):
    return (prediction * (prediction.log() - target.log())).sum() / len(prediction)


def kl_log(prediction, target):
    return F.kl_div(prediction, target, reduction="batchmean", log_target=True)


def jensen_shannon(prediction, target):
    m = (prediction + target) / 2
    m = torch.where(m > 0, m, torch.ones_like(m))
    return ((xlogy(prediction, prediction / m) + xlogy(target, target / m)).sum() / 2) / len(prediction)


def distillation(logits, teacherLogits, temperature=2.0):
    student, teacher = F.log_softmax(logits / temperature, 1), F.softmax(teacherLogits / temperature, 1)
    return temperature ** 2 * F.kl_div(student, teacher, reduction="batchmean")


def earth_mover(prediction, target):
    """By the sums up to each class, as a product with a triangle of ones."""
    return ((prediction - target) @ torch.ones(prediction.shape[1], prediction.shape[1]).triu()).abs().sum() / len(prediction)


for n, c in ROWS:
    inputs = Inputs(f"distributions {n} {c}")
    axes, p, t = {"n": n, "c": c}, inputs.distributions(n, c), inputs.distributions(n, c)
    case("KullbackLeibler", f"{n} x {c}", "kl_div", kl, "prediction", axes, prediction=p, target=t)
    case("ReverseKullbackLeibler", f"{n} x {c}", "formula", reverse_kl, "prediction", axes, prediction=p, target=t)
    case("JensenShannon", f"{n} x {c}", "formula", jensen_shannon, "prediction", axes, prediction=p, target=t)
    rough = F.log_softmax(inputs.reals(n, c), 1).float().double(), F.log_softmax(inputs.reals(n, c), 1).float().double()
    case("KullbackLeiblerLogTarget", f"{n} x {c}", "kl_div", kl_log, "prediction", axes, prediction=rough[0], target=rough[1])
    for options in ({}, {"temperature": 4.0}, {"temperature": 1.0}):
        suffix = "".join(f", {key} {value}" for key, value in options.items())
        case("Distillation", f"{n} x {c}{suffix}", "kl_div of softmaxes", distillation, "logits", axes, logits=inputs.reals(n, c), teacherLogits=inputs.reals(n, c), **options)

axes = {"n": 2, "c": 3}
p, t = torch.tensor([[0.25, 0.5, 0.25], [0.5, 0.5, 0.0]]), torch.tensor([[0.0, 0.75, 0.25], [1.0, 0.0, 0.0]])
case("KullbackLeibler", "targets of 0", "formula", kl_formula, "prediction", axes, prediction=p, target=t)
case("JensenShannon", "targets of 0, and both 0", "formula", jensen_shannon, "prediction", axes, prediction=p, target=t)
case("KullbackLeiblerLogTarget", "a target of probability 0", "formula",
     lambda prediction, target: (target.exp() * torch.where(target.isinf(), torch.zeros_like(target), target - prediction)).sum() / 2, "prediction", axes,
     prediction=torch.tensor([[-1.0, -2.0, -0.75], [-1.5, -90.0, -0.25]]), target=torch.tensor([[-float("inf"), -0.5, -1.0], [-0.5, -1.0, -float("inf")]]))
case("Distillation", "scores of 1e4", "kl_div of softmaxes", distillation, "logits", axes, logits=torch.tensor([[1e4, 0.0, -1e4], [-1e4, 1e4, 1e4]]), teacherLogits=torch.tensor([[1.0, 2.0, 3.0], [-1e4, 1e4, 0.0]]))

for n, c in ROWS:
    inputs = Inputs(f"histograms {n} {c}")
    case("EarthMover", f"{n} x {c}", "formula", earth_mover, "prediction", {"n": n, "c": c}, prediction=inputs.distributions(n, c), target=inputs.distributions(n, c))
case("EarthMover", "sums that agree", "formula", earth_mover, "prediction", {"n": 2, "c": 3}, prediction=torch.tensor([[0.25, 0.5, 0.25], [0.5, 0.5, 0.0]]), target=torch.tensor([[0.25, 0.25, 0.5], [0.0, 1.0, 0.0]]))

for n, c in EACH_ROWS:
    inputs = Inputs(f"terms {n} {c}")
    p, t = inputs.distributions(n, c), inputs.distributions(n, c)
    catalogue.elements("KullbackLeibler", f"{n} x {c}", "kl_div", lambda prediction, target: F.kl_div(prediction.log(), target, reduction="none"), "prediction", prediction=p, target=t)
    p, t = F.log_softmax(inputs.reals(n, c), 1).float().double(), F.log_softmax(inputs.reals(n, c), 1).float().double()
    catalogue.elements("KullbackLeiblerLogTarget", f"{n} x {c}", "kl_div", lambda prediction, target: F.kl_div(prediction, target, reduction="none", log_target=True), "prediction", prediction=p, target=t)
catalogue.elements("KullbackLeibler", "targets of 0", "kl_div", lambda prediction, target: F.kl_div(prediction.log(), target, reduction="none"), "prediction",
                   prediction=torch.tensor([0.25, 0.5, 0.25]), target=torch.tensor([0.0, 0.75, 0.25]))
