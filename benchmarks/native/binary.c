#include "elementwise.h"

// softplus(x) and sigmoid(x) of one e^-|x|.
INLINE vf softplus(vf x, vf *sigmoid) {
    vf e = vexp(-absolute(x)), q = 1 / (1 + e);
    *sigmoid = choose(x < 0, e * q, q);
    return larger(x, all(0)) + vlog1p_unit(e);
}

INLINE vf bce_term(vf x, vf y, const problem *p, vf *slope) {
    vf sigmoid, s = softplus(x, &sigmoid);
    *slope = sigmoid - y;
    return s - y * x;
}
MEAN(bce, 2, bce_term)

// w (1 - pt)^2 ce with pt = e^-ce, w = alpha y + (1 - alpha) (1 - y); the slope by ce is w (1 - pt) (1 - pt + 2 pt ce).
INLINE vf focal_term(vf x, vf y, const problem *p, vf *slope) {
    vf sigmoid, ce = softplus(x, &sigmoid) - y * x;
    vf pt = vexp(-ce), q = 1 - pt, w = (1 - p->p[0]) + (2 * p->p[0] - 1) * y;
    *slope = w * q * (q + 2 * pt * ce) * (sigmoid - y);
    return w * q * q * ce;
}
MEAN(focal, 2, focal_term)

// The same for any exponent.
INLINE vf focal_gamma_term(vf x, vf y, const problem *p, vf *slope) {
    vf sigmoid, ce = softplus(x, &sigmoid) - y * x;
    vf pt = vexp(-ce), q = larger(1 - pt, all(1.2e-38f)), w = (1 - p->p[0]) + (2 * p->p[0] - 1) * y;
    vf less = vexp((p->p[1] - 1) * vlog(q));
    *slope = w * less * (q + p->p[1] * pt * ce) * (sigmoid - y);
    return w * less * q * ce;
}
MEAN(focal_gamma, 2, focal_gamma_term)

// Dice of sigmoid(x) plus cross-entropy: the first pass adds up and keeps the sigmoid in the gradient, the second finishes the gradient.
INLINE double dice_sums(problem *p, int gradient, double *overlap, double *size) {
    const float *x = p->x[0], *y = p->x[1];
    double bce = 0, both = 0, each = 0;
    for (long start = 0; start < p->n; start += BLOCK) {
        long end = start + BLOCK < p->n ? start + BLOCK : p->n;
        vf s[2] = {0}, o[2] = {0}, z[2] = {0}, sigmoid;
        long i = start;
        for (; i + 2 * W <= end; i += 2 * W) {
#pragma GCC unroll 2
            for (int u = 0; u < 2; u++) {
                vf a = load(x + i + u * W), b = load(y + i + u * W);
                s[u] += softplus(a, &sigmoid) - a * b;
                o[u] += sigmoid * b;
                z[u] += sigmoid + b;
                if (gradient) store(p->g[0] + i + u * W, sigmoid);
            }
        }
        for (; i < end; i += W) {
            long rest = end - i < W ? end - i : W;
            vf a = load_first(x + i, rest), b = load_first(y + i, rest), t = softplus(a, &sigmoid) - a * b;
            s[0] += choose(first(rest), t, all(0));
            o[0] += sigmoid * b;
            z[0] += choose(first(rest), sigmoid + b, all(0));
            if (gradient) store_first(p->g[0] + i, sigmoid, rest);
        }
        bce += wide_sum_of(s[0] + s[1]);
        both += wide_sum_of(o[0] + o[1]);
        each += wide_sum_of(z[0] + z[1]);
    }
    *overlap = both;
    *size = each;
    return bce;
}

double dice_bce(problem *p, int gradient) {
    double overlap, size, bce = gradient ? dice_sums(p, 1, &overlap, &size) : dice_sums(p, 0, &overlap, &size);
    double smooth = p->p[0], ratio = (2 * overlap + smooth) / (size + smooth);
    if (gradient) {
        float a = ratio / (size + smooth), b = -2 / (size + smooth), n = 1.0 / p->n;
        const float *y = p->x[1];
        float *g = p->g[0];
#pragma omp simd
        for (long i = 0; i < p->n; i++) g[i] = (a + b * y[i]) * (g[i] - g[i] * g[i]) + n * (g[i] - y[i]);
    }
    return 1 - ratio + bce / p->n;
}
