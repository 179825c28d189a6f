"""Preference optimization, each by the formula of its paper."""
import torch
from torch.nn import functional as F
from cases import FLAT, Catalogue, Inputs, log_sigmoid

catalogue = Catalogue("PreferenceLosses")
case = catalogue.case


def ranking(chosen, rejected):
    return -F.logsigmoid(chosen - rejected).mean()


def log_ratio(policyChosen, policyRejected, referenceChosen, referenceRejected):
    return (policyChosen - policyRejected) - (referenceChosen - referenceRejected)


def dpo(beta=0.1, labelSmoothing=0.0, **sides):
    h = beta * log_ratio(**sides)
    return (-(1 - labelSmoothing) * log_sigmoid(h) - labelSmoothing * log_sigmoid(-h)).mean()


def ipo(tau=0.1, **sides):
    return ((log_ratio(**sides) - 0.5 / tau) ** 2).mean()


def kto(policy, reference, desirable, policyMismatched, referenceMismatched, beta=0.1, desirableWeight=1.0, undesirableWeight=1.0):
    z = (policyMismatched - referenceMismatched).mean().clamp(min=0)
    reward = policy - reference
    good, bad = 1 - torch.sigmoid(beta * (reward - z)), 1 - torch.sigmoid(beta * (z - reward))
    return torch.where(desirable > 0.5, desirableWeight * good, undesirableWeight * bad).mean()


def orpo(chosen, rejected, **options):
    odds = (chosen - torch.log(-torch.expm1(chosen))) - (rejected - torch.log(-torch.expm1(rejected)))
    nll, ratio = -chosen.mean(), -log_sigmoid(odds).mean()
    return {"value": nll + options.get("lambda", 0.1) * ratio, "nll": nll, "odds": ratio}


def ppo(logProbabilities, oldLogProbabilities, advantages, epsilon=0.2, klWeight=0.0):
    d = logProbabilities - oldLogProbabilities
    r = d.exp()
    policy = -torch.minimum(r * advantages, r.clamp(1 - epsilon, 1 + epsilon) * advantages).mean()
    kl = (torch.expm1(d) - d).mean()
    return {"value": policy + klWeight * kl, "policy": policy, "kl": kl}


for n in FLAT:
    inputs = Inputs(f"preferences {n}")
    case("RewardRanking", f"{n} pairs", "logsigmoid", ranking, "chosen rejected", chosen=inputs.reals(n), rejected=inputs.reals(n))
    sides = {name: -inputs.positive(n, spread=20) for name in ("policyChosen", "policyRejected", "referenceChosen", "referenceRejected")}
    for options in ({}, {"beta": 0.5, "labelSmoothing": 0.125}):
        case("Dpo", f"{n} pairs" + (", smoothed" if options else ""), "formula", dpo, "policyChosen policyRejected", **sides, **options)
    for options in ({}, {"tau": 0.5}):
        case("Ipo", f"{n} pairs" + (", tau 1/2" if options else ""), "formula", ipo, "policyChosen policyRejected", **sides, **options)
    for options in ({}, {"beta": 0.25, "desirableWeight": 0.5, "undesirableWeight": 1.5}):
        for shift in (4.0, -40.0):
            case("Kto", f"{n} answers, " + ("policy beyond the reference" if shift > 0 else "policy behind it") + (", weighted" if options else ""), "formula", kto, "policy",
                 policy=-inputs.positive(n, spread=20), reference=-inputs.positive(n, spread=20), desirable=inputs.bits(n),
                 policyMismatched=-inputs.positive(n + 2, spread=4) + shift, referenceMismatched=-inputs.positive(n + 2, spread=4), **options)
    for options in ({}, {"lambda": 0.5}):
        case("Orpo", f"{n} pairs" + (", lambda 1/2" if options else ""), "formula", orpo, "chosen rejected", chosen=-inputs.positive(n), rejected=-inputs.positive(n), **options)
    for options in ({}, {"epsilon": 0.125, "klWeight": 0.5}):
        case("PpoClip", f"{n} actions" + (", with divergence" if options else ""), "formula", ppo, "logProbabilities", logProbabilities=-inputs.positive(n, spread=0.5), oldLogProbabilities=-inputs.positive(n, spread=0.5), advantages=inputs.reals(n), **options)

case("RewardRanking", "differences of 2e4", "logsigmoid", ranking, "chosen rejected", chosen=torch.tensor([1e4, -1e4, 0.0]), rejected=torch.tensor([-1e4, 1e4, 0.0]))
case("RewardRanking", "clear winners", "formula", lambda chosen, rejected: -log_sigmoid(chosen - rejected).mean(), "chosen rejected", chosen=torch.tensor([30.0, 50.0]), rejected=torch.tensor([-10.0, 10.0]))
case("Orpo", "probabilities near 0 and 1", "formula", orpo, "chosen rejected", chosen=torch.tensor([-2.0 ** -12, -60.0]), rejected=torch.tensor([-50.0, -0.0625]))
case("PpoClip", "the policy that chose", "formula", ppo, "logProbabilities", logProbabilities=torch.tensor([-1.0, -2.0, -3.0]), oldLogProbabilities=torch.tensor([-1.0, -2.0, -3.0]), advantages=torch.tensor([1.0, -2.0, 0.0]))
