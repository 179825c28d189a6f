/*
 * One text for OpenCL C 1.2, CUDA C++ and HIP: all that differs between them stands in this file.
 * A product and a sum are one operation only where lg_fma says so: a value that is computed in two places has the same bits in both, and
 * what cancels is 0. CUDA's own compilers know no pragma for it and need --fmad=false.
 */
#if defined(__OPENCL_C_VERSION__) || defined(__OPENCL_VERSION__)

#pragma OPENCL FP_CONTRACT OFF
#define LG_OPENCL
#define LG_G __global
#define LG_L __local
#define LG_SHARED __local
#define LG_FN static inline
#define LG_KERNEL(group) __kernel __attribute__((reqd_work_group_size(group, 1, 1))) void
#define LG_R restrict
#define LG_SYNC barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)
#define LG_LOCAL ((int)get_local_id(0))
#define LG_GROUP_ID ((lg_i64)get_group_id(0))
#define LG_GROUPS ((lg_i64)get_num_groups(0))
#define LG_THREAD ((lg_i64)get_global_id(0))
#define LG_THREADS ((lg_i64)get_global_size(0))
typedef long lg_i64;
typedef ulong lg_u64;
typedef uchar lg_u8;
typedef ushort lg_u16;
typedef uint lg_u32;
#define LG_F32(name) name
#define LG_FLOAT_OF(bits) as_float(bits)
#define LG_BITS_OF(x) as_uint(x)
#define LG_UNROLL
#define LG_VECTORS(type, name, count, n) type name[count][n]
#define LG_LOAD(n, v, p, aligned) ((void)(aligned), vstore##n(vload##n(0, p), 0, v))
#define LG_STORE(n, v, p, aligned) ((void)(aligned), vstore##n(vload##n(0, v), 0, p))
#define LG_STREAM(n, v, p, aligned) LG_STORE(n, v, p, aligned)
#define LG_ROOM(name) __local uint4 name[1]
#define LG_KEEP(n, v, p, aligned, rest) LG_LOAD(n, v, p, aligned)
#define LG_COPY(n, v, p, aligned, rest) LG_LOAD(n, v, p, aligned)
#define LG_COPIED
#define LG_PREFETCH(p, count, workers, aligned) ((void)(aligned), (void)(p))
#define lg_larger(a, b) ((a) != (a) || (a) > (b) ? (a) : (b))
#define lg_smaller(a, b) ((a) != (a) || (a) < (b) ? (a) : (b))
#define lg_decay(x) exp(x)
#define lg_below(x) exp(x)
#define lg_ratio(a, b) ((a) / (b))
#if defined(cl_khr_fp64) && !defined(LG_SINGLE_ONLY)
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#define LG_FP64
#endif

#else

#if defined(__clang__)
#pragma clang fp contract(off)
#endif
#define LG_G
#define LG_L
#define LG_SHARED __shared__
#define LG_FN static __device__ __forceinline__
#if defined(__CUDA_ARCH__)
#define LG_SHUFFLE
#endif
/* A multiprocessor of CUDA has 512 threads at a time at least, so that each has 128 registers at most. */
#if defined(__CUDA_ARCH__)
#define LG_KERNEL(group) extern "C" __global__ void __launch_bounds__(group, (group) < 512 ? 512 / (group) : 1)
#else
#define LG_KERNEL(group) extern "C" __global__ void __launch_bounds__(group)
#endif
#define LG_R __restrict__
#define LG_SYNC __syncthreads()
#define LG_LOCAL ((int)threadIdx.x)
#define LG_GROUP_ID ((lg_i64)blockIdx.x)
#define LG_GROUPS ((lg_i64)gridDim.x)
#define LG_THREAD ((lg_i64)blockIdx.x * (lg_i64)blockDim.x + (lg_i64)threadIdx.x)
#define LG_THREADS ((lg_i64)gridDim.x * (lg_i64)blockDim.x)
typedef long long lg_i64;
typedef unsigned long long lg_u64;
typedef unsigned char lg_u8;
typedef unsigned short lg_u16;
typedef unsigned int lg_u32;
#define LG_F32(name) name##f
#define LG_FLOAT_OF(bits) __int_as_float((int)(bits))
#define LG_BITS_OF(x) ((lg_u32)__float_as_int(x))
#if !defined(LG_SINGLE_ONLY)
#define LG_FP64
#endif

#define LG_UNROLL _Pragma("unroll")

/* Neighbours in memory at once, 16 bytes at most, where arrays and their rows start at a multiple of 16 bytes; else one by one.
   In words, so that compilers do not take them apart. */
#if defined(__GNUC__) && !defined(__CUDACC__)
#define LG_WORDS(bytes) __attribute__((aligned(bytes), may_alias))
#else
#define LG_WORDS(bytes) alignas(bytes)
#endif
struct LG_WORDS(16) lg_bytes16 { lg_u32 x, y, z, w; };
struct LG_WORDS(8) lg_bytes8 { lg_u32 x, y; };
struct LG_WORDS(4) lg_bytes4 { lg_u32 x; };
template <int n, class To, class From> LG_FN void lg_move(To* to, const From* from, bool aligned)
{
    if (aligned && n * sizeof(From) == 16)
    {
        const lg_bytes16* source = (const lg_bytes16*)from;
        const lg_u32 x = source->x, y = source->y, z = source->z, w = source->w;
        lg_bytes16* target = (lg_bytes16*)to;
        target->x = x;
        target->y = y;
        target->z = z;
        target->w = w;
    }
    else if (aligned && n * sizeof(From) == 8)
    {
        const lg_u32 x = ((const lg_bytes8*)from)->x, y = ((const lg_bytes8*)from)->y;
        ((lg_bytes8*)to)->x = x;
        ((lg_bytes8*)to)->y = y;
    }
    else if (aligned && n * sizeof(From) == 4)
    {
        ((lg_bytes4*)to)->x = ((const lg_bytes4*)from)->x;
    }
    else
    {
        LG_UNROLL
        for (int k = 0; k < n; k++) to[k] = from[k];
    }
}

#define LG_VECTORS(type, name, count, n) alignas(16) type name[count][n]
#define LG_LOAD(n, v, p, aligned) lg_move<n>(v, p, aligned)
#define LG_STORE(n, v, p, aligned) lg_move<n>(p, v, aligned)

/* What a group shares beside its arrays of fixed length: as many bytes as it is launched with. */
#if !defined(LG_ROOM)
#define LG_ROOM(name) extern __shared__ lg_bytes16 name[]
#endif

#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 800
/* To memory; it leaves the cache first, whose room is for what is read again. */
template <int n, class T> LG_FN void lg_stream(T* to, const T* from, bool aligned)
{
    if (!aligned || n * sizeof(T) != 16) { lg_move<n>(to, from, aligned); return; }
    const lg_bytes16* v = (const lg_bytes16*)from;
    asm volatile("{ .reg .u64 p; cvta.to.global.u64 p, %0; st.global.cs.v4.u32 [p], {%1, %2, %3, %4}; }" :: "l"(to), "r"(v->x), "r"(v->y), "r"(v->z), "r"(v->w) : "memory");
}
#define LG_STREAM(n, v, p, aligned) lg_stream<n>(p, v, aligned)
/* What a thread keeps; where others read a rest of the row again, it leaves the cache first too. */
template <int n, class T> LG_FN void lg_keep(T* to, const T* from, bool aligned, bool rest)
{
    if (!rest || !aligned || n * sizeof(T) != 16) { lg_move<n>(to, from, aligned); return; }
    lg_bytes16* v = (lg_bytes16*)to;
    asm volatile("{ .reg .u64 p; cvta.to.global.u64 p, %4; ld.global.cs.v4.u32 {%0, %1, %2, %3}, [p]; }" : "=r"(v->x), "=r"(v->y), "=r"(v->z), "=r"(v->w) : "l"(from));
}
#define LG_KEEP(n, v, p, aligned, rest) lg_keep<n>(v, p, aligned, rest)

/* The same to a group's memory, while the thread goes on; it is there once the thread has waited for all of its copies. */
template <int n, class T> LG_FN void lg_copy(T* to, const T* from, bool aligned, bool rest)
{
    if (!aligned || n * sizeof(T) != 16) { lg_move<n>(to, from, aligned); return; }
    if (rest)
        asm volatile("{ .reg .u64 p, q, f; .reg .u32 s; cvta.to.shared.u64 p, %0; cvt.u32.u64 s, p; cvta.to.global.u64 q, %1; createpolicy.fractional.L2::evict_first.b64 f, 1.0;"
            " cp.async.cg.shared.global.L2::cache_hint [s], [q], 16, f; }" :: "l"(to), "l"(from) : "memory");
    else
        asm volatile("{ .reg .u64 p, q; .reg .u32 s; cvta.to.shared.u64 p, %0; cvt.u32.u64 s, p; cvta.to.global.u64 q, %1; cp.async.cg.shared.global [s], [q], 16; }"
            :: "l"(to), "l"(from) : "memory");
}
#define LG_COPY(n, v, p, aligned, rest) lg_copy<n>(v, p, aligned, rest)
#define LG_COPIED asm volatile("cp.async.wait_all;" ::: "memory")

/* Asks for a row, or a part of it, to come to the second cache, where it has room for those of all workers. */
template <class T> LG_FN void lg_prefetch(const T* row, lg_i64 count, lg_i64 workers, bool aligned)
{
#if __CUDA_ARCH__ >= 900
    const lg_i64 bytes = count * (lg_i64)sizeof(T);
    if (aligned && bytes > 0 && bytes * workers <= 24 << 20 && ((bytes | (lg_i64)row) & 15) == 0)
        asm volatile("{ .reg .u64 p; cvta.to.global.u64 p, %0; cp.async.bulk.prefetch.L2.global [p], %1; }" :: "l"(row), "r"((lg_u32)bytes) : "memory");
#else
    (void)row; (void)count; (void)workers; (void)aligned;
#endif
}
#define LG_PREFETCH(p, count, workers, aligned) lg_prefetch(p, count, workers, aligned)

/* NaN wins in one instruction. Templates, since what a program leaves unused is no reason for a warning. */
template <class T> LG_FN T lg_largerf(T a, T b) { T r; asm("max.NaN.f32 %0, %1, %2;" : "=f"(r) : "f"(a), "f"(b)); return r; }
template <class T> LG_FN T lg_smallerf(T a, T b) { T r; asm("min.NaN.f32 %0, %1, %2;" : "=f"(r) : "f"(a), "f"(b)); return r; }

/* e^x for x <= 0: 2^h for h = x / log 2 rounded, times 1 + (x - h log 2). What is below the least normal number is 0. */
template <class T> LG_FN T lg_decayf(T x)
{
    const T c = lg_largerf(x, -104.0f), h = c * 1.44269504f;
    T power;
    asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(power) : "f"(h));
    return fmaf(power, fmaf(h, -0.693147182f, c), power);
}

/* The same beside the 1 of the largest term: that x / log 2 is rounded moves it by less than 2^-25 of that. */
template <class T> LG_FN T lg_belowf(T x)
{
    T power;
    asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(power) : "f"(x * 1.44269504f));
    return power;
}

/* a / b for 1 <= b <= 2: no care for what overflows. */
template <class T> LG_FN T lg_ratiof(T a, T b)
{
    T inverse;
    asm("rcp.approx.ftz.f32 %0, %1;" : "=f"(inverse) : "f"(b));
    return a * inverse;
}
#else
#define LG_STREAM(n, v, p, aligned) LG_STORE(n, v, p, aligned)
#define LG_KEEP(n, v, p, aligned, rest) LG_LOAD(n, v, p, aligned)
#define LG_COPY(n, v, p, aligned, rest) LG_LOAD(n, v, p, aligned)
#if !defined(LG_COPIED)
#define LG_COPIED
#endif
#define LG_PREFETCH(p, count, workers, aligned) ((void)(aligned), (void)(p))
#define lg_largerf(a, b) ((a) != (a) || (a) > (b) ? (a) : (b))
#define lg_smallerf(a, b) ((a) != (a) || (a) < (b) ? (a) : (b))
#define lg_decayf(x) expf(x)
#define lg_belowf(x) expf(x)
#define lg_ratiof(a, b) ((a) / (b))
#endif
#define lg_larger(a, b) ((a) != (a) || (a) > (b) ? (a) : (b))
#define lg_smaller(a, b) ((a) != (a) || (a) < (b) ? (a) : (b))
#define lg_decay(x) exp(x)
#define lg_below(x) exp(x)
#define lg_ratio(a, b) ((a) / (b))

#endif

/* How many numbers a group has room for where its threads combine theirs. */
#if defined(LG_SHUFFLE)
#define LG_SHARES(group) ((group) < 32 ? (group) : 32)
#else
#define LG_SHARES(group) (group)
#endif

/* Whether a lane has a vector in a turn of those that are kept: in the last one, not all lanes do.
   A macro, since kernels that keep nothing leave it unused. */
#define LG_HAS(turn, turns, vector, vectors) ((turn) + 1 < (turns) || ((turn) < (turns) && (vector) < (vectors)))

#define LG_INFINITY LG_FLOAT_OF(0x7f800000)
#define LG_NAN LG_FLOAT_OF(0x7fc00000)
