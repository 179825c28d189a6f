// Vectors of floats in the widest registers that the compiler was told of, and what the losses need of them.
#pragma once
#include <immintrin.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

#ifdef __AVX512F__
#define W 16
#else
#define W 8
#endif

typedef float vf __attribute__((vector_size(4 * W)));
typedef int vi __attribute__((vector_size(4 * W)));
typedef float vf_unaligned __attribute__((vector_size(4 * W), aligned(4)));
typedef int vi_unaligned __attribute__((vector_size(4 * W), aligned(4)));

INLINE vf all(float a) { return a - (vf){0}; }
INLINE vf load(const float *p) { return *(const vf_unaligned *)p; }
INLINE vi load_int(const int *p) { return *(const vi_unaligned *)p; }
INLINE void store(float *p, vf a) { *(vf_unaligned *)p = a; }
INLINE vf absolute(vf a) { return (vf)((vi)a & 0x7fffffff); }

#ifdef __AVX512F__
INLINE vf larger(vf a, vf b) { return _mm512_max_ps(a, b); }
INLINE vf smaller(vf a, vf b) { return _mm512_min_ps(a, b); }
INLINE vf choose(vi mask, vf a, vf b) { return _mm512_mask_blend_ps(_mm512_movepi32_mask((__m512i)mask), b, a); }
INLINE vi nearest(vf a) { return (vi)_mm512_cvtps_epi32(a); }
INLINE void stream(float *p, vf a) { _mm512_stream_ps(p, a); }
#else
INLINE vf larger(vf a, vf b) { return _mm256_max_ps(a, b); }
INLINE vf smaller(vf a, vf b) { return _mm256_min_ps(a, b); }
INLINE vf choose(vi mask, vf a, vf b) { return _mm256_blendv_ps(b, a, (vf)mask); }
INLINE vi nearest(vf a) { return (vi)_mm256_cvtps_epi32(a); }
INLINE void stream(float *p, vf a) { _mm256_stream_ps(p, a); }
#endif
INLINE vf to_float(vi a) { return __builtin_convertvector(a, vf); }

// The first `rest` elements, 0 in the other lanes.
INLINE vf load_first(const float *p, long rest) {
    if (rest == W) return load(p);
    float a[W] = {0};
    memcpy(a, p, rest * 4);
    return load(a);
}
INLINE void store_first(float *p, vf v, long rest) {
    if (rest == W) { store(p, v); return; }
    float a[W];
    store(a, v);
    memcpy(p, a, rest * 4);
}
static const int lanes[2 * W] = {[0 ... W - 1] = -1};
INLINE vi first(long rest) { return load_int(lanes + W - rest); }

INLINE float sum_of(vf a) {
    float s = 0;
    for (int i = 0; i < W; i++) s += a[i];
    return s;
}
INLINE double wide_sum_of(vf a) { return sum_of(a); }
INLINE float max_of(vf a) {
    float m = a[0];
    for (int i = 1; i < W; i++) m = a[i] > m ? a[i] : m;
    return m;
}

// e^x for x in [-87, 88]: 1e-7 relative. x = k log 2 + r, |r| <= log(2) / 2.
INLINE vf vexp(vf x) {
    x = smaller(larger(x, all(-87.3f)), all(88.3f));
    vi k = nearest(x * 1.44269504f);
    vf f = to_float(k);
    vf r = x - f * 0.693359375f + f * 2.12194440e-4f;
    vf r2 = r * r;
    vf low = 0.499992311f + r * 0.166671142f;
    vf high = 0.0418901592f + r * 0.00831252243f;
    vf e = 1 + r + r2 * (low + r2 * high);
    return (vf)((vi)e + (k << 23));
}

// log(1 + u) for u in [0, 1]: 2e-7 relative.
INLINE vf vlog1p_unit(vf u) {
    vf u2 = u * u, u4 = u2 * u2;
    vf a = 0.999999821f - u * 0.499974042f, b = 0.332754761f - u * 0.244954497f;
    vf c = 0.177452043f - u * 0.10768117f, d = 0.0440892391f - u * 0.00853909630f;
    return u * ((a + u2 * b) + u4 * (c + u2 * d));
}

// log x for positive normal x: 3e-8 relative beside rounding. x = 2^k (1 + f), 1 + f in [sqrt(1/2), sqrt 2].
INLINE vf vlog(vf x) {
    vi bits = (vi)x - 0x3f3504f3;
    vi k = bits >> 23;
    vf f = (vf)((bits & 0x007fffff) + 0x3f3504f3) - 1;
    vf f2 = f * f, f4 = f2 * f2;
    vf a = 0.333339095f - f * 0.250013381f, b = 0.199630618f - f * 0.165775865f;
    vf c = 0.149147868f - f * 0.142674759f;
    vf q = (a + f2 * b) + f4 * (c + f2 * 0.0870036036f);
    vf s = to_float(k);
    return s * 0.693359375f + (f - f2 * 0.5f + f2 * f * q - s * 2.12194440e-4f);
}
