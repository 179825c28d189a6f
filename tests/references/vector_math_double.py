"""Writes ../LossGen.Runtime.Tests/References/vector-math-double.csv: function, arguments, value, rest.

value is the double nearest to the true result and value + rest the result to about 20 digits.
Needs mpmath (Debian: python3-mpmath).
"""
import math
import os
import random
from mpmath import mp, mpf

mp.dps = 60
LARGEST = 1.7976931348623157e308
generator = random.Random(20250101)


def spread(low, high, count):
    return [generator.uniform(low, high) for _ in range(count)]


def magnitudes(low, high, count, signs=(1, -1)):
    """Log-uniform magnitudes from 10^low to 10^high."""
    return [generator.choice(signs) * 10.0 ** generator.uniform(low, high) for _ in range(count)]


def positive(values):
    return [abs(x) for x in values]


def negative(values):
    return [-abs(x) for x in values]


def log_i0(x):
    x = abs(mpf(x))
    if x < 1e-10:
        return x * x / 4 - x ** 4 / 64
    return mp.log(mp.besseli(0, x)) if x < 5000 else x - mp.log(2 * mp.pi * x) / 2 + mp.log(bessel_series(0, x))


def bessel_ratio(x):
    x = mpf(x)
    if abs(x) < 5000:
        return mp.besseli(1, x) / mp.besseli(0, x)
    return mp.sign(x) * bessel_series(1, abs(x)) / bessel_series(0, abs(x))


def bessel_series(order, x):
    """I(x) sqrt(2 pi x) / e^x by its asymptotic series, which has far more than 30 digits at 5000."""
    term, total = mpf(1), mpf(1)
    for k in range(1, 25):
        term *= -(mpf(4 * order * order) - (2 * k - 1) ** 2) / (k * 8 * x)
        total += term
    return total


def log_gamma_delta(x, a):
    with mp.workdps(400):
        return mp.re(mp.loggamma(mpf(x) + mpf(a))) - mp.re(mp.loggamma(mpf(x)))


def digamma_delta(x, a):
    with mp.workdps(400):
        return mp.digamma(mpf(x) + mpf(a)) - mp.digamma(mpf(x))


def softplus(x):
    return mp.log1p(mp.exp(x)) if x < 100 else mpf(x) + mp.exp(-mpf(x))


def power(x, y):
    return mp.power(mpf(x), mpf(y)) if x > 0 else mp.re(mp.power(mpf(x), mpf(y)))


EXTREMES = [5e-324, 1e-310, 2.2250738585072014e-308, 1e-200, 1e-20, 1.1102230246251565e-16, 2.220446049250313e-16]
SIGNED = EXTREMES + [-x for x in EXTREMES]
LOGISTIC = spread(-745, 745, 120) + spread(-40, 40, 200) + spread(-2, 2, 150) + magnitudes(-15, 2, 60) + SIGNED
TURNS = [float(k * mp.pi / 4) for k in list(range(-40, 41)) + [1001, 65537, 1000003]]
ANGLES = spread(-7, 7, 120) + spread(-1000, 1000, 80) + magnitudes(-10, 22, 80) + TURNS + SIGNED + [1e300, LARGEST, 999999.5, 1000000.5]
GAMMAS = spread(0.001, 3, 120) + spread(3, 40, 80) + magnitudes(-300, -2, 20, (1,)) + [1.0, 2.0, 0.5, 1.5, 2.5, 12.0, 16.0, 1e-308]
REFLECTED = spread(-0.5, -0.001, 20) + spread(-12, -0.5, 80) + [-0.5, -1.5, -100.25, -1e-20, -1e-300]
LARGE = magnitudes(1.5, 15, 40, (1,)) + [1e100, 1e300]
BESSELS = spread(-12, 12, 150) + magnitudes(-8, 3, 80) + [8.0, 7.999999999999999, 1e4, 1e8, 1e150, 5e307, 1e-160, 1e-300]

UNARY = {
    "Exp": (mp.exp, spread(-745, 709.7, 200) + spread(-2, 2, 200) + spread(-0.4, 0.4, 60) + magnitudes(-18, 2, 60) + SIGNED + [709.782712893384, -745.1, -708.4]),
    "ExpNonPositive": (mp.exp, negative(spread(-745, 0, 150) + spread(-2, 0, 100) + magnitudes(-18, 2, 50) + EXTREMES + [745.1, 708.4])),
    "Expm1": (mp.expm1, spread(-45, 709.7, 100) + spread(-3, 3, 300) + spread(-0.4, 0.4, 100) + magnitudes(-18, 2, 60) + SIGNED + [709.782712893384, 0.34657359027997264, -0.34657359027997264]),
    "Log": (mp.log, magnitudes(-323, 308, 150, (1,)) + spread(0.5, 2, 250) + spread(0.999, 1.001, 60) + EXTREMES + [LARGEST, 0.9999999999999999, 1.0000000000000002, 1.4142135623730951, 0.7071067811865476]),
    "Log1p": (mp.log1p, magnitudes(-300, 308, 120, (1,)) + magnitudes(-18, 0, 120) + spread(-0.9999, 3, 300) + SIGNED + [LARGEST, -0.9999999999999999, -0.99999]),
    "Log1pUnit": (mp.log1p, spread(0, 1, 250) + magnitudes(-300, 0, 60, (1,)) + EXTREMES + [1.0, 0.5, 0.5000000000000001]),
    "Log1mExp": (lambda x: mp.log(-mp.expm1(x)) if x > -1 else mp.log1p(-mp.exp(x)), negative(magnitudes(-300, 2.8, 120) + spread(0, 3, 150) + spread(0, 745, 60) + EXTREMES + [0.6931471805599453, 0.6931471805599454])),
    "Sin": (mp.sin, ANGLES), "Cos": (mp.cos, ANGLES), "Tan": (mp.tan, ANGLES),
    "Atan": (mp.atan, magnitudes(-300, 300, 60) + magnitudes(-3, 3, 150) + spread(-3, 3, 120) + SIGNED + [LARGEST, 1.0, 0.41421356237309503, 2.414213562373095]),
    "Sinh": (mp.sinh, spread(-710.4, 710.4, 80) + spread(-3, 3, 120) + magnitudes(-18, 2, 60) + SIGNED + [710.4758, 1.0]),
    "Cosh": (mp.cosh, spread(-710.4, 710.4, 80) + spread(-3, 3, 120) + magnitudes(-18, 2, 60) + SIGNED + [710.4758]),
    "Tanh": (mp.tanh, spread(-25, 25, 150) + spread(-3, 3, 300) + magnitudes(-18, 2, 100) + SIGNED + [500.0, LARGEST]),
    "LogCosh": (lambda x: mp.log(mp.cosh(x)), LOGISTIC),
    "Sigmoid": (lambda x: mp.exp(x) / (1 + mp.exp(x)) if x < 0 else 1 / (1 + mp.exp(-x)), LOGISTIC),
    "LogSigmoid": (lambda x: -softplus(-x), LOGISTIC), "Softplus": (softplus, LOGISTIC),
    "Erf": (mp.erf, spread(-6.5, 6.5, 200) + magnitudes(-18, 1, 80) + SIGNED + [1.0, 0.9999999999999999]),
    "Erfc": (mp.erfc, spread(-6.5, 27, 250) + spread(-1, 3, 60) + magnitudes(-18, 1, 40) + SIGNED + [26.5, 27.2]),
    "LogGamma": (lambda x: mp.re(mp.loggamma(x)), GAMMAS + REFLECTED + LARGE + [2.5e305, 5e-324]),
    "Digamma": (mp.digamma, GAMMAS + REFLECTED + LARGE + [1.4616321449683622, 1.4616321449683624]),
    "Trigamma": (lambda x: mp.psi(1, x), [x for x in GAMMAS + REFLECTED + LARGE if abs(x) > 1e-150 and x < 1e200]),
    "Tetragamma": (lambda x: mp.psi(2, x), [x for x in GAMMAS + REFLECTED + LARGE if abs(x) > 1e-100 and x < 1e150]),
    "LogI0": (log_i0, BESSELS), "BesselRatio": (bessel_ratio, BESSELS),
    "Sqrt": (mp.sqrt, magnitudes(-323, 308, 200, (1,)) + [4.0, 2.0, LARGEST]),
}


def pairs():
    power_arguments = list(zip(magnitudes(-5, 5, 150, (1,)), spread(-60, 60, 150)))
    power_arguments += list(zip(spread(0.9, 1.1, 120), spread(-7000, 7000, 120)))
    power_arguments += [(-x, float(generator.randint(-40, 40))) for x in magnitudes(-3, 3, 60, (1,))]
    power_arguments += [(x, y) for x in spread(0, 4, 10) for y in (0.5, 2.0, 3.0, -1.0, 1 / 3, 0.25, 1e-300)]
    power_arguments += [(5e-324, 0.5), (1e-310, -0.9), (LARGEST, 0.99), (1.0000000000000002, 3e18), (0.9999999999999999, 6e18), (-5e-324, 1.0)]
    yield "Pow", power, power_arguments
    yield "XLogY", lambda x, y: mpf(x) * mp.log(y), list(zip(magnitudes(-5, 5, 200), magnitudes(-10, 10, 200, (1,))))
    near = spread(-50, 50, 120)
    yield "LogAddExp", lambda a, b: max(mpf(a), mpf(b)) + mp.log1p(mp.exp(-abs(mpf(a) - mpf(b)))), (
        list(zip(near, [a + d for a, d in zip(near, magnitudes(-10, 2, 120))])) + list(zip(magnitudes(-5, 300, 100), magnitudes(-5, 300, 100))))
    shifts = list(zip(magnitudes(-5, 12, 150, (1,)), magnitudes(-6, 2, 150, (1,))))
    shifts += [(x, a) for x in (1e-300, 0.001, 0.3, 1.0, 2.0, 7.5, 15.9, 16.0, 40.0, 1e3, 1e6, 1e12, 1e100) for a in (0.5, 1.0, 0.24, 1e-8, 30.0, 1e5)]
    shifts += [(x, -0.7 * x) for x in (0.2, 3.0, 25.0, 400.0, 1e9)] + [(x, -1e-3) for x in (0.2, 3.0, 25.0, 400.0, 1e9)]
    yield "LogGammaDelta", log_gamma_delta, shifts
    yield "DigammaDelta", digamma_delta, [(x, a) for x, a in shifts if x > 1e-150]


def line(name, arguments, value):
    rounded = float(value)
    if abs(value) > mpf(LARGEST) * (1 + mpf(2) ** -54):
        rounded = math.copysign(math.inf, value)
        rest = "0"
    else:
        rest = mp.nstr(value - mpf(rounded), 4)
    return ",".join([name] + [repr(x) for x in arguments] + [repr(rounded), rest]) + "\n"


def lines():
    for name, (function, points) in UNARY.items():
        for x in points:
            yield line(name, [x], function(mpf(x)))
    for name, function, points in pairs():
        for x, y in points:
            yield line(name, [x, y], function(x, y))


if __name__ == "__main__":
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "LossGen.Runtime.Tests", "References")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "vector-math-double.csv"), "w", newline="\n") as file:
        file.writelines(lines())
