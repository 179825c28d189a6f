"""Regression: all but three have a function of PyTorch's own."""
import torch
from torch.nn import functional as F
from cases import EACH, FLAT, Catalogue, Inputs

catalogue = Catalogue("RegressionLosses")
case = catalogue.case


def both(name, oracle, reference, **options):
    """The shapes that every loss of a prediction and a target is compared at."""
    suffix = "".join(f", {key} {value}" for key, value in options.items())
    for n in FLAT:
        inputs = Inputs(f"{name} {n}{suffix}")
        case(name, f"{n} elements{suffix}", oracle, reference, "prediction", prediction=inputs.reals(n), target=inputs.reals(n), **options)


def far(name, oracle, reference, **options):
    values = torch.tensor([1e4, -1e4, 0.5, 300.0, -88.75, 0.0009765625])
    case(name, "residuals from tiny to huge", oracle, reference, "prediction", prediction=values, target=torch.zeros(6), **options)


def ties(name, oracle, reference, **options):
    prediction = torch.tensor([1.0, 2.0, -3.0, 4.0, 5.0])
    target = torch.tensor([1.0, 1.0, -2.0, 4.5, 5.0])
    case(name, "residuals of 0 and at the threshold", oracle, reference, "prediction", prediction=prediction, target=target, **options)


def mean_squared(prediction, target):
    return F.mse_loss(prediction, target)


def root_mean_squared(prediction, target):
    return torch.sqrt(F.mse_loss(prediction, target))


def mean_absolute(prediction, target, beta=0.0):
    return F.l1_loss(prediction, target)


def huber(prediction, target, delta=1.0):
    return F.huber_loss(prediction, target, delta=delta)


def smooth_l1(prediction, target, beta=1.0):
    return F.smooth_l1_loss(prediction, target, beta=beta)


def log_cosh(prediction, target):
    r = prediction - target
    return (torch.logaddexp(r, -r) - torch.log(torch.tensor(2.0))).mean()


def quantile_loss(prediction, target, quantile=0.5):
    r = target - prediction
    return torch.maximum(quantile * r, (quantile - 1) * r).mean()


def poisson(prediction, target, full=False, eps=1e-8):
    return F.poisson_nll_loss(prediction, target, log_input=False, full=full, eps=eps)


def poisson_log(prediction, target, full=False):
    return F.poisson_nll_loss(prediction, target, log_input=True, full=full)


def gaussian(prediction, target, variance, full=False, eps=1e-6):
    return F.gaussian_nll_loss(prediction, target, variance, full=full, eps=eps)


for walk in (both, far, ties):
    walk("MeanSquaredError", "mse_loss", mean_squared)
    walk("RootMeanSquaredError", "sqrt of mse_loss", root_mean_squared)
    walk("MeanAbsoluteError", "l1_loss", mean_absolute)
    walk("Huber", "huber_loss", huber)
    walk("SmoothL1", "smooth_l1_loss", smooth_l1)
    walk("LogCosh", "formula", log_cosh)
    walk("Quantile", "formula", quantile_loss)
    walk("Huber", "huber_loss", huber, delta=0.5)
    walk("SmoothL1", "smooth_l1_loss", smooth_l1, beta=0.5)
    # With a beta of 0 PyTorch's gradient at a residual of 0 is that of the left side; the catalogue's is 0, as of the mean absolute error.
    walk("SmoothL1", "smooth_l1_loss", mean_absolute if walk is ties else smooth_l1, beta=0.0)
    walk("Quantile", "formula", quantile_loss, quantile=0.875)

case("LogCosh", "small residuals", "formula", lambda prediction, target: ((prediction - target) ** 2 / 2 - (prediction - target) ** 4 / 12).mean(), "prediction",
     prediction=torch.tensor([2.0 ** -10, -2.0 ** -12, 2.0 ** -9]), target=torch.zeros(3))
# The root of 0 has no derivative; the catalogue's convention is 0.
case("RootMeanSquaredError", "all residuals 0", "convention", lambda prediction, target: (prediction * 0).sum(), "prediction",
     prediction=torch.tensor([1.0, 2.0]), target=torch.tensor([1.0, 2.0]))

for n in FLAT:
    inputs = Inputs(f"counts {n}")
    rates, logs, counts = inputs.positive(n, spread=3), inputs.reals(n), inputs.counts(n)
    for full in (False, True):
        case("Poisson", f"{n} counts, full {full}", "poisson_nll_loss", poisson, "prediction", prediction=rates, target=counts, full=full)
        case("PoissonLog", f"{n} counts, full {full}", "poisson_nll_loss", poisson_log, "prediction", prediction=logs, target=counts, full=full)
    case("Poisson", f"{n} counts, eps 1/4", "poisson_nll_loss", poisson, "prediction", prediction=rates, target=counts, eps=0.25)
case("Poisson", "defaults; rates and counts of 0", "poisson_nll_loss", poisson, "prediction", prediction=torch.tensor([0.0, 3.0, 0.0, 1000.0]), target=torch.tensor([0.0, 0.0, 2.0, 1100.0]))
case("PoissonLog", "defaults; rates from tiny to huge", "poisson_nll_loss", poisson_log, "prediction", prediction=torch.tensor([-100.0, 20.0, 0.0, 5.0]), target=torch.tensor([0.0, 1.0, 2.0, 150.0]), full=True)

for n in FLAT:
    inputs = Inputs(f"normal {n}")
    for options in ({}, {"full": True}, {"eps": 0.5}):
        suffix = "".join(f", {key} {value}" for key, value in options.items())
        case("GaussianNll", f"{n} elements{suffix}", "gaussian_nll_loss", gaussian, "prediction variance", prediction=inputs.reals(n), target=inputs.reals(n), variance=inputs.positive(n), **options)
case("GaussianNll", "variances of 0 and far below the floor", "gaussian_nll_loss", gaussian, "prediction variance", prediction=torch.tensor([1.0, 2.0, 3.0]), target=torch.tensor([1.0, 1.5, 3.25]), variance=torch.tensor([0.0, 2.0 ** -40, 4.0]), eps=2.0 ** -10)

for n in EACH:
    inputs = Inputs(f"each residual {n}")
    x, y, what = inputs.reals(n), inputs.reals(n), f"{n} elements"
    y[-1] = x[-1] + 1  # a residual of 1, where Huber's pieces meet
    for loss, function, options in (("MeanSquaredError", F.mse_loss, {}), ("MeanAbsoluteError", F.l1_loss, {}), ("Huber", F.huber_loss, {}), ("Huber", F.huber_loss, {"delta": 0.5}),
                                    ("SmoothL1", F.smooth_l1_loss, {}), ("SmoothL1", F.smooth_l1_loss, {"beta": 0.5})):
        catalogue.elements(loss, what + "".join(f", {k} {v}" for k, v in options.items()), function.__name__,
                           lambda prediction, target, **o: function(prediction, target, reduction="none", **o), "prediction", prediction=x, target=y, **options)
    rates, counts = inputs.positive(n, spread=3), inputs.counts(n)
    for full in (False, True):
        catalogue.elements("Poisson", f"{n} counts, full {full}", "poisson_nll_loss",
                           lambda prediction, target, full: F.poisson_nll_loss(prediction, target, log_input=False, full=full, reduction="none"), "prediction", prediction=rates, target=counts, full=full)
        catalogue.elements("PoissonLog", f"{n} counts, full {full}", "poisson_nll_loss",
                           lambda prediction, target, full: F.poisson_nll_loss(prediction, target, full=full, reduction="none"), "prediction", prediction=x, target=counts, full=full)
        catalogue.elements("GaussianNll", f"{what}, full {full}", "gaussian_nll_loss",
                           lambda prediction, target, variance, full, eps: F.gaussian_nll_loss(prediction, target, variance, full=full, eps=eps, reduction="none"), "prediction variance",
                           prediction=x, target=y, variance=inputs.positive(n), full=full, eps=0.25)
