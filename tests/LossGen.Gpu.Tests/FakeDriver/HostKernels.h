/* What makes kernels of CUDA C++ or HIP a program for the processor: threads are fibers of the fake driver, one block after the other. */
#include <math.h>
#include <string.h>

#define __global__
#define __device__
#define __forceinline__ inline
#define __launch_bounds__(threads)
#define __shared__ static /* one block at a time */
#define LG_COPIED fake_yield()
#define LG_ROOM(name) static lg_bytes16 name[(227 << 10) / sizeof(lg_bytes16)]

struct fake_index { unsigned x, y, z; };
extern "C" fake_index fake_thread, fake_block, fake_block_size, fake_grid_size;
extern "C" void fake_barrier();
extern "C" void fake_yield();
#define threadIdx fake_thread
#define blockIdx fake_block
#define blockDim fake_block_size
#define gridDim fake_grid_size
#define __syncthreads fake_barrier

template <class To, class From> static inline To fake_bits(From from) { To to; static_assert(sizeof to == sizeof from); memcpy(&to, &from, sizeof to); return to; }
static inline float __int_as_float(int bits) { return fake_bits<float>(bits); }
static inline float __uint_as_float(unsigned bits) { return fake_bits<float>(bits); }
static inline int __float_as_int(float x) { return fake_bits<int>(x); }
static inline unsigned __float_as_uint(float x) { return fake_bits<unsigned>(x); }

static inline float fake_half_to_float(unsigned short half)
{
    int exponent = (half >> 10) & 31, fraction = half & 1023;
    float size = exponent == 31 ? (fraction ? NAN : INFINITY) : exponent ? ldexpf((float)(1024 + fraction), exponent - 25) : ldexpf((float)fraction, -24);
    return half & 0x8000 ? -size : size;
}

static inline unsigned short fake_half_of_float(float x)
{
    unsigned sign = (__float_as_uint(x) >> 16) & 0x8000;
    float size = fabsf(x);
    if (size != size) return 0x7fff;
    if (size == 0.0f) return (unsigned short)sign;
    if (size >= 65520.0f) return (unsigned short)(sign | 0x7c00);
    int exponent;
    frexpf(size, &exponent);
    int ulp = exponent < -13 ? -24 : exponent - 11; /* of subnormal halves, or of those of the same exponent */
    int units = (int)rintf(ldexpf(size, -ulp));     /* to the even one where it lies between two */
    int whole = exponent < -13 ? units : units + ((ulp + 24) << 10); /* a carry raises the exponent */
    return (unsigned short)(sign | (unsigned)whole);
}

/* The instructions that the prelude names: the fake compiler turns asm statements into calls. */
static inline float fake_ptx_cvt_f32_f16(unsigned short half) { return fake_half_to_float(half); }
static inline unsigned short fake_ptx_cvt_rn_f16_f32(float x) { return fake_half_of_float(x); }

struct fake_half
{
    unsigned short bits;
    fake_half() {}
    explicit fake_half(float x) : bits(fake_half_of_float(x)) {}
    operator float() const { return fake_half_to_float(bits); }
};
#define _Float16 fake_half

/* What the driver asks of a kernel: the kinds of its arguments, one letter each, and to run one thread of it. */
template <class T> struct fake_kind { static const char value = sizeof(T) == 8 ? 'i' : 'w'; };
template <class T> struct fake_kind<T*> { static const char value = 'p'; };
template <> struct fake_kind<double> { static const char value = 'd'; };
template <> struct fake_kind<float> { static const char value = 'f'; };

template <class... A> static const char* fake_kinds(void (*)(A...))
{
    static const char kinds[] = { fake_kind<A>::value..., 0 };
    return kinds;
}

template <int N> struct fake_places {};
template <class... A, int... N> static void fake_call(void (*kernel)(A...), void** arguments, fake_places<N>...) { kernel(*(A*)arguments[N]...); }
template <int Count, int... N> struct fake_caller
{
    template <class... A> static void run(void (*kernel)(A...), void** arguments) { fake_caller<Count - 1, Count - 1, N...>::run(kernel, arguments); }
};
template <int... N> struct fake_caller<0, N...>
{
    template <class... A> static void run(void (*kernel)(A...), void** arguments) { fake_call(kernel, arguments, fake_places<N>()...); }
};
template <class... A> static void fake_run(void (*kernel)(A...), void** arguments) { fake_caller<(int)sizeof...(A)>::run(kernel, arguments); }

#define FAKE_ENTRY(name) \
    extern "C" const char* fake_kinds_##name() { return fake_kinds(name); } \
    extern "C" void fake_run_##name(void** arguments) { fake_run(name, arguments); }
