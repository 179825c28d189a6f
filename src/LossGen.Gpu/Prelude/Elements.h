/* Whether an index lies in its axis. */
LG_FN int lg_in(lg_i64 index, lg_i64 size) { return (lg_u64)index < (lg_u64)size; }

LG_FN lg_i64 lg_imax(lg_i64 a, lg_i64 b) { return a > b ? a : b; }
LG_FN lg_i64 lg_imin(lg_i64 a, lg_i64 b) { return a < b ? a : b; }

/* Which of n neighbours an index is, given how far it is from the first; -1 for none. */
LG_FN int lg_near(lg_i64 distance, int n) { return lg_in(distance, n) ? (int)distance : -1; }

/* How many of some vectors are in steps that all threads have in full. */
LG_FN lg_i64 lg_whole(lg_i64 count, lg_i64 step) { return count > 0 ? count / step * step : 0; }

/* Whether a thread has the vector that an index lies in. */
LG_FN int lg_owns(lg_i64 index, lg_i64 vectors, int width, lg_i64 thread, lg_i64 threads) { return lg_in(index, vectors * width) && index / width % threads == thread; }

/* The quotient rounded down and its remainder; 0 where the divisor is 0. */
LG_FN lg_i64 lg_idiv(lg_i64 a, lg_i64 b)
{
    if (b == 0) return 0;
    if (b == -1) return (lg_i64)(0 - (lg_u64)a);
    return a / b - ((a % b != 0 && (a % b < 0) != (b < 0)) ? 1 : 0);
}

LG_FN lg_i64 lg_imod(lg_i64 a, lg_i64 b) { return b == 0 || b == -1 ? 0 : (a % b != 0 && (a % b < 0) != (b < 0)) ? a % b + b : a % b; }

/* What is declared Half has 16 bits in memory: IEEE's, or, where LG_BFLOAT16 is defined, the upper half of a float. */
LG_FN float lg_load_half(LG_G const lg_u16* p, lg_i64 i)
{
#if defined(LG_BFLOAT16)
    return LG_FLOAT_OF((lg_u32)p[i] << 16);
#elif defined(LG_OPENCL)
    return vload_half((size_t)i, (LG_G const half*)p);
#elif defined(__HIP__)
    _Float16 h;
    __builtin_memcpy(&h, p + i, 2);
    return (float)h;
#else
    float x;
    asm("cvt.f32.f16 %0, %1;" : "=f"(x) : "h"(p[i]));
    return x;
#endif
}

/* Rounded to nearest, ties to even; NaN stays NaN. */
LG_FN void lg_store_half(LG_G lg_u16* p, lg_i64 i, float x)
{
#if defined(LG_BFLOAT16)
    lg_u32 bits = LG_BITS_OF(x);
    p[i] = (lg_u16)((x != x ? bits | 0x400000u : bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
#elif defined(LG_OPENCL)
    vstore_half_rte(x, (size_t)i, (LG_G half*)p);
#elif defined(__HIP__)
    _Float16 h = (_Float16)x;
    __builtin_memcpy(p + i, &h, 2);
#else
    lg_u16 h;
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(h) : "f"(x));
    p[i] = h;
#endif
}

/* The same for one that is held already. */
LG_FN float lg_half_of(lg_u16 bits)
{
#if defined(LG_BFLOAT16)
    return LG_FLOAT_OF((lg_u32)bits << 16);
#elif defined(LG_OPENCL)
    return vload_half(0, (const half*)&bits);
#elif defined(__HIP__)
    _Float16 h;
    __builtin_memcpy(&h, &bits, 2);
    return (float)h;
#else
    float x;
    asm("cvt.f32.f16 %0, %1;" : "=f"(x) : "h"(bits));
    return x;
#endif
}

/* The same for one of several, which lie two in a word. */
LG_FN float lg_half_at(const lg_u16* v, int k)
{
#if defined(LG_BFLOAT16) && defined(__CUDA_ARCH__)
    const lg_u32 words = ((const lg_u32*)v)[k >> 1];
    return LG_FLOAT_OF((k & 1) != 0 ? words & 0xffff0000u : words << 16);
#else
    return lg_half_of(v[k]);
#endif
}

LG_FN lg_u16 lg_half_bits(float x)
{
#if defined(LG_BFLOAT16) && defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 800
    lg_u16 h;
    asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(h) : "f"(x));
    return h;
#elif defined(LG_BFLOAT16)
    lg_u32 bits = LG_BITS_OF(x);
    return (lg_u16)((x != x ? bits | 0x400000u : bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
#elif defined(LG_OPENCL)
    lg_u16 h;
    vstore_half_rte(x, 0, (half*)&h);
    return h;
#elif defined(__HIP__)
    _Float16 h = (_Float16)x;
    lg_u16 bits;
    __builtin_memcpy(&bits, &h, 2);
    return bits;
#else
    lg_u16 h;
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(h) : "f"(x));
    return h;
#endif
}
