#include "problem.h"
#include "vector.h"

// mean(max(0, |a - p|^2 - |a - q|^2 + margin)); a row is read twice, the second time from the first-level cache.
double triplet(problem *p, int gradient) {
    long d = p->c;
    double total = 0;
    float scale = 2.0f / p->n;
    for (long n = 0; n < p->n; n++) {
        const float *a = p->x[0] + n * d, *b = p->x[1] + n * d, *c = p->x[2] + n * d;
        float *ga = p->g[0] + n * d, *gb = p->g[1] + n * d, *gc = p->g[2] + n * d;
        vf s[4] = {0};
        long i = 0;
        for (; i + 4 * W <= d; i += 4 * W)
#pragma GCC unroll 4
            for (int u = 0; u < 4; u++) {
                vf x = load(a + i + u * W), near = x - load(b + i + u * W), far = x - load(c + i + u * W);
                s[u] += near * near - far * far;
            }
        for (; i < d; i += W) {
            long rest = d - i < W ? d - i : W;
            vf x = load_first(a + i, rest), near = x - load_first(b + i, rest), far = x - load_first(c + i, rest);
            s[0] += near * near - far * far;
        }
        double row = wide_sum_of((s[0] + s[1]) + (s[2] + s[3])) + p->p[0];
        total += row > 0 ? row : 0;
        if (!gradient) continue;
        if (row > 0) {
#pragma omp simd
            for (long j = 0; j < d; j++) {
                float x = a[j], y = b[j], z = c[j];
                ga[j] = scale * (z - y);
                gb[j] = scale * (y - x);
                gc[j] = scale * (x - z);
            }
        } else {
            memset(ga, 0, d * 4);
            memset(gb, 0, d * 4);
            memset(gc, 0, d * 4);
        }
    }
    return total / p->n;
}
