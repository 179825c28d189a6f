/* Element-wise functions of REAL. Names of the language start with PREFIX; CALL(name) is the function of the device's library. */
LG_FN REAL PREFIX(max)(REAL a, REAL b) { return CALL(lg_larger)(a, b); }
LG_FN REAL PREFIX(min)(REAL a, REAL b) { return CALL(lg_smaller)(a, b); }
LG_FN REAL PREFIX(fma)(REAL a, REAL b, REAL c) { return CALL(fma)(a, b, c); }
LG_FN REAL PREFIX(overonetotwo)(REAL a, REAL b) { return CALL(lg_ratio)(a, b); }
LG_FN REAL PREFIX(abs)(REAL x) { return CALL(fabs)(x); }
LG_FN REAL PREFIX(sign)(REAL x) { return x > LIT(0.0) ? LIT(1.0) : x < LIT(0.0) ? LIT(-1.0) : x; }
LG_FN REAL PREFIX(sqrt)(REAL x) { return CALL(sqrt)(x); }
LG_FN REAL PREFIX(floor)(REAL x) { return CALL(floor)(x); }
LG_FN REAL PREFIX(ceiling)(REAL x) { return CALL(ceil)(x); }
LG_FN REAL PREFIX(round)(REAL x) { return CALL(rint)(x); }
LG_FN REAL PREFIX(exp)(REAL x) { return CALL(exp)(x); }
LG_FN REAL PREFIX(expnonpositive)(REAL x) { return CALL(lg_decay)(x); }
LG_FN REAL PREFIX(expbelowlargest)(REAL x) { return CALL(lg_below)(x); }
LG_FN REAL PREFIX(expm1)(REAL x) { return CALL(expm1)(x); }
LG_FN REAL PREFIX(expm1nonpositive)(REAL x) { return CALL(expm1)(x); }
LG_FN REAL PREFIX(log)(REAL x) { return CALL(log)(x); }
LG_FN REAL PREFIX(log1p)(REAL x) { return CALL(log1p)(x); }
LG_FN REAL PREFIX(log1punit)(REAL x) { return CALL(log1p)(x); }
LG_FN REAL PREFIX(sin)(REAL x) { return CALL(sin)(x); }
LG_FN REAL PREFIX(cos)(REAL x) { return CALL(cos)(x); }
LG_FN REAL PREFIX(tan)(REAL x) { return CALL(tan)(x); }
LG_FN REAL PREFIX(atan)(REAL x) { return CALL(atan)(x); }
LG_FN REAL PREFIX(sinh)(REAL x) { return CALL(sinh)(x); }
LG_FN REAL PREFIX(cosh)(REAL x) { return CALL(cosh)(x); }
LG_FN REAL PREFIX(tanh)(REAL x) { return CALL(tanh)(x); }
LG_FN REAL PREFIX(erf)(REAL x) { return CALL(erf)(x); }
LG_FN REAL PREFIX(erfc)(REAL x) { return CALL(erfc)(x); }

/* x^0 is 1 for every x. */
LG_FN REAL PREFIX(pow)(REAL x, REAL y) { return y == LIT(0.0) ? LIT(1.0) : CALL(pow)(x, y); }

/* The same where x^(y - 1) is at hand. */
LG_FN REAL PREFIX(powfrom)(REAL x, REAL less, REAL y) { return less > LIT(1.0e-30) && less < LIT(1.0e30) ? x * less : PREFIX(pow)(x, y); }

/* x log y, 0 at x = 0. */
LG_FN REAL PREFIX(xlogy)(REAL x, REAL y) { return x == LIT(0.0) && y == y ? LIT(0.0) : x * CALL(log)(y); }

/* log a - log b, and x times that, 0 at x = 0. */
LG_FN REAL PREFIX(logratio)(REAL a, REAL b) { return CALL(log)(a) - CALL(log)(b); }
LG_FN REAL PREFIX(xlogratio)(REAL x, REAL a, REAL b) { return x == LIT(0.0) && a == a && b == b ? LIT(0.0) : x * (CALL(log)(a) - CALL(log)(b)); }

/* log(1 - e^x) */
LG_FN REAL PREFIX(log1mexp)(REAL x) { return x > LIT(-0.6931471805599453) ? CALL(log)(-CALL(expm1)(x)) : CALL(log1p)(-CALL(exp)(x)); }

/* The exponential is that of -|x|, which cannot overflow. */
LG_FN REAL PREFIX(sigmoid)(REAL x)
{
    REAL e = CALL(exp)(-CALL(fabs)(x));
    return (x >= LIT(0.0) ? LIT(1.0) : e) / (LIT(1.0) + e);
}

LG_FN REAL PREFIX(softplus)(REAL x) { return PREFIX(max)(x, LIT(0.0)) + CALL(log1p)(CALL(exp)(-CALL(fabs)(x))); }

/* log(cosh x) of x and e^-2|x|; cosh x - 1 = m^2 / (2 (1 + m)) with m = e^-|x| - 1 keeps the digits of small x. */
LG_FN REAL PREFIX(logcosh)(REAL x, REAL decay)
{
    REAL a = CALL(fabs)(x), m = CALL(expm1)(-a);
    return a < LIT(1.0) ? CALL(log1p)(m * m / (LIT(2.0) + LIT(2.0) * m)) : a - LIT(0.6931471805599453) + CALL(log1p)(decay);
}
