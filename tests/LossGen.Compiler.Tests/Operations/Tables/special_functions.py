"""Writes special_functions.csv: values of the op table's special functions from 60 digits. Needs mpmath."""
from mpmath import mp, mpf, erf, erfc, exp, log, loggamma, digamma, polygamma, besseli, expm1, log1p, cosh

mp.dps = 60


def line(lo, hi, n):
    return [lo + (hi - lo) * i / (n - 1) for i in range(n)]


def decades(lo, hi, per=3):
    return [10 ** (k / per) for k in range(lo * per, hi * per + 1)]


def signed(xs):
    return [-x for x in xs] + xs


def lgamma(x):
    return loggamma(x).real


def log_i0(x):
    x = abs(x)
    return log(besseli(0, x)) if x < 10000 else x + log(besseli_tail(x)) - log(2 * mp.pi * x) / 2


def besseli_tail(x, order=0):
    term = total = mpf(1)
    for k in range(1, 12):
        term *= -(4 * order * order - (2 * k - 1) ** 2) / (8 * k * x)
        total += term
    return total


def ratio(x):
    if abs(x) < 10000:
        return besseli(1, x) / besseli(0, x)
    return mp.sign(x) * besseli_tail(abs(x), 1) / besseli_tail(abs(x))


def log1mexp(x):
    with mp.workdps(400):
        return log1p(-exp(x))


near = decades(-12, -1)
positive = near + line(0.05, 20, 134) + decades(1, 15, 2)
tables = {
    "erf": (lambda x: erf(x), signed(near + line(0.03, 6, 80))),
    "erfc": (lambda x: erfc(x), signed(near + line(0.03, 6, 80)) + line(6.1, 26, 60)),
    "expm1": (lambda x: expm1(x), signed(near + line(0.1, 40, 90))),
    "log1p": (lambda x: log1p(x), signed(near) + line(-0.999, 3, 90) + decades(1, 15)),
    "log1mexp": (log1mexp, [-x for x in near + line(0.02, 5, 90) + [10, 100, 700]]),
    "softplus": (lambda x: log1p(exp(x)), signed(near + line(0.1, 60, 90)) + [-700.0, 700.0]),
    "sigmoid": (lambda x: 1 / (1 + exp(-x)), signed(near + line(0.1, 60, 90)) + [-700.0, 700.0]),
    "log cosh": (lambda x: log(cosh(x)), signed(decades(-6, -1) + line(0.1, 60, 90)) + [700.0]),
    "lgamma": (lgamma, positive + [1 + d for d in signed(near)] + [2 + d for d in signed(near)] + [-0.3, -0.7, -1.4, -3.7, -10.2, -51.6]),
    "digamma": (digamma, positive + [1.4616321449683622 + d for d in signed(near)] + [-0.3, -0.7, -1.4, -3.7, -10.2, -51.6]),
    "trigamma": (lambda x: polygamma(1, x), positive + [-0.3, -0.7, -1.4, -3.7, -10.2, -51.6]),
    "tetragamma": (lambda x: polygamma(2, x), positive + [-0.3, -0.7, -1.4, -3.7, -10.2, -51.6]),
    "log_i0": (log_i0, signed(decades(-6, -1) + line(0.1, 60, 90)) + decades(2, 12)),
    "bessel ratio": (ratio, signed(near + line(0.1, 60, 90)) + decades(2, 12)),
}
deltas = [(x, a) for x in [0.01, 0.7, 1.0, 2.5, 9.0, 40.0, 1e3, 1e6, 1e10] for a in [1e-9, 1e-3, 0.5, 0.9, 3.25, 20.0, 5e4]]

with open("special_functions.csv", "w", newline="\n") as file:
    for name, (function, points) in tables.items():
        for x in points:
            x = float(x)
            value = function(mpf(x))
            file.write(f"{name},{x!r},{float(value)!r}\n")
    for x, a in deltas:
        # The evaluator sees the exact x and a, not their rounded sum.
        file.write(f"lgamma delta,{x!r} {a!r},{float(lgamma(mpf(x) + mpf(a)) - lgamma(mpf(x)))!r}\n")
