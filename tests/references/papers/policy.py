"""Trajectories and groups of answers."""
import torch
from torch.nn import functional as F
from cases import Catalogue, Inputs

catalogue = Catalogue("PolicyPapers")
case = catalogue.case


def vtrace(z, value, action, behaviour, reward, discount, bootstrap, rhoMax=1.0, cMax=1.0, λ=1.0, baselineWeight=0.5, entropyWeight=0.01):
    n, t, _ = z.shape
    policy = baseline = entropy = 0
    for i in range(n):
        logs = F.log_softmax(z[i], 1)
        ratio = [torch.exp(logs[j, action[i, j]] - behaviour[i, j]).item() for j in range(t)]
        values = [v.item() for v in value[i]] + [bootstrap[i].item()]
        targets = [0.0] * t + [values[t]]
        for j in reversed(range(t)):
            # The definition of the target: a sum over all later errors, each with the product of the weights before it.
            weight, target = 1.0, values[j]
            for k in range(j, t):
                error = min(ratio[k], rhoMax) * (reward[i, k].item() + discount[i, k].item() * values[k + 1] - values[k])
                target += weight * error
                weight *= discount[i, k].item() * λ * min(ratio[k], cMax)
            targets[j] = target
        for j in range(t):
            advantage = min(ratio[j], rhoMax) * (reward[i, j].item() + discount[i, j].item() * targets[j + 1] - values[j])
            policy = policy - advantage * logs[j, action[i, j]] / (n * t)
            baseline = baseline + (targets[j] - value[i, j]) ** 2 / 2 / (n * t)
            entropy = entropy - (logs[j].exp() * logs[j]).sum() / (n * t)
    return {"value": policy + baselineWeight * baseline - entropyWeight * entropy, "policy": policy, "baseline": baseline, "entropy": entropy}


def grpo(logp, old, reference, reward, len, clip=0.2, beta=0.04):
    q, g, _ = logp.shape
    total = 0 * logp.sum()
    for i in range(q):
        for j in range(g):
            advantage = (reward[i, j] - reward[i].mean()) / (reward[i].std(unbiased=False) + 1e-8)
            tokens = []
            for a, b, r in zip(logp[i, j, :len[i, j]], old[i, j], reference[i, j]):
                ratio = torch.exp(a - b)
                tokens.append(torch.min(ratio * advantage, torch.clamp(ratio, 1 - clip, 1 + clip) * advantage) - beta * (torch.exp(r - a) - (r - a) - 1))
            if tokens:
                total = total + sum(tokens) / tokens.__len__()
    return -total / (q * g)


for n, t, a in ((1, 1, 2), (3, 5, 3), (2, 17, 4)):
    inputs = Inputs(f"trajectories {n} {t} {a}")
    arguments = dict(z=inputs.reals(n, t, a), value=inputs.reals(n, t), action=inputs.labels(n, t, below=a), behaviour=inputs.reals(n, t, spread=1.0) - 1, reward=inputs.reals(n, t),
                     discount=0.9375 * (inputs.labels(n, t, below=4) > 0), bootstrap=inputs.reals(n))
    case("VTrace", f"{n} x {t} x {a}", "formula", vtrace, "z value", {}, **arguments)
    case("VTrace", f"{n} x {t} x {a}, other weights", "formula", vtrace, "z value", {}, **arguments, rhoMax=2.0, cMax=1.5, λ=0.75, baselineWeight=1.0, entropyWeight=0.25)

for q, g, t in ((1, 2, 3), (2, 4, 5), (3, 3, 9)):
    inputs = Inputs(f"answers {q} {g} {t}")
    old = inputs.reals(q, g, t, spread=1.0) - 2
    arguments = dict(logp=old + inputs.reals(q, g, t, spread=0.25), old=old, reference=old + inputs.reals(q, g, t, spread=0.5), reward=inputs.reals(q, g))
    case("Grpo", f"{q} x {g} x {t}", "formula", grpo, "logp", {"q": q}, **arguments, len=torch.full((q, g), t))
    case("Grpo", f"{q} x {g} x {t}, lengths", "formula", grpo, "logp", {"q": q}, **arguments, len=inputs.labels(q, g, below=t + 1), clip=0.125, beta=0.5)
