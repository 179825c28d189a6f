"""Prints the coefficients of VectorMath's double-precision functions, with the error of each fit.

Needs mpmath. Interpolates at Chebyshev nodes in 60 digits, then rounds to double.
"""
import sys
from mpmath import mp, mpf

mp.dps = 60


def fit(name, f, lo, hi, degree, weight=lambda t: mpf(1)):
    lo, hi = mpf(lo), mpf(hi)
    n = degree + 1
    nodes = [(lo + hi) / 2 + (hi - lo) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    matrix = mp.matrix(n, n)
    right = mp.matrix(n, 1)
    for i, t in enumerate(nodes):
        for j in range(n):
            matrix[i, j] = t ** j
        right[i] = f(t)
    solution = mp.lu_solve(matrix, right)
    rounded = [float(solution[i]) for i in range(n)]
    worst = mpf(0)
    for i in range(301):
        t = lo + (hi - lo) * (i + mpf(1) / 7) / 302
        value = sum(mpf(c) * t ** j for j, c in enumerate(rounded))
        worst = max(worst, abs((value - f(t)) * weight(t)))
    print(f"{name}: degree {degree} on [{mp.nstr(lo, 6)}, {mp.nstr(hi, 6)}], weighted error {mp.nstr(worst, 3)}")
    for c in rounded:
        print(f"        {c!r},")


def atanh_rest(z):
    s = mp.sqrt(z)
    return (2 * mp.atanh(s) - 2 * s) / (s * z)


def scaled_erfc(t):
    x = mpf(3.5) * (1 + t) / (1 - t)
    return mp.erfc(x) * mp.exp(x * x) * (1 + 2 * x)


def log_i0_rest(t):
    x = 16 / (t + 1)
    return mp.log(mp.besseli(0, x)) - x + mp.log(2 * mp.pi * x) / 2


def bessel_ratio(t):
    x = 16 / (t + 1)
    return mp.besseli(1, x) / mp.besseli(0, x)


ROOT = mp.findroot(mp.digamma, mpf("1.4616321449683623412626595423257213"))

FITS = {
    "exp: (exp(r) - 1 - r) / r^2": lambda n: fit(n, lambda r: (mp.exp(r) - 1 - r) / r ** 2, -0.3467, 0.3469, 10, lambda r: r ** 2),
    "log: (2 atanh(s) - 2 s) / s^3, z = s^2": lambda n: fit(n, atanh_rest, "1e-30", 0.0401, 8, lambda z: z),
    "sin: (sin(r) - r) / r^3, z = r^2": lambda n: fit(n, lambda z: (mp.sin(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, "1e-30", 0.6170, 6, lambda z: z),
    "cos: (cos(r) - 1 + z / 2) / z^2, z = r^2": lambda n: fit(n, lambda z: (mp.cos(mp.sqrt(z)) - 1 + z / 2) / z ** 2, "1e-25", 0.6170, 6, lambda z: z * z),
    "atan: (atan(t) - t) / t^3, z = t^2": lambda n: fit(n, lambda z: (mp.atan(mp.sqrt(z)) / mp.sqrt(z) - 1) / z, "1e-30", 0.17158, 13, lambda z: z),
    "erf: erf(x) / x - 1, z = x^2": lambda n: fit(n, lambda z: mp.erf(mp.sqrt(z)) / mp.sqrt(z) - 1, "1e-30", 1, 13),
    "erfc: (1 + 2 x) exp(x^2) erfc(x), t = (x - 3.5) / (x + 3.5)": lambda n: fit(n, scaled_erfc, -1, "0.78", 25),
    "log I0: log(I0(x)) - x + log(2 pi x) / 2, t = 16 / x - 1": lambda n: fit(n, log_i0_rest, -1 + mpf(10) ** -6, 1, 25),
    "I1 / I0, t = 16 / x - 1": lambda n: fit(n, bessel_ratio, -1 + mpf(10) ** -6, 1, 25),
    "lgamma: lgamma(2 + y) / y": lambda n: fit(n, lambda y: mp.loggamma(2 + y) / y, -0.5, 0.5, 21),
    "digamma: digamma(1.5 + y) / (1.5 + y - root)": lambda n: fit(n, lambda y: mp.digamma(mpf(1.5) + y) / (mpf(1.5) + y - ROOT), -0.5, 0.5, 22),
}

if __name__ == "__main__":
    for name, run in FITS.items():
        if len(sys.argv) < 2 or name.startswith(sys.argv[1]):
            run(name)
    high = float(ROOT)
    print(f"digamma root: {high!r} + {float(ROOT - mpf(high))!r}")
    def split(name, value, parts, bits):
        rest, out = value, []
        for i in range(parts):
            if i == parts - 1:
                piece = mpf(float(rest))
            else:
                scale = mpf(2) ** (bits - mp.floor(mp.log(rest, 2)) - 1)
                piece = mp.floor(rest * scale) / scale
            out.append(float(piece)); rest -= piece
        print(name, out)
    split("ln2", mp.log(2), 2, 42)
    split("pi/2", mp.pi / 2, 3, 53)
    split("pi", mp.pi, 2, 53)
