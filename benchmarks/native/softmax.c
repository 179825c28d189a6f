// Cross-entropy of softmax over rows of c scores, with one label each.
#include "problem.h"
#include "vector.h"

static float row_max(const float *x, long c) {
    vf m[4];
    long i = 0;
    for (int u = 0; u < 4; u++) m[u] = all(x[0]);
    for (; i + 4 * W <= c; i += 4 * W)
        for (int u = 0; u < 4; u++) m[u] = larger(m[u], load(x + i + u * W));
    for (; i + W <= c; i += W) m[0] = larger(m[0], load(x + i));
    if (i < c) m[1] = larger(m[1], choose(first(c - i), load_first(x + i, c - i), m[1]));
    return max_of(larger(larger(m[0], m[1]), larger(m[2], m[3])));
}

// The sum of e^(x - m); the terms themselves go to e if there is one.
INLINE double row_exp(const float *x, float *e, float m, long c) {
    vf s[4] = {0};
    long i = 0;
    for (; i + 4 * W <= c; i += 4 * W)
#pragma GCC unroll 4
        for (int u = 0; u < 4; u++) {
            vf t = vexp(load(x + i + u * W) - m);
            s[u] += t;
            if (e) store(e + i + u * W, t);
        }
    for (; i + W <= c; i += W) {
        vf t = vexp(load(x + i) - m);
        s[0] += t;
        if (e) store(e + i, t);
    }
    if (i < c) {
        vf t = vexp(load_first(x + i, c - i) - m);
        s[1] += choose(first(c - i), t, all(0));
        if (e) store_first(e + i, t, c - i);
    }
    return wide_sum_of((s[0] + s[1]) + (s[2] + s[3]));
}

static double long_rows(problem *p, int gradient) {
    double total = 0;
    for (long n = 0; n < p->n; n++) {
        const float *x = p->x[0] + n * p->c;
        float *g = p->g[0] + n * p->c, m = row_max(x, p->c);
        int label = p->k[0][n];
        double sum = gradient ? row_exp(x, g, m, p->c) : row_exp(x, 0, m, p->c);
        total += m + log(sum) - x[label];
        if (gradient) {
            float scale = 1 / (sum * p->n);
            for (long i = 0; i < p->c; i++) g[i] *= scale;
            g[label] -= 1.0f / p->n;
        }
    }
    return total / p->n;
}

#if W == 8
// Lane r of the result is the total of r[r], added up by `op`.
#define ACROSS(NAME, OP)                                                                                            \
    INLINE vf NAME(const vf r[8]) {                                                                                 \
        vf s[4], t[2];                                                                                              \
        for (int i = 0; i < 4; i++) {                                                                               \
            vf low = _mm256_unpacklo_ps(r[2 * i], r[2 * i + 1]), high = _mm256_unpackhi_ps(r[2 * i], r[2 * i + 1]); \
            s[i] = OP(low, high);                                                                                   \
        }                                                                                                           \
        for (int i = 0; i < 2; i++) {                                                                               \
            vf low = _mm256_shuffle_ps(s[2 * i], s[2 * i + 1], 0x44), high = _mm256_shuffle_ps(s[2 * i], s[2 * i + 1], 0xee); \
            t[i] = OP(low, high);                                                                                   \
        }                                                                                                           \
        vf low = _mm256_permute2f128_ps(t[0], t[1], 0x20), high = _mm256_permute2f128_ps(t[0], t[1], 0x31);         \
        return OP(low, high);                                                                                       \
    }
INLINE vf added(vf a, vf b) { return a + b; }
ACROSS(maxima, larger)
ACROSS(sums, added)

// Rows of at most two vectors, eight at a time: one tree of shuffles for eight maxima, one for eight sums, one logarithm.
INLINE double short_rows(problem *p, int gradient) {
    long c = p->c, low = c < W ? c : W, high = c - low, n = 0;
    double total = 0;
    vi in_low = first(low), in_high = first(high);
    for (; n + 8 <= p->n; n += 8) {
        const float *x = p->x[0] + n * c;
        vf a[8], b[8], m[8], own;
        for (int r = 0; r < 8; r++) {
            a[r] = _mm256_maskload_ps(x + r * c, (__m256i)in_low);
            b[r] = _mm256_maskload_ps(x + r * c + low, (__m256i)in_high);
            a[r] = choose(in_low, a[r], all(-1e30f));
            b[r] = choose(in_high, b[r], all(-1e30f));
            m[r] = larger(a[r], b[r]);
        }
        for (int r = 0; r < 8; r++) own[r] = x[r * c + p->k[0][n + r]];
        vf most = maxima(m);
        for (int r = 0; r < 8; r++) {
            a[r] = choose(in_low, vexp(a[r] - most[r]), all(0));
            b[r] = choose(in_high, vexp(b[r] - most[r]), all(0));
            m[r] = a[r] + b[r];
        }
        vf sum = sums(m);
        total += wide_sum_of(most + vlog(sum) - own);
        if (gradient) {
            float *g = p->g[0] + n * c;
            vf scale = 1 / (sum * (float)p->n);
            for (int r = 0; r < 8; r++) {
                _mm256_maskstore_ps(g + r * c, (__m256i)in_low, a[r] * scale[r]);
                _mm256_maskstore_ps(g + r * c + low, (__m256i)in_high, b[r] * scale[r]);
            }
            for (int r = 0; r < 8; r++) g[r * c + p->k[0][n + r]] -= 1.0f / p->n;
        }
    }
    if (n < p->n) {
        problem rest = *p;
        rest.x[0] += n * c;
        rest.g[0] += n * c;
        rest.k[0] += n;
        rest.n = p->n - n;
        total += long_rows(&rest, 0) * rest.n;
        if (gradient) {
            long_rows(&rest, 1);
            for (long i = 0; i < rest.n * c; i++) rest.g[0][i] *= (float)rest.n / p->n;
        }
    }
    return total / p->n;
}
#endif

double softmax_ce(problem *p, int gradient) {
#if W == 8
    if (p->c <= 2 * W) return gradient ? short_rows(p, 1) : short_rows(p, 0);
#endif
    return long_rows(p, gradient);
}
