// CTC by the forward-backward algorithm in logarithms, a vector of states at a time.
#include "problem.h"
#include "vector.h"

#define NOTHING -1e30f     // the logarithm of 0, far below any sum of scores

// log(e^a + e^b + e^c)
INLINE vf log_add3(vf a, vf b, vf c) {
    vf m = larger(a, larger(b, c));
    return m + vlog(vexp(a - m) + vexp(b - m) + vexp(c - m));
}

// Log-softmax of one row of c scores.
INLINE void log_softmax(const float *x, float *lp, long c) {
    vf m = all(x[0]), s = {0};
    for (long i = 0; i < c; i += W) {
        long rest = c - i < W ? c - i : W;
        m = larger(m, choose(first(rest), load_first(x + i, rest), m));
    }
    float most = max_of(m);
    for (long i = 0; i < c; i += W) {
        long rest = c - i < W ? c - i : W;
        s += choose(first(rest), vexp(load_first(x + i, rest) - most), all(0));
    }
    float shift = most + logf(sum_of(s));
    for (long i = 0; i < c; i++) lp[i] = x[i] - shift;
}

double ctc(problem *p, int gradient) {
    long classes = p->c, steps = p->d, most_states = 2 * p->s + 1;
    long wide = (most_states + W - 1) / W * W + 2 * W;      // two states before the first and behind the last that nothing reaches
    float *lp = malloc(steps * classes * 4), *alpha = malloc((steps + 1) * wide * 4), *beta = malloc(2 * wide * 4), *emit = malloc(steps * wide * 4);
    int *symbol = malloc(wide * 4);
    float *skip = malloc(wide * 4), *skip_from = malloc(wide * 4);
    double loss = 0;
    for (long n = 0; n < p->n; n++) {
        const float *x = p->x[0] + n * steps * classes;
        const int *labels = p->k[0] + n * p->s;
        long time = p->k[1][n], length = p->k[2][n], states = 2 * length + 1;
        for (long l = 0; l < wide; l++) symbol[l] = l < states && l % 2 ? labels[l / 2] : 0;
        // What a skip costs: nothing, or everything.
        for (long l = 0; l < wide; l++) skip[l] = l > 1 && l % 2 && l < states && symbol[l] != symbol[l - 2] ? 0 : NOTHING;
        for (long l = 0; l + 2 < wide; l++) skip_from[l] = skip[l + 2];
        skip_from[wide - 2] = skip_from[wide - 1] = NOTHING;
        for (long t = 0; t < time; t++) {
            log_softmax(x + t * classes, lp + t * classes, classes);
            for (long l = 0; l < wide - W; l++) emit[t * wide + l] = l < states ? lp[t * classes + symbol[l]] : NOTHING;
        }
        float *a = alpha + W;       // room for two states before
        for (long l = -W; l < wide - W; l++) a[l] = NOTHING;
        a[0] = emit[0];
        if (states > 1) a[1] = emit[1];
        for (long t = 1; t < time; t++) {
            float *now = a + t * wide, *before = now - wide;
            for (long l = -W; l < 0; l++) now[l] = NOTHING;
            for (long l = 0; l < wide - W; l += W)
                store(now + l, larger(all(NOTHING), load(emit + t * wide + l) + log_add3(load(before + l), load(before + l - 1), load(before + l - 2) + load(skip + l))));
        }
        float *last = a + (time - 1) * wide, end = last[states - 1], other = states > 1 ? last[states - 2] : NOTHING;
        float high = end > other ? end : other, likelihood = high + logf(expf(end - high) + expf(other - high));
        double share = length > 0 ? length : 1;
        loss -= likelihood / share;
        if (!gradient) continue;
        float *g = p->g[0] + n * steps * classes, scale = 1 / (share * p->n);
        for (long i = 0; i < time * classes; i += W) {
            long rest = time * classes - i < W ? time * classes - i : W;
            store_first(g + i, vexp(load_first(lp + i, rest)) * scale, rest);
        }
        memset(g + time * classes, 0, (steps - time) * classes * 4);
        // beta with the emission of its own step, so that a step reads one row.
        float *now = beta, *after = beta + wide;
        for (long l = 0; l < wide; l++) after[l] = now[l] = NOTHING;
        for (long t = time - 1; t >= 0; t--) {
            if (t == time - 1) {
                for (long l = 0; l < wide; l++) now[l] = NOTHING;
                now[states - 1] = 0;
                if (states > 1) now[states - 2] = 0;
            } else
                for (long l = 0; l < wide - W; l += W)
                    store(now + l, larger(all(NOTHING), log_add3(load(after + l), load(after + l + 1), load(after + l + 2) + load(skip_from + l))));
            float occupied[wide];
            for (long l = 0; l < wide - W; l += W) {
                store(occupied + l, vexp(load(a + t * wide + l) + load(now + l) - likelihood));
                store(now + l, larger(all(NOTHING), load(now + l) + load(emit + t * wide + l)));
            }
            float blanks = 0;
            for (long l = 0; l < states; l += 2) blanks += occupied[l];
            g[t * classes] -= scale * blanks;
            for (long l = 1; l < states; l += 2) g[t * classes + symbol[l]] -= scale * occupied[l];
            float *swap = now;
            now = after;
            after = swap;
        }
    }
    free(lp), free(alpha), free(beta), free(emit), free(symbol), free(skip), free(skip_from);
    return loss / p->n;
}
