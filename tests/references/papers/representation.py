"""Embeddings compared with each other over a batch."""
import math
import torch
from torch.distributions import Normal
from torch.nn import functional as F
from cases import Catalogue, Inputs

catalogue = Catalogue("RepresentationPapers")
case = catalogue.case


def barlow_twins(x, y, λ=5e-3):
    a, b = (F.batch_norm(v, None, None, training=True, eps=1e-5) if len(v) > 1 else v * 0 for v in (x, y))
    c = a.T @ b / len(x)
    identity = torch.eye(len(c))
    return (((c - 1) ** 2) * identity).sum() + λ * ((c ** 2) * (1 - identity)).sum()


def vicreg(x, y, λ=25.0, μ=25.0, ν=1.0):
    invariance = F.mse_loss(x, y, reduction="sum") / len(x)
    variance = covariance = 0
    for v in (x, y):
        variance = variance + F.relu(1 - torch.sqrt(v.var(0) + 1e-4)).mean()
        v = v - v.mean(0)
        cov = v.T @ v / (len(v) - 1)
        covariance = covariance + ((cov - torch.diag(torch.diagonal(cov))) ** 2).sum() / len(cov)
    return {"value": λ * invariance + μ * variance + ν * covariance, "invariance": invariance, "variance": variance, "covariance": covariance}


def sup_con(z, label, tau):
    u, total, anchors = F.normalize(z, dim=1), 0, 0
    for i in range(len(z)):
        others = [j for j in range(len(z)) if j != i]
        positives = [j for j in others if label[j] == label[i]]
        if positives:
            scores = torch.stack([u[i] @ u[j] / tau for j in others])
            logs = F.log_softmax(scores, 0)
            total, anchors = total - sum(logs[others.index(j)] for j in positives) / len(positives), anchors + 1
    return total / anchors


def subcentre_arcface(x, w, label, scale, margin):
    cosine = torch.einsum("nd,cjd->ncj", F.normalize(x, dim=1), F.normalize(w, dim=2)).amax(2)
    moved = torch.where(torch.acos(cosine) + margin < math.pi, torch.cos(torch.acos(cosine) + margin), cosine - margin * torch.sin(margin))
    return F.cross_entropy(scale * torch.where(F.one_hot(label, len(w)) == 1, moved, cosine), label)


def beta_tc_vae(z, mu, logvar, total, alpha=1.0, beta=6.0, gamma=1.0):
    n, d = z.shape
    posterior = Normal(mu, torch.exp(logvar / 2))
    own = posterior.log_prob(z).sum(1)
    prior = Normal(0, 1).log_prob(z).sum(1)
    joint, product = [], []
    for i in range(n):
        logs = posterior.log_prob(z[i].expand(n, d))
        joint.append(torch.logsumexp(logs.sum(1), 0) - math.log(n * total))
        product.append((torch.logsumexp(logs, 0) - math.log(n * total)).sum())
    joint, product = torch.stack(joint), torch.stack(product)
    parts = {"information": (own - joint).mean(), "correlation": (joint - product).mean(), "dimensions": (product - prior).mean()}
    return {"value": alpha * parts["information"] + beta * parts["correlation"] + gamma * parts["dimensions"], **parts}


for n, d in ((1, 3), (6, 4), (17, 3)):
    inputs = Inputs(f"views {n} {d}")
    axes, what, x, y = {"d": d}, f"{n} x {d}", inputs.reals(n, d), inputs.reals(n, d)
    case("BarlowTwins", what, "formula", barlow_twins, "x y λ", axes, x=x, y=y, λ=torch.tensor(0.0078125))
    if n > 1:
        case("VicReg", what, "formula", vicreg, "x y", axes, x=x, y=y)
        case("VicReg", what + ", spread", "formula", vicreg, "x y", axes, x=x / 4, y=y / 4, λ=2.0, μ=8.0, ν=3.0)
case("VicReg", "2 x 1", "formula", vicreg, "x y", {"d": 1}, x=torch.tensor([[1.0], [0.5]]), y=torch.tensor([[-1.0], [2.0]]))

for n, d, classes in ((4, 3, 2), (9, 4, 3), (18, 3, 8)):
    inputs = Inputs(f"labels {n} {d}")
    case("SupCon", f"{n} x {d}, {classes} labels", "formula", sup_con, "z tau", {}, z=inputs.reals(n, d), label=inputs.labels(n, below=classes), tau=torch.tensor(0.125))
case("SupCon", "one pair", "formula", sup_con, "z tau", {}, z=Inputs("pair").reals(4, 2), label=torch.tensor([0, 1, 2, 1]), tau=torch.tensor(0.5))

for n, c, j, d in ((1, 2, 1, 2), (5, 4, 3, 3), (9, 3, 2, 17)):
    inputs = Inputs(f"centres {n} {c} {j} {d}")
    arguments = dict(x=inputs.reals(n, d), w=inputs.reals(c, j, d), label=inputs.labels(n, below=c))
    for scale, margin in ((8.0, 0.5), (2.0, 1.5)):
        case("SubcentreArcFace", f"{n} x {d}, {c} x {j} centres, margin {margin}", "formula", subcentre_arcface, "x w scale margin", {"d": d, "c": c}, **arguments,
             scale=torch.tensor(scale), margin=torch.tensor(margin))

for n, d in ((1, 2), (5, 3), (16, 2)):
    inputs = Inputs(f"latents {n} {d}")
    case("BetaTcVae", f"{n} x {d}", "formula", beta_tc_vae, "z mu logvar", {"d": d}, z=inputs.reals(n, d, spread=1.0), mu=inputs.reals(n, d, spread=1.0),
         logvar=inputs.reals(n, d, spread=1.0), total=1000)
