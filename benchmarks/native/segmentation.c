// Dice and cross-entropy of a softmax over c planes of d pixels, for each of n images, with one label a pixel.
#include "problem.h"
#include "vector.h"

#define STRIP 256   // pixels of all classes that stay in the first-level cache

// Softmax of one strip into e, rows of STRIP; adds up -log p of the labels, and p, p y, y of each class.
INLINE double strip(const float *x, const int *k, long c, long d, long count, float *e, vf *size, vf *overlap, vf *volume) {
    vf m[STRIP / W], s[STRIP / W], own[STRIP / W];
    long v = count / W;
    for (long i = 0; i < v; i++) m[i] = load(x + i * W);
    for (long j = 1; j < c; j++)
        for (long i = 0; i < v; i++) m[i] = larger(m[i], load(x + j * d + i * W));
    for (long i = 0; i < v; i++) s[i] = own[i] = all(0);
    for (long j = 0; j < c; j++)
        for (long i = 0; i < v; i++) {
            vf shifted = load(x + j * d + i * W) - m[i], t = vexp(shifted);
            own[i] = choose(load_int(k + i * W) == (int)j, shifted, own[i]);
            store(e + j * STRIP + i * W, t);
            s[i] += t;
        }
    vf nll = all(0);
    for (long i = 0; i < v; i++) {
        nll += vlog(s[i]) - own[i];
        s[i] = 1 / s[i];
    }
    for (long j = 0; j < c; j++) {
        vf a = all(0), b = all(0), y = all(0);
        for (long i = 0; i < v; i++) {
            vi is = load_int(k + i * W) == (int)j;
            vf q = load(e + j * STRIP + i * W) * s[i];
            store(e + j * STRIP + i * W, q);
            a += q;
            b += (vf)((vi)q & is);
            y += (vf)((vi)all(1) & is);
        }
        size[j] += a;
        overlap[j] += b;
        volume[j] += y;
    }
    return wide_sum_of(nll);
}

// d is a multiple of the strip.
double dice_ce(problem *p, int gradient) {
    long c = p->c, d = p->d;
    double nll = 0, dice = 0, smooth = p->p[0];
    float *e = malloc(c * STRIP * 4), *first_term = malloc(c * 4), *second_term = malloc(c * 4);
    vf *sums = aligned_alloc(64, 3 * c * sizeof(vf));
    for (long n = 0; n < p->n; n++) {
        const float *x = p->x[0] + n * c * d;
        const int *k = p->k[0] + n * d;
        float *g = p->g[0] + n * c * d;
        double total[3][c];
        memset(total, 0, sizeof total);
        for (long i = 0; i < d; i += STRIP) {
            memset(sums, 0, 3 * c * sizeof(vf));
            nll += strip(x + i, k + i, c, d, STRIP, e, sums, sums + c, sums + 2 * c);
            for (int q = 0; q < 3; q++)
                for (long j = 0; j < c; j++) total[q][j] += wide_sum_of(sums[q * c + j]);
            if (gradient)
                for (long j = 0; j < c; j++) memcpy(g + j * d + i, e + j * STRIP, STRIP * 4);
        }
        for (long j = 0; j < c; j++) {
            double all_of = total[0][j] + total[2][j] + smooth, ratio = (2 * total[1][j] + smooth) / all_of;
            dice += 1 - ratio;
            first_term[j] = ratio / all_of / (p->n * c);
            second_term[j] = -2 / all_of / (p->n * c);
        }
        if (!gradient) continue;
        // By p: w = a + b y; by the score: p (w - sum p w) + (p - y) / pixels.
        float share = 1.0f / (p->n * d);
        for (long i = 0; i < d; i += STRIP) {
            vf mean[STRIP / W];
            for (long v = 0; v < STRIP / W; v++) mean[v] = all(0);
            for (long j = 0; j < c; j++)
                for (long v = 0; v < STRIP / W; v++) {
                    vi is = load_int(k + i + v * W) == (int)j;
                    vf w = first_term[j] + (vf)((vi)all(second_term[j]) & is);
                    mean[v] += load(g + j * d + i + v * W) * w;
                }
            for (long j = 0; j < c; j++)
                for (long v = 0; v < STRIP / W; v++) {
                    vi is = load_int(k + i + v * W) == (int)j;
                    vf w = first_term[j] + (vf)((vi)all(second_term[j]) & is), q = load(g + j * d + i + v * W);
                    store(g + j * d + i + v * W, q * (w - mean[v] + share) - (vf)((vi)all(share) & is));
                }
        }
    }
    free(e);
    free(first_term);
    free(second_term);
    free(sums);
    return dice / (p->n * c) + nll / (p->n * d);
}
