// One pass over inputs of the same length that adds up a term and writes its slope.
#pragma once
#include "problem.h"
#include "vector.h"

// The term at the given elements, and its slope by the first.
typedef vf term(vf x, vf y, const problem *p, vf *slope);

#define BLOCK 4096                       // elements that a float lane adds up before the sum goes on in double
#define UNROLL 4
#define CACHED (4l << 20)                // gradients of more elements go past the cache
#define NEAR (1l << 20)                  // inputs of more elements are announced
#define AHEAD 1024                       // elements before they are read

INLINE double pass(problem *p, term *f, int inputs, int gradient, int far, int past, float scale) {
    const float *x = p->x[0], *y = inputs > 1 ? p->x[1] : p->x[0];
    float *g = p->g[0];
    double total = 0;
    for (long start = 0; start < p->n; start += BLOCK) {
        long end = start + BLOCK < p->n ? start + BLOCK : p->n, i = start;
        vf sums[UNROLL] = {0}, slope;
        for (; i + UNROLL * W <= end; i += UNROLL * W) {
#pragma GCC unroll 4
            for (int u = 0; u < UNROLL; u++) {
                if (far) __builtin_prefetch(x + i + u * W + AHEAD);
                if (far && inputs > 1) __builtin_prefetch(y + i + u * W + AHEAD);
                sums[u] += f(load(x + i + u * W), load(y + i + u * W), p, &slope);
                if (gradient && past) stream(g + i + u * W, slope * scale);
                else if (gradient) store(g + i + u * W, slope * scale);
            }
        }
        for (; i + W <= end; i += W) {
            sums[0] += f(load(x + i), load(y + i), p, &slope);
            if (gradient) store(g + i, slope * scale);
        }
        if (i < end) {
            vf t = f(load_first(x + i, end - i), load_first(y + i, end - i), p, &slope);
            sums[1] += choose(first(end - i), t, all(0));
            if (gradient) store_first(g + i, slope * scale, end - i);
        }
        total += wide_sum_of((sums[0] + sums[1]) + (sums[2] + sums[3]));
    }
    if (gradient && past) _mm_sfence();
    return total;
}

INLINE double sum(problem *p, term *f, int inputs, int gradient, float scale) {
    int far = p->n > NEAR;
    if (!gradient) return far ? pass(p, f, inputs, 0, 1, 0, scale) : pass(p, f, inputs, 0, 0, 0, scale);
    if (p->n > CACHED && ((size_t)p->g[0] & (4 * W - 1)) == 0) return pass(p, f, inputs, 1, 1, 1, scale);
    if (far) return pass(p, f, inputs, 1, 1, 0, scale);
    return pass(p, f, inputs, 1, 0, 0, scale);
}

#define MEAN(NAME, INPUTS, TERM) \
    double NAME(problem *p, int gradient) { return sum(p, TERM, INPUTS, gradient, 1.0f / p->n) / p->n; }
