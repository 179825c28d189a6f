/* Stirling's series for log gamma: its sum, its derivative and second derivative, at x >= 16. */
LG_FN REAL PREFIX(stirling)(REAL x)
{
    REAL r = LIT(1.0) / (x * x);
    return (LIT(0.083333333333333333) + r * (LIT(-0.0027777777777777778) + r * (LIT(0.00079365079365079365)
        + r * (LIT(-0.00059523809523809524) + r * (LIT(0.00084175084175084175) + r * LIT(-0.0019175269175269175)))))) / x;
}

LG_FN REAL PREFIX(stirling_slope)(REAL x)
{
    REAL r = LIT(1.0) / (x * x);
    return -r * (LIT(0.083333333333333333) + r * (LIT(-0.0083333333333333333) + r * (LIT(0.0039682539682539683)
        + r * (LIT(-0.0041666666666666667) + r * (LIT(0.0075757575757575758) + r * LIT(-0.021092796092796093))))));
}

LG_FN REAL PREFIX(stirling_bend)(REAL x)
{
    REAL r = LIT(1.0) / (x * x);
    return r / x * (LIT(0.16666666666666667) + r * (LIT(-0.033333333333333333) + r * (LIT(0.023809523809523810)
        + r * (LIT(-0.033333333333333333) + r * (LIT(0.075757575757575758) + r * LIT(-0.25311355311355311))))));
}

/* pi cot(pi x): the distance to the nearest integer is exact, whereas pi x is not. */
LG_FN REAL PREFIX(cotangent)(REAL x) { return LIT(3.141592653589793) / CALL(tan)(LIT(3.141592653589793) * (x - CALL(rint)(x))); }
