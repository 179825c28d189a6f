#include "elementwise.h"

INLINE vf squared(vf x, vf y, const problem *p, vf *slope) {
    vf r = x - y;
    *slope = r + r;
    return r * r;
}
MEAN(mse, 2, squared)

// With s = clamp(r, -d, d): the slope is s, the term s (r - s / 2).
INLINE vf huber_term(vf x, vf y, const problem *p, vf *slope) {
    vf r = x - y, s = smaller(larger(r, all(-p->p[0])), all(p->p[0]));
    *slope = s;
    return s * (r - 0.5f * s);
}
MEAN(huber, 2, huber_term)

INLINE vf log_cosh_term(vf x, vf y, const problem *p, vf *slope) {
    vf r = x - y, a = absolute(r), e = vexp(-2 * a);
    vf t = (1 - e) / (1 + e);
    *slope = (vf)((vi)t | ((vi)r & (int)0x80000000));
    return a + vlog1p_unit(e) - 0.693147181f;
}
MEAN(log_cosh, 2, log_cosh_term)

INLINE vf poisson_term(vf x, vf y, const problem *p, vf *slope) {
    vf e = vexp(x);
    *slope = e - y;
    return e - y * x;
}
MEAN(poisson, 2, poisson_term)

INLINE vf elastic_term(vf x, vf y, const problem *p, vf *slope) {
    vf one = (vf)(((vi)x & (int)0x80000000) | (vi)all(p->p[0]));
    *slope = choose(x == 0, all(0), one) + 2 * p->p[1] * x;
    return absolute(x) * (p->p[0] + p->p[1] * absolute(x));
}
double elastic_net(problem *p, int gradient) { return sum(p, elastic_term, 1, gradient, 1); }

// t log(t / p), whose slope by p is -t / p: one quotient for both.
INLINE vf kl_term(vf x, vf y, const problem *p, vf *slope) {
    vf q = y / x;
    *slope = -q;
    return y * vlog(larger(q, all(1.2e-38f)));
}
double kl(problem *p, int gradient) {
    problem flat = *p;
    flat.n = p->n * p->c;
    return sum(&flat, kl_term, 2, gradient, 1.0f / p->n) / p->n;
}
