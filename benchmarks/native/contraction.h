// C = A B for row-major matrices, tiles in registers, panels packed so that they are read in order.
#pragma once
#include "vector.h"

#ifdef __AVX512F__
#define TILE_ROWS 12
#else
#define TILE_ROWS 6
#endif
#define TILE_VECTORS 2
#define TILE_COLUMNS (TILE_VECTORS * W)
#define DEPTH 256          // of a panel: TILE_COLUMNS * DEPTH floats stay in the first-level cache
#define ROWS 96            // of A packed at a time: ROWS * DEPTH floats stay in the second-level cache

// One tile of C += packed rows of A times packed columns of B.
INLINE void tile(const float *a, const float *b, long depth, float *c, long stride, int rows, long columns) {
    vf s[TILE_ROWS][TILE_VECTORS] = {0};
    for (long k = 0; k < depth; k++) {
        vf b0 = load(b + k * TILE_COLUMNS), b1 = load(b + k * TILE_COLUMNS + W);
#pragma GCC unroll 12
        for (int r = 0; r < TILE_ROWS; r++) {
            s[r][0] += all(a[k * TILE_ROWS + r]) * b0;
            s[r][1] += all(a[k * TILE_ROWS + r]) * b1;
        }
    }
    if (columns == TILE_COLUMNS && rows == TILE_ROWS) {
#pragma GCC unroll 12
        for (int r = 0; r < TILE_ROWS; r++) {
            store(c + r * stride, load(c + r * stride) + s[r][0]);
            store(c + r * stride + W, load(c + r * stride + W) + s[r][1]);
        }
        return;
    }
    for (int r = 0; r < rows; r++)
        for (long j = 0; j < columns; j++) c[r * stride + j] += s[r][j / W][j % W];
}

// c (m x n) = a (m x depth) b (depth x n); element (i, k) of a stands at a[i * ai + k * ak], (k, j) of b at b[k * bk + j * bj].
static void product(long m, long n, long depth, const float *a, long ai, long ak, const float *b, long bk, long bj, float *c) {
    long wide = (n + TILE_COLUMNS - 1) / TILE_COLUMNS * TILE_COLUMNS;
    float *pa = aligned_alloc(64, (ROWS + TILE_ROWS) * DEPTH * 4), *pb = aligned_alloc(64, wide * DEPTH * 4);
    memset(c, 0, m * n * 4);
    for (long k0 = 0; k0 < depth; k0 += DEPTH) {
        long ks = depth - k0 < DEPTH ? depth - k0 : DEPTH;
        for (long j0 = 0; j0 < n; j0 += TILE_COLUMNS)
            for (long k = 0; k < ks; k++)
                for (long j = 0; j < TILE_COLUMNS; j++)
                    pb[j0 * ks + k * TILE_COLUMNS + j] = j0 + j < n ? b[(k0 + k) * bk + (j0 + j) * bj] : 0;
        for (long i0 = 0; i0 < m; i0 += ROWS) {
            long is = m - i0 < ROWS ? m - i0 : ROWS;
            for (long i = 0; i < is; i += TILE_ROWS)
                for (long k = 0; k < ks; k++)
                    for (long r = 0; r < TILE_ROWS; r++)
                        pa[i * ks + k * TILE_ROWS + r] = i + r < is ? a[(i0 + i + r) * ai + (k0 + k) * ak] : 0;
            for (long j = 0; j < n; j += TILE_COLUMNS)
                for (long i = 0; i < is; i += TILE_ROWS)
                    tile(pa + i * ks, pb + j * ks, ks, c + (i0 + i) * n + j, n, is - i < TILE_ROWS ? is - i : TILE_ROWS, n - j < TILE_COLUMNS ? n - j : TILE_COLUMNS);
        }
    }
    free(pa);
    free(pb);
}
