#include "contraction.h"
#include "problem.h"

// All scores of n images and n texts over the temperature, cross-entropy along both ways; gradients by both and by the temperature.
double clip(problem *p, int gradient) {
    long n = p->n, d = p->c;
    float t = p->p[0];
    float *s = malloc(n * n * 4), *e = malloc(n * n * 4), *most = malloc(n * 4), *total = malloc(n * 4);
    product(n, n, d, p->x[0], d, 1, p->x[1], 1, d, s);
    double loss = 0, slope = 0;
    for (long j = 0; j < n; j++) most[j] = -1e30f, total[j] = 0;
    for (long i = 0; i < n; i++) {
        float *row = s + i * n, m = -1e30f, sum = 0;
#pragma omp simd reduction(max : m)
        for (long j = 0; j < n; j++) {
            row[j] /= t;
            m = row[j] > m ? row[j] : m;
            most[j] = row[j] > most[j] ? row[j] : most[j];
        }
        long j = 0;
        vf sums = {0};
        for (; j + W <= n; j += W) {
            vf q = vexp(load(row + j) - m);
            sums += q;
            store(e + i * n + j, q);
        }
        if (j < n) {
            vf q = vexp(load_first(row + j, n - j) - m);
            sums += choose(first(n - j), q, all(0));
            store_first(e + i * n + j, q, n - j);
        }
        sum = sum_of(sums);
        loss += (m + log(sum)) / 2 - row[i];
        float half = 0.5f / sum;
        if (gradient)
            for (long k = 0; k < n; k++) e[i * n + k] *= half;
    }
    // The columns' sums, and with gradients each column's terms on the way.
    for (long i = 0; i < n; i++)
        for (long j = 0; j < n; j += W) {
            long rest = n - j < W ? n - j : W;
            store_first(total + j, load_first(total + j, rest) + vexp(load_first(s + i * n + j, rest) - load_first(most + j, rest)), rest);
        }
    for (long j = 0; j < n; j++) loss += (most[j] + log(total[j])) / 2;
    if (gradient) {
        float scale = 1 / (t * n);
        for (long j = 0; j < n; j++) total[j] = 0.5f / total[j];
        for (long i = 0; i < n; i++) {
            float *row = s + i * n, *g = e + i * n;
            g[i] -= 1;
            vf products = {0};
            for (long j = 0; j < n; j += W) {
                long rest = n - j < W ? n - j : W;
                vf x = load_first(row + j, rest);
                vf q = load_first(g + j, rest) + vexp(x - load_first(most + j, rest)) * load_first(total + j, rest);
                products += choose(first(rest), q * x, all(0));
                store_first(g + j, q * scale, rest);
            }
            slope -= wide_sum_of(products);
        }
        product(n, d, n, e, n, 1, p->x[1], d, 1, p->g[0]);
        product(n, d, n, e, 1, n, p->x[0], d, 1, p->g[1]);
        p->g[2][0] = slope / t / n;
    }
    free(s);
    free(e);
    free(most);
    free(total);
    return loss / n;
}
