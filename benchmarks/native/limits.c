// What the machine can do: memory bandwidth and multiply-adds.
#include "vector.h"

// STREAM's triad a = b + s c over n floats: n * 12 bytes that must move. Stores go past the cache.
void triad(float *a, const float *b, const float *c, long n) {
    for (long i = 0; i + W <= n; i += W) stream(a + i, load(b + i) + 3 * load(c + i));
    _mm_sfence();
}

// Sums n floats: what reading alone reaches.
double read_all(const float *a, long n) {
    vf s[8] = {0};
    for (long i = 0; i + 8 * W <= n; i += 8 * W)
#pragma GCC unroll 8
        for (int u = 0; u < 8; u++) s[u] += load(a + i + u * W);
    return wide_sum_of(((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7])));
}

// n rounds of 12 independent multiply-adds of vectors: 24 W operations a round. By name, since gcc keeps an array of the widest ones in memory.
#define EACH(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11)
#define BEGIN(U) vf s##U = all(U);
#define STEP(U) s##U = s##U * a + b; __asm__("" : "+v"(s##U));
#define TAKE(U) total += s##U;
double multiply_add(long n) {
    vf a = all(0.999999f), b = all(1e-7f), total = all(0);
    EACH(BEGIN)
    for (long i = 0; i < n; i++) { EACH(STEP) }
    EACH(TAKE)
    return sum_of(total);
}
long lane_count(void) { return W; }
