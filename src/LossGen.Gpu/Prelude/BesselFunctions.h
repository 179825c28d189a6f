/* I_order(x) sqrt(2 pi x) e^-x for x >= 40. */
LG_FN REAL PREFIX(bessel_tail)(REAL x, REAL mu)
{
    REAL term = LIT(1.0), sum = LIT(1.0);
    for (int k = 1; k < 12; k++)
    {
        REAL odd = (REAL)(2 * k - 1);
        term *= (odd * odd - mu) / ((REAL)(8 * k) * x);
        sum += term;
    }
    return sum;
}

/* The power series of I_order after its first term. */
LG_FN REAL PREFIX(bessel_rest)(REAL x, int order, REAL term)
{
    REAL sum = LIT(0.0);
    for (int k = 1; k < 90; k++)
    {
        term *= x * x / LIT(4.0) / (REAL)(k * (k + order));
        sum += term;
    }
    return sum;
}

LG_FN REAL PREFIX(logi0)(REAL x)
{
    x = CALL(fabs)(x);
    if (x + x == x && x > LIT(0.0)) return x;
    return x < LIT(40.0)
        ? CALL(log1p)(PREFIX(bessel_rest)(x, 0, LIT(1.0)))
        : x + CALL(log)(PREFIX(bessel_tail)(x, LIT(0.0))) - LIT(0.9189385332046727) - LIT(0.5) * CALL(log)(x);
}

LG_FN REAL PREFIX(besselratio)(REAL x)
{
    REAL a = CALL(fabs)(x);
    REAL ratio = a + a == a && a > LIT(0.0) ? LIT(1.0)
        : a < LIT(40.0) ? (a / LIT(2.0) + PREFIX(bessel_rest)(a, 1, a / LIT(2.0))) / (LIT(1.0) + PREFIX(bessel_rest)(a, 0, LIT(1.0)))
        : PREFIX(bessel_tail)(a, LIT(4.0)) / PREFIX(bessel_tail)(a, LIT(0.0));
    return x < LIT(0.0) ? -ratio : ratio;
}
