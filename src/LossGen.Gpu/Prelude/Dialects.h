/* One text for OpenCL C 1.2, CUDA C++ and HIP: all that differs between them stands in this file. */
#if defined(__OPENCL_C_VERSION__) || defined(__OPENCL_VERSION__)

#define LG_G __global
#define LG_L __local
#define LG_SHARED __local
#define LG_FN static inline
#define LG_KERNEL(group) __kernel __attribute__((reqd_work_group_size(group, 1, 1))) void
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
#define LG_F32(name) name
#define LG_INFINITY as_float(0x7f800000)
#define LG_NAN as_float(0x7fc00000)
#ifdef cl_khr_fp64
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#define LG_FP64
#endif

LG_FN float lg_load_half(LG_G const lg_u16* p, lg_i64 i) { return vload_half((size_t)i, (LG_G const half*)p); }
LG_FN void lg_store_half(LG_G lg_u16* p, lg_i64 i, float x) { vstore_half_rte(x, (size_t)i, (LG_G half*)p); }

#else

#define LG_G
#define LG_L
#define LG_SHARED __shared__
#define LG_FN static __device__ __forceinline__
#define LG_KERNEL(group) extern "C" __global__ void __launch_bounds__(group)
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
#define LG_F32(name) name##f
#define LG_INFINITY __int_as_float(0x7f800000)
#define LG_NAN __int_as_float(0x7fc00000)
#define LG_FP64

#if defined(__HIP__)
LG_FN float lg_load_half(const lg_u16* p, lg_i64 i) { _Float16 h; __builtin_memcpy(&h, p + i, 2); return (float)h; }
LG_FN void lg_store_half(lg_u16* p, lg_i64 i, float x) { _Float16 h = (_Float16)x; __builtin_memcpy(p + i, &h, 2); }
#else
LG_FN float lg_load_half(const lg_u16* p, lg_i64 i) { float x; asm("cvt.f32.f16 %0, %1;" : "=f"(x) : "h"(p[i])); return x; }
LG_FN void lg_store_half(lg_u16* p, lg_i64 i, float x) { lg_u16 h; asm("cvt.rn.f16.f32 %0, %1;" : "=h"(h) : "f"(x)); p[i] = h; }
#endif

#endif

/* Whether an index lies in its axis. */
LG_FN int lg_in(lg_i64 index, lg_i64 size) { return (lg_u64)index < (lg_u64)size; }

LG_FN lg_i64 lg_imax(lg_i64 a, lg_i64 b) { return a > b ? a : b; }
LG_FN lg_i64 lg_imin(lg_i64 a, lg_i64 b) { return a < b ? a : b; }

/* The quotient rounded down and its remainder; 0 where the divisor is 0. */
LG_FN lg_i64 lg_idiv(lg_i64 a, lg_i64 b)
{
    if (b == 0) return 0;
    if (b == -1) return (lg_i64)(0 - (lg_u64)a);
    return a / b - ((a % b != 0 && (a % b < 0) != (b < 0)) ? 1 : 0);
}

LG_FN lg_i64 lg_imod(lg_i64 a, lg_i64 b) { return b == 0 || b == -1 ? 0 : (a % b != 0 && (a % b < 0) != (b < 0)) ? a % b + b : a % b; }
