"""Adversarial losses and variational ones; the former by binary_cross_entropy_with_logits where they are one."""
import torch
from torch.nn import functional as F
from cases import FLAT, VECTORS, Catalogue, Inputs, log_sigmoid

catalogue = Catalogue("GenerativeLosses")
case = catalogue.case
BCE = "binary_cross_entropy_with_logits"


def bce(z, y):
    return F.binary_cross_entropy_with_logits(z, torch.full_like(z, y))


def gan_discriminator(realLogits, fakeLogits):
    return bce(realLogits, 1.0) + bce(fakeLogits, 0.0)


def gan_generator(fakeLogits):
    return -bce(fakeLogits, 0.0)


def gan_non_saturating(fakeLogits):
    return bce(fakeLogits, 1.0)


def penalty(gradients, **options):
    return options.get("lambda", 10.0) * ((gradients.norm(dim=1) - 1) ** 2).mean()


def vae_kl(mean, logVariance):
    return torch.distributions.kl_divergence(torch.distributions.Normal(mean, (logVariance / 2).exp()), torch.distributions.Normal(0.0, 1.0)).sum(1).mean()


def vae_elbo(logits, target, mean, logVariance, beta=1.0):
    parts = {"reconstruction": F.binary_cross_entropy_with_logits(logits, target, reduction="sum") / len(logits), "divergence": vae_kl(mean, logVariance)}
    return {"value": parts["reconstruction"] + beta * parts["divergence"], **parts}


for r, f in ((1, 1), (7, 5), (33, 40)):
    inputs = Inputs(f"scores {r} {f}")
    real, fake = inputs.reals(r), inputs.reals(f)
    case("GanDiscriminator", f"{r} real, {f} generated", BCE, gan_discriminator, "realLogits fakeLogits", realLogits=real, fakeLogits=fake)
    case("GanGenerator", f"{f} generated", BCE, gan_generator, "fakeLogits", fakeLogits=fake)
    case("GanGeneratorNonSaturating", f"{f} generated", BCE, gan_non_saturating, "fakeLogits", fakeLogits=fake)
    case("LsGanDiscriminator", f"{r} real, {f} generated", "formula", lambda realScores, fakeScores: F.mse_loss(realScores, torch.ones_like(realScores)) / 2 + F.mse_loss(fakeScores, torch.zeros_like(fakeScores)) / 2, "realScores fakeScores", realScores=real, fakeScores=fake)
    case("LsGanGenerator", f"{f} generated", "formula", lambda fakeScores: F.mse_loss(fakeScores, torch.ones_like(fakeScores)) / 2, "fakeScores", fakeScores=fake)
    case("WassersteinCritic", f"{r} real, {f} generated", "formula", lambda realScores, fakeScores: fakeScores.mean() - realScores.mean(), "realScores fakeScores", realScores=real, fakeScores=fake)
    case("WassersteinGenerator", f"{f} generated", "formula", lambda fakeScores: -fakeScores.mean(), "fakeScores", fakeScores=fake)
large = torch.tensor([1e4, -1e4, 0.0, 40.0, -40.0])
case("GanDiscriminator", "scores of 1e4", BCE, gan_discriminator, "realLogits fakeLogits", realLogits=large, fakeLogits=large)
case("GanGenerator", "scores of 1e4", BCE, gan_generator, "fakeLogits", fakeLogits=large)
case("GanGeneratorNonSaturating", "scores that pass", "formula", lambda fakeLogits: -log_sigmoid(fakeLogits).mean(), "fakeLogits", fakeLogits=torch.tensor([20.0, 40.0, 100.0]))

for n, d in VECTORS:
    inputs = Inputs(f"latent {n} {d}")
    axes = {"n": n, "d": d}
    case("GradientPenalty", f"{n} x {d}", "formula", penalty, "gradients", axes, gradients=inputs.reals(n, d, spread=0.5))
    case("GradientPenalty", f"{n} x {d}, lambda 0.5", "formula", penalty, "gradients", axes, gradients=inputs.reals(n, d, spread=0.5), **{"lambda": 0.5})
    mean, log_variance = inputs.reals(n, d), inputs.reals(n, d)
    case("VaeKl", f"{n} x {d}", "distributions.kl_divergence", vae_kl, "mean logVariance", axes, mean=mean, logVariance=log_variance)
    for x in (1, 12) if d < 17 else (3,):
        for options in ({}, {"beta": 0.25}):
            case("VaeElbo", f"{n} samples of {x} values, {d} dimensions" + (", beta 1/4" if options else ""), BCE + " and kl_divergence", vae_elbo, "logits mean logVariance", {"n": n, "x": x, "d": d},
                 logits=inputs.reals(n, x), target=inputs.bits(n, x) if options else inputs.probabilities(n, x), mean=mean, logVariance=log_variance, **options)
case("GradientPenalty", "a slope of 0", "formula", penalty, "gradients", {"n": 2, "d": 2}, gradients=torch.tensor([[0.0, 0.0], [3.0, 4.0]]))
case("VaeKl", "log-variances near 0 and far out", "formula", lambda mean, logVariance: ((mean ** 2 + torch.expm1(logVariance) - logVariance).sum() / 2) / 2, "mean logVariance", {"n": 2, "d": 2},
     mean=torch.tensor([[0.0, 0.125], [1.0, -2.0]]), logVariance=torch.tensor([[0.0, 0.0009765625], [-80.0, 30.0]]))
