/* What the headers of CUDA and HIP would declare, as far as kernels may use it: whatever else they name is an error. */
#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __shared__ __attribute__((shared))
#define __forceinline__ __inline__ __attribute__((always_inline))
#define __launch_bounds__(...) __attribute__((launch_bounds(__VA_ARGS__)))

#if defined(__HIP__)
struct lg_stub_index { unsigned x; };
extern __device__ const lg_stub_index threadIdx, blockIdx, blockDim, gridDim;
#else
#include <__clang_cuda_builtin_vars.h>
#endif

extern "C" __device__ void __syncthreads();
__device__ float __shfl_down_sync(unsigned mask, float x, unsigned distance);
__device__ double __shfl_down_sync(unsigned mask, double x, unsigned distance);
__device__ float __shfl_sync(unsigned mask, float x, int lane);
__device__ double __shfl_sync(unsigned mask, double x, int lane);
extern "C" __device__ float __int_as_float(int bits);
extern "C" __device__ int __float_as_int(float x);

#define LG_STUB(name) extern "C" __device__ float name##f(float x); extern "C" __device__ double name(double x);
LG_STUB(fabs) LG_STUB(sqrt) LG_STUB(floor) LG_STUB(ceil) LG_STUB(rint) LG_STUB(exp) LG_STUB(expm1) LG_STUB(log) LG_STUB(log1p) LG_STUB(sin) LG_STUB(cos)
LG_STUB(tan) LG_STUB(atan) LG_STUB(sinh) LG_STUB(cosh) LG_STUB(tanh) LG_STUB(erf) LG_STUB(erfc) LG_STUB(lgamma)
extern "C" __device__ float powf(float x, float y);
extern "C" __device__ double pow(double x, double y);
extern "C" __device__ float fmaf(float x, float y, float z);
extern "C" __device__ double fma(double x, double y, double z);
