"""Windows, pyramids, spectra, sorted errors of pixels."""
import math
import torch
from torch.nn import functional as F
from cases import Catalogue, Inputs

catalogue = Catalogue("ImagePapers")
case = catalogue.case


def census(x, y, mask, eps=0.001, alpha=0.45):
    total, count = 0 * x.sum(), 0
    _, height, width = x.shape
    for a, b, inside in zip(x, y, mask):
        for h in range(3, height - 3):
            for w in range(3, width - 3):
                if inside[h, w]:
                    p, q = (v[h - 3:h + 4, w - 3:w + 4] - v[h, w] for v in (a, b))
                    d = (p / torch.sqrt(0.81 + p ** 2) - q / torch.sqrt(0.81 + q ** 2)) ** 2
                    total, count = total + ((d / (0.1 + d)).sum() ** 2 + eps ** 2) ** alpha, count + 1
    return total / (count + 1e-6)


def down_and_up(size):
    """The matrices of smoothing with every second position kept, and of the way back, with edges repeated."""
    half, taps = (size + 1) // 2, (1, 4, 6, 4, 1)
    down, up = torch.zeros(half, size), torch.zeros(size, half)
    for i in range(half):
        for a, tap in enumerate(taps):
            down[i, min(max(2 * i + a - 2, 0), size - 1)] += tap / 16
    for i in range(size):
        for a, tap in enumerate(taps):
            if (i + a) % 2 == 0:
                up[i, min(max((i + a - 2) // 2, 0), half - 1)] += tap / 8
    return down, up


def laplacian(x, y):
    total, levels = 0, [x, y]
    for level in range(3):
        if level < 2:
            (dh, uh), (dw, uw) = down_and_up(levels[0].shape[1]), down_and_up(levels[0].shape[2])
            lower = [dh @ v @ dw.T for v in levels]
            bands = [v - uh @ l @ uw.T for v, l in zip(levels, lower)]
            total, levels = total + 4 ** level * (bands[0] - bands[1]).abs().sum(), lower
        else:
            total = total + 4 ** level * (levels[0] - levels[1]).abs().sum()
    return total / len(x)


def skeleton(image, iterations):
    def erode(v):
        return torch.min(-F.max_pool2d(-v, (3, 1), 1, (1, 0)), -F.max_pool2d(-v, (1, 3), 1, (0, 1)))

    def opened(v):
        return F.max_pool2d(erode(v), 3, 1, 1)

    v = image[:, None]
    skel = F.relu(v - opened(v))
    for _ in range(iterations):
        v = erode(v)
        delta = F.relu(v - opened(v))
        skel = skel + F.relu(delta - skel * delta)
    return skel[:, 0]


def cl_dice(p, y, iterations):
    sp, sy = skeleton(p, iterations), skeleton(y, iterations)
    precision, recall = ((sp * y).sum() + 1) / (sp.sum() + 1), ((sy * p).sum() + 1) / (sy.sum() + 1)
    return 1 - 2 * precision * recall / (precision + recall)


def focal_frequency(x, y, alpha=1.0):
    distance = torch.fft.fft2(x, norm="ortho") - torch.fft.fft2(y, norm="ortho")
    square = distance.real ** 2 + distance.imag ** 2
    weight = torch.sqrt(square.detach()) ** alpha
    return (weight / weight.amax((2, 3), keepdim=True) * square).mean()


def complete_iou(p, g):
    total = 0
    for a, b in zip(p, g):
        overlap = 1
        for i in (0, 1):
            overlap = overlap * F.relu(torch.min(a[i + 2], b[i + 2]) - torch.max(a[i], b[i]))
        areas = sum((v[2] - v[0]) * (v[3] - v[1]) for v in (a, b))
        iou = overlap / (areas - overlap)
        outer = sum((torch.max(a[i + 2], b[i + 2]) - torch.min(a[i], b[i])) ** 2 for i in (0, 1))
        centre = sum(((a[i] + a[i + 2]) / 2 - (b[i] + b[i + 2]) / 2) ** 2 for i in (0, 1))
        v = 4 / math.pi ** 2 * (torch.atan((b[2] - b[0]) / (b[3] - b[1])) - torch.atan((a[2] - a[0]) / (a[3] - a[1]))) ** 2
        alpha = (v / (1 - iou + v + 1e-7)).detach()
        total = total + 1 - iou + centre / outer + alpha * v
    return total / len(p)


def lovasz(errors, truth):
    """The extension by its definition: each error times what its pixel adds to the Jaccard loss of the worse ones."""
    order = sorted(range(len(errors)), key=lambda i: -errors[i].item())
    total, before, wrong, right = 0 * errors.sum(), 0.0, set(), {i for i in range(len(truth)) if truth[i]}
    for i in order:
        wrong.add(i)
        jaccard = 1 - len(right - wrong) / len(right | wrong)
        total, before = total + errors[i] * (jaccard - before), jaccard
    return total


def lovasz_hinge(z, y, valid):
    total = 0 * z.sum()
    for row, truth, keep in zip(z, y, valid):
        row, truth = row[keep != 0], truth[keep != 0]
        if len(row):
            errors = torch.stack([1 - s if t else 1 + s for s, t in zip(row, truth)])
            total = total + lovasz(F.relu(errors), truth)
    return total / len(z)


def lovasz_softmax(z, label, ignore=255):
    keep = [i for i in range(len(z)) if label[i] != ignore]
    p, kept = F.softmax(z, 1)[keep], label[keep]
    losses = []
    for c in range(z.shape[1]):
        truth = kept == c
        if truth.any():
            losses.append(lovasz((truth.double() - p[:, c]).abs(), truth))
    return sum(losses) / len(losses)


for n, h, w in ((1, 7, 7), (1, 8, 9), (2, 7, 9)):
    inputs = Inputs(f"census {n} {h} {w}")
    arguments = dict(x=inputs.reals(n, h, w), y=inputs.reals(n, h, w))
    case("Census", f"{n} x {h} x {w}", "formula", census, "x y", {"h": h, "w": w}, mask=torch.ones(n, h, w, dtype=torch.long), **arguments)
    if n > 1:
        case("Census", f"{n} x {h} x {w}, half of it masked", "formula", census, "x y", {"h": h, "w": w}, mask=inputs.labels(n, h, w, below=2), **arguments)
case("Census", "all masked", "formula", census, "x y", {"h": 7, "w": 8}, x=Inputs("masked").reals(1, 7, 8), y=Inputs("masked too").reals(1, 7, 8), mask=torch.zeros(1, 7, 8, dtype=torch.long))

for n, h, w in ((1, 1, 1), (1, 5, 8), (2, 9, 6)):
    inputs = Inputs(f"pyramid {n} {h} {w}")
    case("LaplacianPyramid", f"{n} x {h} x {w}", "formula", laplacian, "x y", {"h": h, "w": w}, x=inputs.reals(n, h, w), y=inputs.reals(n, h, w))

for n, h, w, iterations in ((1, 1, 1, 0), (1, 6, 7, 1), (2, 7, 9, 3)):
    inputs = Inputs(f"skeleton {n} {h} {w}")
    case("ClDice", f"{n} x {h} x {w}, {iterations} iterations", "max_pool2d", cl_dice, "p", {"h": h, "w": w}, iterations=iterations,
         p=torch.tensor(inputs.random.sample(range(1, 1024), n * h * w)).reshape(n, h, w) / 1024, y=inputs.probabilities(n, h, w))

for n, c, h, w in ((1, 1, 1, 1), (2, 1, 4, 6), (1, 3, 5, 3)):
    inputs = Inputs(f"spectrum {n} {c} {h} {w}")
    for alpha in (1.0, 2.5):
        case("FocalFrequency", f"{n} x {c} x {h} x {w}, alpha {alpha}", "fft2", focal_frequency, "x y", {"c": c, "h": h, "w": w}, x=inputs.reals(n, c, h, w), y=inputs.reals(n, c, h, w), alpha=alpha)

for n in (1, 5, 18):
    inputs = Inputs(f"boxes {n}")
    corner, size = inputs.reals(2 * n, 2, spread=1.0), inputs.positive(2 * n, 2, spread=2.0)
    boxes = torch.cat((corner, corner + size), 1)
    case("CompleteIou", f"{n} boxes", "formula", complete_iou, "p g", {}, p=boxes[:n], g=boxes[n:])
case("CompleteIou", "apart", "formula", complete_iou, "p g", {}, p=torch.tensor([[0.0, 0.0, 1.0, 2.0]]), g=torch.tensor([[3.0, 4.0, 4.0, 7.0]]))

for n, p in ((1, 1), (2, 9), (3, 18)):
    inputs = Inputs(f"pixels {n} {p}")
    z, y = inputs.reals(n, p, step=1024), inputs.bits(n, p).long()
    case("LovaszHinge", f"{n} x {p}", "formula", lovasz_hinge, "z", {"p": p}, z=z, y=y, valid=torch.ones(n, p, dtype=torch.long))
    case("LovaszHinge", f"{n} x {p}, half of it void", "formula", lovasz_hinge, "z", {"p": p}, z=z, y=y, valid=inputs.labels(n, p, below=2))
z = Inputs("void").reals(3, 4, step=1024)
case("LovaszHinge", "all void, nothing there, all there", "formula", lovasz_hinge, "z", {"p": 4}, z=z, y=torch.tensor([[1, 0, 1, 0], [0, 0, 0, 0], [1, 1, 1, 1]]),
     valid=torch.tensor([[0, 0, 0, 0], [1, 1, 1, 1], [1, 1, 1, 1]]))

for p, c in ((1, 2), (9, 3), (18, 4)):
    inputs = Inputs(f"pixels by class {p} {c}")
    z, label = inputs.reals(p, c, step=1024), inputs.labels(p, below=c)
    case("LovaszSoftmax", f"{p} x {c}", "formula", lovasz_softmax, "z", {}, z=z, label=label)
    if p > 1:
        case("LovaszSoftmax", f"{p} x {c}, ignored pixels, a class that is absent", "formula", lovasz_softmax, "z", {}, z=z, label=torch.where(torch.arange(p) % 4 == 1, torch.full_like(label, -100), label.clamp(max=c - 2)), ignore=-100)
