"""Recurrences over one or two axes, and frames."""
import itertools
import math
import torch
from torch.nn import functional as F
from cases import Catalogue, Inputs

catalogue = Catalogue("SequencePapers")
case = catalogue.case


def soft_dtw(x, y, xlen, ylen, gamma):
    total = 0
    for a, b, rows, columns in zip(x, y, xlen.tolist(), ylen.tolist()):
        r = {(-1, -1): torch.tensor(0.0)}
        for i in range(rows):
            for j in range(columns):
                before = torch.stack([r[k] for k in ((i - 1, j), (i, j - 1), (i - 1, j - 1)) if k in r])
                r[i, j] = ((a[i] - b[j]) ** 2).sum() - gamma * torch.logsumexp(-before / gamma, 0)
        total = total + r[rows - 1, columns - 1]
    return total / len(x)


def transducer(z, y, tlen, ylen, blank=0):
    """The sum over all paths, one by one: each places the labels in front of blanks, the last of which ends the path."""
    total = 0
    for logs, labels, frames, count in zip(F.log_softmax(z, 3), y.tolist(), tlen.tolist(), ylen.tolist()):
        paths = []
        for places in itertools.combinations_with_replacement(range(frames), count):
            path, done = [], 0
            for t in range(frames):
                for _ in range(places.count(t)):
                    path.append(logs[t, done, labels[done]])
                    done += 1
                path.append(logs[t, done, blank])
            paths.append(torch.stack(path).sum())
        total = total - torch.logsumexp(torch.stack(paths), 0)
    return total / len(z)


def kalman(y, seen, phi, q, r, m0, p0):
    """The joint Gaussian density of what was seen, from its covariance matrix."""
    total = 0
    for row, which in zip(y, seen.tolist()):
        t = len(row)
        variance = [p0]
        for _ in range(t - 1):
            variance.append(phi ** 2 * variance[-1] + q)
        known = [i for i in range(t) if which[i]]
        if known:
            covariance = torch.stack([torch.stack([variance[min(i, j)] * phi ** abs(i - j) + (r if i == j else 0) for j in known]) for i in known])
            mean = torch.stack([m0 * phi ** i for i in known])
            total = total - torch.distributions.MultivariateNormal(mean, covariance).log_prob(row[known])
    return total / len(y)


def stft_loss(x, y):
    total = 0
    for length, hop in ((16, 4), (8, 3)):
        a, b = (torch.stft(v, length, hop, window=torch.hann_window(length), center=False, return_complex=True) for v in (x, y))
        a, b = (torch.sqrt(torch.clamp(v.real ** 2 + v.imag ** 2, min=1e-7)) for v in (a, b))
        total = total + torch.norm(b - a) / torch.norm(b) + F.l1_loss(torch.log(b), torch.log(a))
    return total / 2


def permutation_si_sdr(e, r, order):
    best = []
    for estimate, reference in zip(e, r):
        scores = []
        for permutation in itertools.permutations(range(len(estimate))):
            score = 0
            for speaker, right in enumerate(permutation):
                a, b = estimate[speaker], reference[right]
                target = (a @ b) / (b @ b) * b
                score = score + 10 * torch.log10(target.square().sum() / (a - target).square().sum())
            scores.append(score / len(permutation))
        best.append(torch.stack(scores).max())
    return -torch.stack(best).mean()


for n, t, s, k in ((1, 1, 1, 2), (2, 4, 6, 2), (3, 9, 5, 1), (1, 3, 18, 1)):
    inputs = Inputs(f"warp {n} {t} {s} {k}")
    x, y = inputs.reals(n, t, k, spread=1.0), inputs.reals(n, s, k, spread=1.0)
    full = torch.full((n,), t), torch.full((n,), s)
    short = torch.tensor([max(1, t - 2 * i) for i in range(n)]), torch.tensor([1 + i % s for i in range(n)])
    for gamma, (xlen, ylen), what in ((1.0, full, ""), (0.25, short, ", lengths")):
        case("SoftDtw", f"{n} x ({t}, {s}) x {k}" + what, "formula", soft_dtw, "x y gamma", {"k": k}, x=x, y=y, xlen=xlen, ylen=ylen, gamma=torch.tensor(gamma))

for n, t, l, v in ((1, 1, 1, 2), (2, 4, 3, 5), (3, 5, 2, 3), (1, 3, 4, 18)):
    inputs = Inputs(f"transducer {n} {t} {l} {v}")
    z, y = inputs.reals(n, t, l + 1, v), inputs.labels(n, l, below=v - 1)
    full = torch.full((n,), t), torch.full((n,), l)
    short = torch.tensor([max(1, t - i) for i in range(n)]), torch.tensor([(l - 1 + 2 * i) % (l + 1) for i in range(n)])
    case("Transducer", f"{n} x {t} x {v}, {l} labels", "formula", transducer, "z", {"t": t, "u": l + 1}, z=z, y=y + 1, tlen=full[0], ylen=full[1])
    padded = torch.where(torch.arange(l) < short[1][:, None], y, torch.full_like(y, -1))
    case("Transducer", f"{n} x {t} x {v}, {l} labels, lengths, the last one blank", "formula", transducer, "z", {"t": t, "u": l + 1}, z=z, y=padded, tlen=short[0], ylen=short[1], blank=v - 1)

for n, t, gaps in ((1, 1, 0), (3, 6, 2), (2, 17, 5)):
    inputs = Inputs(f"kalman {n} {t}")
    seen = torch.ones(n, t, dtype=torch.long)
    for _ in range(gaps * n):
        seen[inputs.random.randrange(n), inputs.random.randrange(t)] = 0
    if n > 2:
        seen[1] = 0
    scalars = {name: torch.tensor(value) for name, value in dict(phi=0.875, q=0.25, r=0.5, m0=0.125, p0=1.5).items()}
    case("KalmanNll", f"{n} x {t}, {gaps} gaps", "formula", kalman, "y phi q r m0 p0", {"t": t}, y=inputs.reals(n, t), seen=seen, **scalars)

for n, t in ((1, 16), (2, 35), (3, 24)):
    inputs = Inputs(f"stft {n} {t}")
    case("MultiResolutionStft", f"{n} x {t}", "stft", stft_loss, "x", {"t": t}, x=inputs.reals(n, t, spread=0.5), y=inputs.reals(n, t, spread=0.5))

for n, k, t in ((1, 2, 4), (4, 2, 9), (2, 3, 17)):
    inputs = Inputs(f"speakers {n} {k} {t}")
    order = torch.tensor(list(itertools.permutations(range(k))))
    case("PermutationSiSdr", f"{n} x {k} x {t}", "formula", permutation_si_sdr, "e", {"k": k, "t": t}, e=inputs.reals(n, k, t), r=inputs.reals(n, k, t), order=order)
