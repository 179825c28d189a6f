LG_FN REAL PREFIX(loggamma)(REAL x) { return CALL(lgamma)(x); }

LG_FN REAL PREFIX(digamma)(REAL x)
{
    REAL shift = LIT(0.0), reflected = LIT(0.0);
    if (x != x || (x > LIT(0.0) && x + x == x)) return x;
    if (x <= LIT(0.0))
    {
        if (x == CALL(floor)(x)) return (REAL)LG_NAN;
        reflected = PREFIX(cotangent)(x);
        x = LIT(1.0) - x;
    }
    /* Around its zero at 1.4616: the zero in two parts, and a Taylor series. */
    if (reflected == LIT(0.0) && CALL(fabs)(x - LIT(1.4616321449683623)) < LIT(0.25))
    {
        REAL z = (x - LIT(1.46163213253021240234375)) - LIT(1.24381499389189091e-08);
        return z * (LIT(0.9676722454476212) + z * (LIT(-0.4427631689835921) + z * (LIT(0.258499760955651) + z * (LIT(-0.16394270544240652)
            + z * (LIT(0.10782405069126237) + z * (LIT(-0.07219956125645471) + z * (LIT(0.04880428816414311) + z * (LIT(-0.03316112647484736)
            + z * (LIT(0.022597648232218104) + z * (LIT(-0.01542476590494896) + z * (LIT(0.010538791616612175) + z * (LIT(-0.007204534386356869)
            + z * (LIT(0.004926781395729853) + z * (LIT(-0.003369801655439328) + z * (LIT(0.002305126326734928) + z * (LIT(-0.0015769367714301972)
            + z * (LIT(0.0010788252019162967) + z * (LIT(-0.0007380709389960052) + z * LIT(0.000504953265834602)))))))))))))))))));
    }
    for (; x < LIT(16.0); x += LIT(1.0)) shift += LIT(1.0) / x;
    return CALL(log)(x) - LIT(0.5) / x + PREFIX(stirling_slope)(x) - shift - reflected;
}

LG_FN REAL PREFIX(trigamma)(REAL x)
{
    REAL shift = LIT(0.0), sine, reflected = LIT(0.0);
    int isReflected = x <= LIT(0.0);
    if (x != x) return x;
    if (x > LIT(0.0) && x + x == x) return LIT(0.0);
    if (isReflected)
    {
        if (x == CALL(floor)(x)) return x + x == x && x != LIT(0.0) ? (REAL)LG_NAN : (REAL)LG_INFINITY;
        sine = CALL(sin)(LIT(3.141592653589793) * (x - CALL(rint)(x)));
        reflected = LIT(9.869604401089358) / (sine * sine);
        x = LIT(1.0) - x;
    }
    for (; x < LIT(16.0); x += LIT(1.0)) shift += LIT(1.0) / (x * x);
    shift += LIT(1.0) / x + LIT(0.5) / (x * x) + PREFIX(stirling_bend)(x);
    return isReflected ? reflected - shift : shift;
}

LG_FN REAL PREFIX(tetragamma)(REAL x)
{
    REAL shift = LIT(0.0), r, sine, reflected = LIT(0.0);
    if (x != x) return x;
    if (x > LIT(0.0) && x + x == x) return LIT(0.0);
    if (x == LIT(0.0)) return -(REAL)LG_INFINITY;
    if (x < LIT(0.0))
    {
        if (x == CALL(floor)(x)) return (REAL)LG_NAN;
        r = x - CALL(rint)(x);
        sine = CALL(sin)(LIT(3.141592653589793) * r);
        reflected = LIT(62.01255336059963) / (sine * sine * sine) * CALL(sin)(LIT(3.141592653589793) * (LIT(0.5) - CALL(fabs)(r)));
        x = LIT(1.0) - x;
    }
    for (; x < LIT(16.0); x += LIT(1.0)) shift += LIT(2.0) / (x * x * x);
    r = LIT(1.0) / (x * x);
    shift += r * (LIT(1.0) + LIT(1.0) / x + r * (LIT(0.5) + r * (LIT(-0.16666666666666667) + r * (LIT(0.16666666666666667)
        + r * (LIT(-0.3) + r * (LIT(0.83333333333333333) + r * LIT(-3.2904761904761905)))))));
    return -shift - reflected;
}

/* lgamma(x + a) - lgamma(x) without cancellation for positive x and x + a. */
LG_FN REAL PREFIX(lgamma_delta)(REAL x, REAL a)
{
    REAL shift = LIT(0.0), growth;
    if (!(x > LIT(0.0) && x + a > LIT(0.0)) || x + x == x || a + a == a) return a == LIT(0.0) && x > LIT(0.0) && x + x != x ? LIT(0.0) : CALL(lgamma)(x + a) - CALL(lgamma)(x);
    /* Nothing cancels here, and no step of a large x would bring x + a to the series. */
    if (x + a < LIT(16.0) && x >= LIT(32.0)) return CALL(lgamma)(x + a) - CALL(lgamma)(x);
    for (; x < LIT(16.0) || x + a < LIT(16.0); x += LIT(1.0)) shift += CALL(log1p)(a / x);
    growth = CALL(log1p)(a / x);
    return (x + a - LIT(0.5)) * growth + a * (CALL(log)(x) - LIT(1.0)) + (PREFIX(stirling)(x + a) - PREFIX(stirling)(x)) - shift;
}

/* digamma(x + a) - digamma(x) without cancellation for positive x and x + a. */
LG_FN REAL PREFIX(digamma_delta)(REAL x, REAL a)
{
    REAL shift = LIT(0.0);
    if (!(x > LIT(0.0) && x + a > LIT(0.0)) || x + x == x || a + a == a) return a == LIT(0.0) && x > LIT(0.0) && x + x != x ? LIT(0.0) : PREFIX(digamma)(x + a) - PREFIX(digamma)(x);
    /* Nothing cancels here, and no step of a large x would bring x + a to the series. */
    if (x + a < LIT(16.0) && x >= LIT(32.0)) return PREFIX(digamma)(x + a) - PREFIX(digamma)(x);
    for (; x < LIT(16.0) || x + a < LIT(16.0); x += LIT(1.0)) shift += a / (x * (x + a));
    return CALL(log1p)(a / x) + LIT(0.5) * a / (x * (x + a)) + (PREFIX(stirling_slope)(x + a) - PREFIX(stirling_slope)(x)) + shift;
}
