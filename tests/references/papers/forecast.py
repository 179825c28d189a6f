"""Times of events and ensembles."""
import torch
from torch.nn import functional as F
from cases import Catalogue, Inputs

catalogue = Catalogue("ForecastPapers")
case = catalogue.case


def cox_efron(h, time, happened):
    total, events = 0 * h.sum(), 0
    for moment in sorted(set(time.tolist())):
        dead = [i for i in range(len(h)) if happened[i] and time[i] == moment]
        risk = [i for i in range(len(h)) if time[i] >= moment]
        for l, i in enumerate(dead):
            at_risk = h[risk].exp().sum() - l / len(dead) * h[dead].exp().sum()
            total, events = total + torch.log(at_risk) - h[i], events + 1
    return total / max(events, 1)


def deep_hit(z, time, dead, alpha=1.0, sigma=0.1):
    n, _ = z.shape
    p = F.softmax(z, 1)
    likelihood = sum(-torch.log(p[i, time[i]] if dead[i] else p[i, time[i] + 1:].sum()) for i in range(n)) / n
    ranking = 0 * z.sum()
    for i in range(n):
        for j in range(n):
            if dead[i] and time[i] < time[j]:
                own, other = (p[k, :time[i] + 1].sum() for k in (i, j))
                ranking = ranking + torch.exp(-(own - other) / sigma) / n ** 2
    return {"value": likelihood + alpha * ranking, "likelihood": likelihood, "ranking": ranking}


def crps(x, y, members):
    total = 0
    for row, right, count in zip(x, y, members.tolist()):
        row = row[:count]
        total = total + (row - right).abs().mean() - (row[:, None] - row[None]).abs().mean() / 2
    return total / len(x)


def energy_score(x, y, beta=1.0):
    n, k, _ = x.shape
    total = 0
    for row, right in zip(x, y):
        total = total + sum((a - right).norm() ** beta for a in row) / k
        total = total - sum((row[a] - row[b]).norm() ** beta for a in range(k) for b in range(k) if a != b) / (2 * k * k)
    return total / n


for n, moments in ((1, 1), (9, 4), (18, 6)):
    inputs = Inputs(f"hazards {n}")
    h, time = inputs.reals(n), inputs.labels(n, below=moments).double() / 4
    case("CoxEfron", f"{n} samples, {moments} times", "formula", cox_efron, "h", {}, h=h, time=time, happened=inputs.labels(n, below=3).clamp(max=1))
    case("CoxEfron", f"{n} samples, all events", "formula", cox_efron, "h", {}, h=h, time=time, happened=torch.ones(n, dtype=torch.long))
case("CoxEfron", "no event", "formula", cox_efron, "h", {}, h=torch.tensor([1.0, -2.0]), time=torch.tensor([1.0, 1.0]), happened=torch.tensor([0, 0]))

for n, k in ((1, 2), (6, 5), (9, 17)):
    inputs = Inputs(f"times {n} {k}")
    z, time, dead = inputs.reals(n, k, spread=1.0), inputs.labels(n, below=k - 1), inputs.labels(n, below=2)
    case("DeepHit", f"{n} x {k}", "formula", deep_hit, "z sigma", {}, z=z, time=time, dead=dead, sigma=torch.tensor(0.25))
    case("DeepHit", f"{n} x {k}, all dead", "formula", deep_hit, "z sigma", {}, z=z, time=torch.full_like(time, k - 1), dead=torch.ones_like(dead), alpha=0.5, sigma=torch.tensor(0.5))

for n, k in ((1, 1), (3, 6), (2, 18)):
    inputs = Inputs(f"ensembles {n} {k}")
    arguments = dict(x=inputs.reals(n, k, step=1024), y=inputs.reals(n, step=1024))
    case("CrpsEnsemble", f"{n} x {k}", "formula", crps, "x y", {}, **arguments, members=torch.full((n,), k))
    case("CrpsEnsemble", f"{n} x {k}, some members", "formula", crps, "x y", {}, **arguments, members=torch.tensor([max(1, k // 2 - i) for i in range(n)]))

for n, k, d in ((1, 1, 2), (3, 4, 2), (2, 9, 3)):
    inputs = Inputs(f"vectors {n} {k} {d}")
    arguments = dict(x=inputs.reals(n, k, d), y=inputs.reals(n, d))
    for beta in (1.0, 1.5):
        case("EnergyScore", f"{n} x {k} x {d}, beta {beta}", "formula", energy_score, "x y", {"n": n}, **arguments, beta=beta)
