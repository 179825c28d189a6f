/* log(1 + x) for 0 <= x <= 1: x times a polynomial of the least relative error, 5e-9. In float the result is within 1.5 units of its last place. */
LG_FN float lg_log1punit(float x)
{
    float p = lg_fma(-0.0032440375f, x, 0.01985153f);
    p = lg_fma(p, x, -0.056959692f);
    p = lg_fma(p, x, 0.106036745f);
    p = lg_fma(p, x, -0.15305607f);
    p = lg_fma(p, x, 0.19675945f);
    p = lg_fma(p, x, -0.24954136f);
    p = lg_fma(p, x, 0.33329964f);
    p = lg_fma(p, x, -0.499999017f);
    return x * lg_fma(p, x, 1.0f);
}
