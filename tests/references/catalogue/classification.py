"""Classification: PyTorch's own functions, with all of their options; focal and hinge losses by formula."""
import torch
from torch.nn import functional as F
from cases import EACH, EACH_ROWS, FLAT, ROWS, Catalogue, Inputs, double_where, log_sigmoid, softplus

catalogue = Catalogue("ClassificationLosses")
case = catalogue.case
BCE, LOGITS, CE = "binary_cross_entropy", "binary_cross_entropy_with_logits", "cross_entropy"


def bce(probabilities, target, weight=None):
    return F.binary_cross_entropy(probabilities, target, weight)


def held_log(p):
    """max(log(p), -100), with gradient 0 where it is held."""
    return double_where(p > 0, torch.log, p, 1.0, -100.0)


def bce_formula(probabilities, target, weight=1.0):
    return (-weight * (target * held_log(probabilities) + (1 - target) * held_log(1 - probabilities))).mean()


def bce_logits(logits, target, weight=None, posWeight=1.0):
    return F.binary_cross_entropy_with_logits(logits, target, weight, pos_weight=torch.as_tensor(posWeight))


def bce_logits_formula(logits, target, posWeight=1.0):
    return -(posWeight * target * log_sigmoid(logits) + (1 - target) * log_sigmoid(-logits)).mean()


def soft(logits, target, classWeight=None):
    return F.cross_entropy(logits, target, classWeight)


def soft_from_probabilities(probabilities, target):
    return -(target * double_where(target > 0, torch.log, torch.where(target > 0, probabilities, torch.ones_like(probabilities)), 1.0)).sum() / len(target)


def sparse(logits, labels, classWeight=None, ignoreIndex=-100, epsilon=0.0):
    return F.cross_entropy(logits, labels, classWeight, ignore_index=ignoreIndex, label_smoothing=epsilon)


def smoothed(logits, labels, classWeight=None, ignoreIndex=-100, epsilon=0.1):
    return sparse(logits, labels, classWeight, ignoreIndex, epsilon)


def binary_focal(logits, target, alpha=0.25, gamma=2.0):
    p = torch.sigmoid(logits)
    ce = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    pt = torch.exp(-ce)
    return ((alpha * target + (1 - alpha) * (1 - target)) * (1 - pt) ** gamma * ce).mean() + 0 * p.sum()


def binary_focal_formula(logits, target, alpha=0.25, gamma=2.0):
    """For targets of 0 and 1: with the probability of the wrong answer instead of 1 - pt."""
    wrong = torch.where(target > 0.5, -logits, logits)
    share = torch.where(target > 0.5, torch.full_like(target, alpha), torch.full_like(target, 1 - alpha))
    return (share * torch.sigmoid(wrong) ** gamma * softplus(wrong)).mean()


def focal(logits, labels, alpha=1.0, gamma=2.0):
    lp = -F.cross_entropy(logits, labels, reduction="none")
    return (-alpha * (1 - lp.exp()) ** gamma * lp).mean()


def hinge(prediction, target):
    return F.relu(1 - target * prediction).mean()


def squared_hinge(prediction, target):
    return (F.relu(1 - target * prediction) ** 2).mean()


def multi_margin(logits, labels, margin=1.0, classWeight=None):
    return F.multi_margin_loss(logits, labels, margin=margin, weight=classWeight)


def squared_multi_margin(logits, labels, margin=1.0):
    return F.multi_margin_loss(logits, labels, p=2, margin=margin)


def multi_label(logits, target, classWeight=None, posWeight=None):
    if posWeight is None:
        return F.multilabel_soft_margin_loss(logits, target, classWeight)
    return F.binary_cross_entropy_with_logits(logits, target, classWeight, pos_weight=posWeight)


for n in FLAT:
    inputs = Inputs(f"binary {n}")
    p, y, hard, z, w = inputs.probabilities(n), inputs.probabilities(n), inputs.bits(n), inputs.reals(n, spread=3), inputs.positive(n)
    for what, target in (("soft labels", y), ("hard labels", hard)):
        case("BinaryCrossEntropy", f"{n} elements, {what}", BCE, bce, "probabilities", probabilities=p, target=target)
        case("BinaryCrossEntropy", f"{n} elements, {what}, weight", BCE, bce, "probabilities", probabilities=p, target=target, weight=w)
        case("BinaryCrossEntropyWithLogits", f"{n} elements, {what}", LOGITS, bce_logits, "logits", logits=z, target=target)
        case("BinaryCrossEntropyWithLogits", f"{n} elements, {what}, posWeight 3", LOGITS, bce_logits, "logits", logits=z, target=target, posWeight=3.0)
        case("BinaryCrossEntropyWithLogits", f"{n} elements, {what}, weight, posWeight 1/2", LOGITS, bce_logits, "logits", logits=z, target=target, weight=w, posWeight=0.5)
        for options in ({}, {"alpha": 0.75, "gamma": 0.5}, {"alpha": 0.5, "gamma": 0.0}):
            suffix = "".join(f", {key} {value}" for key, value in options.items())
            case("BinaryFocal", f"{n} elements, {what}{suffix}", "formula", binary_focal, "logits", logits=z, target=target, **options)
    x, sign = inputs.reals(n), inputs.signs(n)
    case("Hinge", f"{n} elements", "formula", hinge, "prediction", prediction=x, target=sign)
    case("SquaredHinge", f"{n} elements", "formula", squared_hinge, "prediction", prediction=x, target=sign)

# At probabilities of 0 and 1 PyTorch's gradient is a convention of its own; the formula counts.
case("BinaryCrossEntropy", "probabilities of 0 and 1", "formula", bce_formula, "probabilities", probabilities=torch.tensor([0.0, 1.0, 0.0, 1.0, 0.5]), target=torch.tensor([0.0, 1.0, 1.0, 0.0, 0.25]))
case("BinaryCrossEntropy", "probabilities of 0 and 1, weight", "formula", bce_formula, "probabilities", probabilities=torch.tensor([0.0, 1.0, 0.5]), target=torch.tensor([1.0, 0.0, 0.25]), weight=torch.tensor([1.0, 2.0, 0.0]))
case("BinaryCrossEntropy", "tiny probabilities", "formula", bce_formula, "probabilities", probabilities=torch.tensor([2.0 ** -100, 2.0 ** -20, 0.5]), target=torch.tensor([0.0, 0.0, 1.0]))
huge = torch.tensor([1e4, -1e4, 1e4, -1e4, 0.0])
case("BinaryCrossEntropyWithLogits", "scores of 1e4", LOGITS, bce_logits, "logits", logits=huge, target=torch.tensor([1.0, 0.0, 0.0, 1.0, 0.5]))
# PyTorch's form loses the digits of scores on the right side, so all of them are compared by formula.
sure, right = torch.tensor([20.0, -20.0, 40.0, -60.0]), torch.tensor([1.0, 0.0, 1.0, 0.0])
case("BinaryCrossEntropyWithLogits", "scores far on the right side", "formula", bce_logits_formula, "logits", logits=sure, target=right)
case("BinaryCrossEntropyWithLogits", "scores far on the right side, posWeight 2", "formula", bce_logits_formula, "logits", logits=sure, target=right, posWeight=2.0)
case("BinaryFocal", "scores of 1e4", "formula", binary_focal_formula, "logits", logits=huge, target=torch.tensor([1.0, 0.0, 0.0, 1.0, 1.0]))
case("BinaryFocal", "scores far on the right side", "formula", binary_focal_formula, "logits", logits=torch.tensor([8.0, -12.0, 6.0]), target=torch.tensor([1.0, 0.0, 1.0]))
kink = torch.tensor([1.0, -1.0, 0.0, 3.0, -2.0])
case("Hinge", "scores at the kink", "formula", hinge, "prediction", prediction=kink, target=torch.tensor([1.0, -1.0, 1.0, 1.0, 1.0]))
case("SquaredHinge", "scores at the kink", "formula", squared_hinge, "prediction", prediction=kink, target=torch.tensor([1.0, -1.0, 1.0, 1.0, 1.0]))

for n, c in ROWS:
    inputs = Inputs(f"classes {n} {c}")
    axes = {"n": n, "c": c}
    z, t, p = inputs.reals(n, c), inputs.distributions(n, c), inputs.distributions(n, c)
    labels, weight = inputs.labels(n, below=c), inputs.positive(c)
    some = labels.clone()
    some[1::3] = -100
    case("CategoricalCrossEntropy", f"{n} x {c}", CE, soft, "logits", axes, logits=z, target=t)
    case("CategoricalCrossEntropy", f"{n} x {c}, weight", CE, soft, "logits", axes, logits=z, target=t, classWeight=weight)
    case("CategoricalCrossEntropyFromProbabilities", f"{n} x {c}", "formula", soft_from_probabilities, "probabilities", axes, probabilities=p, target=t)
    case("SparseCategoricalCrossEntropy", f"{n} x {c}", CE, sparse, "logits", axes, logits=z, labels=labels)
    case("SparseCategoricalCrossEntropy", f"{n} x {c}, ignoring", CE, sparse, "logits", axes, logits=z, labels=some, ignoreIndex=-100)
    case("SparseCategoricalCrossEntropy", f"{n} x {c}, weight, ignoring", CE, sparse, "logits", axes, logits=z, labels=some, classWeight=weight)
    case("SparseCategoricalCrossEntropy", f"{n} x {c}, weight, ignoring class 0", CE, sparse, "logits", axes, logits=z, labels=torch.cat((labels, torch.tensor([c - 1])))[1:] if c > 1 else labels, classWeight=weight, ignoreIndex=0 if c > 1 else -1)
    case("LabelSmoothingCrossEntropy", f"{n} x {c}", CE, smoothed, "logits", axes, logits=z, labels=labels)
    case("LabelSmoothingCrossEntropy", f"{n} x {c}, epsilon 1/2", CE, smoothed, "logits", axes, logits=z, labels=labels, epsilon=0.5)
    case("LabelSmoothingCrossEntropy", f"{n} x {c}, weight, ignoring", CE, smoothed, "logits", axes, logits=z, labels=some, classWeight=weight, epsilon=0.25)
    for options in ({}, {"alpha": 0.25, "gamma": 3.0}, {"gamma": 0.5}):
        if c > 1:
            case("Focal", f"{n} x {c}" + "".join(f", {key} {value}" for key, value in options.items()), "formula", focal, "logits", axes, logits=z, labels=labels, **options)
    for options in ({}, {"margin": 0.5}):
        suffix = "".join(f", {key} {value}" for key, value in options.items())
        case("MultiMargin", f"{n} x {c}{suffix}", "multi_margin_loss", multi_margin, "logits", axes, logits=z, labels=labels, **options)
        case("SquaredMultiMargin", f"{n} x {c}{suffix}", "multi_margin_loss", squared_multi_margin, "logits", axes, logits=z, labels=labels, **options)
    case("MultiMargin", f"{n} x {c}, weight", "multi_margin_loss", multi_margin, "logits", axes, logits=z, labels=labels, classWeight=weight, margin=0.75)
    y, positive = inputs.bits(n, c), inputs.positive(c)
    case("MultiLabel", f"{n} x {c}", "multilabel_soft_margin_loss", multi_label, "logits", axes, logits=z, target=y)
    case("MultiLabel", f"{n} x {c}, weight", "multilabel_soft_margin_loss", multi_label, "logits", axes, logits=z, target=y, classWeight=weight)
    case("MultiLabel", f"{n} x {c}, weight, posWeight", LOGITS, multi_label, "logits", axes, logits=z, target=y, classWeight=weight, posWeight=positive)

axes = {"n": 3, "c": 3}
extreme = torch.tensor([[1e4, -1e4, 0.0], [1e4, -1e4, 0.0], [-1e4, -1e4, -1e4]])
labels, weight = torch.tensor([0, 1, 2]), torch.tensor([0.5, 1.0, 2.0])
case("SparseCategoricalCrossEntropy", "scores of 1e4", CE, sparse, "logits", axes, logits=extreme, labels=labels)
case("SparseCategoricalCrossEntropy", "scores of 1e4, ignoring", CE, sparse, "logits", axes, logits=extreme, labels=torch.tensor([0, 7, 2]), ignoreIndex=7)
case("SparseCategoricalCrossEntropy", "scores of 1e4, weight", CE, sparse, "logits", axes, logits=extreme, labels=labels, classWeight=weight)
case("CategoricalCrossEntropy", "scores of 1e4", CE, soft, "logits", axes, logits=extreme, target=torch.tensor([[1.0, 0.0, 0.0], [0.0, 0.5, 0.5], [0.25, 0.25, 0.5]]))
case("LabelSmoothingCrossEntropy", "scores of 1e4", CE, smoothed, "logits", axes, logits=extreme, labels=labels, epsilon=0.125)
case("Focal", "scores of 1e4", "formula", focal, "logits", axes, logits=extreme, labels=torch.tensor([1, 1, 2]))
case("MultiLabel", "scores of 1e4", "multilabel_soft_margin_loss", multi_label, "logits", axes, logits=extreme, target=torch.tensor([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 1.0]]))
case("MultiMargin", "scores at the kink", "multi_margin_loss", multi_margin, "logits", {"n": 2, "c": 3}, logits=torch.tensor([[1.0, 0.0, 2.0], [0.5, 0.5, -3.0]]), labels=torch.tensor([0, 1]))
case("SquaredMultiMargin", "scores at the kink", "multi_margin_loss", squared_multi_margin, "logits", {"n": 2, "c": 3}, logits=torch.tensor([[1.0, 0.0, 2.0], [0.5, 0.5, -3.0]]), labels=torch.tensor([0, 1]))
case("CategoricalCrossEntropyFromProbabilities", "targets and probabilities of 0", "formula", soft_from_probabilities, "probabilities", {"n": 2, "c": 3}, probabilities=torch.tensor([[0.0, 0.5, 0.5], [0.25, 0.75, 0.0]]), target=torch.tensor([[0.0, 0.25, 0.75], [1.0, 0.0, 0.0]]))

# One loss for each element or sample, and the losses that stand here in both forms.
each = catalogue.elements


def soft_margin(prediction, target, reduction="mean"):
    return F.soft_margin_loss(prediction, target, reduction=reduction)


def nll(logProbabilities, labels, classWeight=None, ignoreIndex=-100, reduction="mean"):
    return F.nll_loss(logProbabilities, labels, classWeight, ignore_index=ignoreIndex, reduction=reduction)


def multi_label_margin(logits, labels, reduction="mean"):
    """PyTorch's lists are as long as a row of scores."""
    n, c = logits.shape
    lists = torch.full((n, c), -1)
    lists[:, :labels.shape[1]] = labels[:, :c]
    return F.multilabel_margin_loss(logits, lists, reduction=reduction)


for n in EACH:
    inputs = Inputs(f"each answer {n}")
    p, z, y, x, sign, what = inputs.probabilities(n), inputs.reals(n, spread=3), inputs.probabilities(n), inputs.reals(n), inputs.signs(n), f"{n} elements"
    each("BinaryCrossEntropy", what, BCE, lambda probabilities, target: F.binary_cross_entropy(probabilities, target, reduction="none"), "probabilities", probabilities=p, target=y)
    for options in ({}, {"posWeight": 3.0}):
        each("BinaryCrossEntropyWithLogits", what + (", posWeight 3" if options else ""), LOGITS,
             lambda logits, target, posWeight=1.0: F.binary_cross_entropy_with_logits(logits, target, pos_weight=torch.as_tensor(posWeight), reduction="none"), "logits", logits=z, target=y, **options)
    case("SoftMargin", what, "soft_margin_loss", soft_margin, "prediction", prediction=x, target=sign)
    each("SoftMargin", what, "soft_margin_loss", lambda **a: soft_margin(reduction="none", **a), "prediction", prediction=x, target=sign)

for n, c in EACH_ROWS:
    inputs = Inputs(f"each row {n} {c}")
    axes, what = {"n": n, "c": c}, f"{n} x {c}"
    z, t, lp = inputs.reals(n, c), inputs.distributions(n, c), F.log_softmax(inputs.reals(n, c), 1).float().double()
    labels, weight, y = inputs.labels(n, below=c), inputs.positive(c), inputs.bits(n, c)
    some = labels.clone()
    some[1::3] = -100
    each("CategoricalCrossEntropy", what, CE, lambda logits, target: F.cross_entropy(logits, target, reduction="none"), "logits", axes, logits=z, target=t)
    each("CategoricalCrossEntropy", what + ", weight", CE, lambda logits, target, classWeight: F.cross_entropy(logits, target, classWeight, reduction="none"), "logits", axes, logits=z, target=t, classWeight=weight)
    each("SparseCategoricalCrossEntropy", what, CE, lambda logits, labels: F.cross_entropy(logits, labels, reduction="none"), "logits", axes, logits=z, labels=labels)
    each("SparseCategoricalCrossEntropy", what + ", weight, ignoring", CE, lambda logits, labels, classWeight, ignoreIndex: F.cross_entropy(logits, labels, classWeight, ignore_index=ignoreIndex, reduction="none"),
         "logits", axes, logits=z, labels=some, classWeight=weight, ignoreIndex=-100)
    each("LabelSmoothingCrossEntropy", what, CE, lambda logits, labels, epsilon=0.1: F.cross_entropy(logits, labels, label_smoothing=epsilon, reduction="none"), "logits", axes, logits=z, labels=labels)
    each("LabelSmoothingCrossEntropy", what + ", weight, ignoring", CE, lambda logits, labels, classWeight, epsilon: F.cross_entropy(logits, labels, classWeight, label_smoothing=epsilon, reduction="none"),
         "logits", axes, logits=z, labels=some, classWeight=weight, epsilon=0.25)
    case("NegativeLogLikelihood", what, "nll_loss", nll, "logProbabilities", axes, logProbabilities=lp, labels=labels)
    case("NegativeLogLikelihood", what + ", weight, ignoring", "nll_loss", nll, "logProbabilities", axes, logProbabilities=lp, labels=some, classWeight=weight)
    each("NegativeLogLikelihood", what, "nll_loss", lambda **a: nll(reduction="none", **a), "logProbabilities", axes, logProbabilities=lp, labels=labels)
    each("NegativeLogLikelihood", what + ", weight, ignoring", "nll_loss", lambda **a: nll(reduction="none", **a), "logProbabilities", axes, logProbabilities=lp, labels=some, classWeight=weight, ignoreIndex=-100)
    each("MultiMargin", what, "multi_margin_loss", lambda logits, labels: F.multi_margin_loss(logits, labels, reduction="none"), "logits", axes, logits=z, labels=labels)
    each("MultiMargin", what + ", weight", "multi_margin_loss", lambda logits, labels, classWeight, margin: F.multi_margin_loss(logits, labels, margin=margin, weight=classWeight, reduction="none"),
         "logits", axes, logits=z, labels=labels, classWeight=weight, margin=0.75)
    each("SquaredMultiMargin", what, "multi_margin_loss", lambda logits, labels, margin: F.multi_margin_loss(logits, labels, p=2, margin=margin, reduction="none"), "logits", axes, logits=z, labels=labels, margin=0.5)
    each("MultiLabel", what, "multilabel_soft_margin_loss", lambda logits, target: F.multilabel_soft_margin_loss(logits, target, reduction="none"), "logits", axes, logits=z, target=y)
    each("MultiLabel", what + ", weight", "multilabel_soft_margin_loss", lambda logits, target, classWeight: F.multilabel_soft_margin_loss(logits, target, classWeight, reduction="none"),
         "logits", axes, logits=z, target=y, classWeight=weight)
    k = min(c, 4)
    lists = torch.tensor([inputs.random.sample(range(c), k) for _ in range(n)])
    for i in range(n):
        if i % 3 < k:
            lists[i, (i % 3):][:1] = -1  # The list ends here: empty, after one label, or after two.
    for what, rows in ((what + ", lists that end", lists), (what + ", full lists", lists.abs().clamp(max=c - 1))):
        case("MultiLabelMargin", what, "multilabel_margin_loss", multi_label_margin, "logits", {**axes, "k": k}, logits=z, labels=rows)
        each("MultiLabelMargin", what, "multilabel_margin_loss", lambda **a: multi_label_margin(reduction="none", **a), "logits", {**axes, "k": k}, logits=z, labels=rows)
