"""Prints the polynomial coefficients of the float functions of VectorMath, each with its largest weighted error.

Remez's exchange in 120 bits. "Stepwise" fits round one coefficient at a time to float and fit those above it anew.
Needs mpmath (Debian: python3-mpmath).
"""
import struct
from mpmath import mp, mpf

mp.prec = 120


def to_float(value):
    return struct.unpack("f", struct.pack("f", float(value)))[0]


def remez(function, weight, low, high, degree, gap=1e-6, grid=1500):
    """Coefficients that minimise the largest weight * |polynomial - function|, and that error; points within gap of 0 are left out."""
    low, high = mpf(low), mpf(high)
    points = [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (grid - i) / grid) for i in range(grid + 1)]
    points = [x for x in points if abs(x) > (high - low) * mpf(gap)]
    values, weights = [function(x) for x in points], [weight(x) for x in points]
    chosen = [round((len(points) - 1) * i / (degree + 1)) for i in range(degree + 2)]
    for _ in range(30):
        matrix, right = mp.matrix(degree + 2, degree + 2), mp.matrix(degree + 2, 1)
        for row, i in enumerate(chosen):
            for column in range(degree + 1):
                matrix[row, column] = points[i] ** column
            matrix[row, degree + 1] = (-1) ** row / weights[i]
            right[row] = values[i]
        solution = mp.lu_solve(matrix, right)
        coefficients = [solution[i] for i in range(degree + 1)]
        errors = [w * (mp.polyval(coefficients[::-1], x) - v) for x, v, w in zip(points, values, weights)]
        peaks = []
        for i, error in enumerate(errors):
            if peaks and (errors[peaks[-1]] > 0) == (error > 0):
                if abs(error) > abs(errors[peaks[-1]]):
                    peaks[-1] = i
            else:
                peaks.append(i)
        while len(peaks) > degree + 2:
            peaks.pop(0 if abs(errors[peaks[0]]) < abs(errors[peaks[-1]]) else -1)
        if len(peaks) < degree + 2 or peaks == chosen:
            break
        chosen = peaks
    return coefficients, max(abs(e) for e in errors)


def report(name, coefficients, error, suffix):
    print(f"{name}: error 2^{float(mp.log(error, 2)):.1f}")
    print("    " + ", ".join(f"{float(mp.nstr(mpf(c), 9)) if suffix else float(c)!r}{suffix}" for c in coefficients), flush=True)


def plain(name, function, weight, low, high, degree, double=False):
    coefficients, error = remez(function, weight, low, high, degree)
    report(name, coefficients if double else [to_float(c) for c in coefficients], error, "" if double else "f")


def stepwise(name, function, weight, low, high, degree):
    done = []
    for power in range(degree + 1):
        fixed = list(done)
        remainder = lambda x: (function(x) - sum(mpf(c) * x ** i for i, c in enumerate(fixed))) / x ** power
        coefficients, _ = remez(remainder, lambda x: weight(x) * abs(x) ** power, low, high, degree - power, 1e-6 if power == 0 else 0.04, 800)
        done.append(to_float(coefficients[0]))
    low, high = mpf(low), mpf(high)
    points = [low + (high - low) * i / 997 for i in range(998)]
    error = max(abs(weight(x) * (mp.polyval([mpf(c) for c in done[::-1]], x) - function(x))) for x in points if x != 0)
    report(name, done, error, "f")


def odd(function, first=1):
    """f(x) = x (first + s P(s)), s = x^2: what P approximates, and the weight for a relative error."""
    return (lambda s: (function(mp.sqrt(s)) / mp.sqrt(s) - first) / s, lambda s: abs(s * mp.sqrt(s) / function(mp.sqrt(s))))


def scaled_erfc(q):
    a = 2 * (1 + q) / (1 - q)
    return (1 + 2 * a) * mp.exp(a * a) * mp.erfc(a)


def erf_ratio(s):
    return mp.erf(mp.sqrt(s)) / mp.sqrt(s) - 1


def log2_ratio(s):
    return mp.log((1 + mp.sqrt(s)) / (1 - mp.sqrt(s))) / mp.sqrt(s) / mp.log(2)


def log1p_tail(f):
    return (mp.log1p(f) - f) / f ** 2


def log1p_weight(f):
    return abs(f ** 2 / mp.log1p(f))


half_ln2, quadrant = mpf("0.34675"), (mp.pi / 4 * mpf("1.0001")) ** 2
stepwise("Expm1Reduced", lambda r: (mp.expm1(r) - r) / r ** 2, lambda r: abs(r ** 2 / mp.expm1(r)), -half_ln2, half_ln2, 4)
stepwise("ExpNonPositive", lambda r: (mp.expm1(r) - r) / r ** 2, lambda r: abs(r ** 2 / mp.exp(r)), mpf("-0.08668"), mpf("0.08668"), 2)
plain("Log1pReduced", log1p_tail, log1p_weight, mpf(-1) / 3, mpf(1) / 3, 7)
stepwise("Log1pUnit", log1p_tail, log1p_weight, 0, 1, 8)
stepwise("Tanh", *odd(mp.tanh), 0, mpf("0.626") ** 2, 4)
stepwise(
    "LogCosh below log 2",
    lambda s: (mp.log(mp.cosh(mp.sqrt(s))) - s / 2) / s ** 2 if s > mpf("1e-8") else mpf(-1) / 12,
    lambda s: 2 * s, 0, mpf("0.4805"), 4)
plain(
    "LogCosh above log 2",
    lambda e: (mp.log1p(e) - e) / e ** 2,
    lambda e: e ** 2 / (mp.log1p(e) - mp.log(e) / 2 - mp.log(2)), mpf("1e-9"), mpf("0.2501"), 4)
stepwise("Sinh", *odd(mp.sinh), 0, 1, 3)
stepwise("Sin", *odd(mp.sin), 0, quadrant, 2)
stepwise("Cos", lambda s: ((mp.cos(mp.sqrt(s)) - 1) / s + mpf(1) / 2) / s, lambda s: s * s / mp.cos(mp.sqrt(s)), 0, quadrant, 2)
stepwise("Tan", *odd(mp.tan), 0, quadrant, 6)
stepwise("Atan", *odd(mp.atan), 0, 1, 8)
stepwise("Erf below 1", erf_ratio, lambda s: mp.sqrt(s) / mp.erf(mp.sqrt(s)), 0, 1, 6)
stepwise("Erf above 1", lambda t: -mp.log(mp.erfc(t)), lambda t: mp.erfc(t) / mp.erf(t), mpf("0.99"), 4, 6)
stepwise("Erfc below 0.6", erf_ratio, lambda s: mp.sqrt(s) / mp.erf(mp.sqrt(s)), 0, mpf("0.3601"), 4)
plain("Erfc above 0.6", scaled_erfc, lambda q: 1 / scaled_erfc(q), mpf("-1.41") / mpf("2.59"), mpf("8.1") / mpf("12.1"), 8)
limit = ((mp.sqrt(2) - 1) / (mp.sqrt(2) + 1)) ** 2 * mpf("1.0001")
plain("Pow, log1p", lambda f: (mp.log1p(f) - f + f * f / 2) / f ** 3, lambda f: abs(f ** 3 / mp.log1p(f)), mpf("-0.0626"), mpf("0.0626"), 4)
plain("Pow, exp2 in float", lambda r: (mpf(2) ** r - 1 - r * mp.log(2)) / r ** 2, lambda r: r * r, mpf("-0.5001"), mpf("0.5001"), 4)
plain("Pow, log2", log2_ratio, lambda s: 1 / log2_ratio(s), 0, limit, 5, double=True)
plain("Pow, exp2", lambda r: (mpf(2) ** r - 1) / r, abs, mpf("-0.5000001"), mpf("0.5000001"), 5, double=True)
plain("SinPi", lambda s: mp.sin(mp.pi * mp.sqrt(s)) / mp.sqrt(s), lambda s: mp.sqrt(s) / mp.sin(mp.pi * mp.sqrt(s)), 0, mpf("0.25"), 6, double=True)
