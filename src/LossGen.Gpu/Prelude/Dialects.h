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
#define LG_KERNEL(group) extern "C" __global__ void __launch_bounds__(group)
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

#endif

#define LG_INFINITY LG_FLOAT_OF(0x7f800000)
#define LG_NAN LG_FLOAT_OF(0x7fc00000)
