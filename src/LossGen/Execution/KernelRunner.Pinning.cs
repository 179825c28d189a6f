using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LossGen.Runtime;

// One method for each number of tensors, rounded up: a pinned local costs a store at entry and at exit whether it is used or not. Null references pin as
// null pointers. Up to four tensors come as arguments (KernelRunner.Few.cs), more in frames. Buffers are inline arrays rather than stackalloc, which would make the
// compiler guard the stack and copy parameters: some ns of each call.
public static unsafe partial class KernelRunner
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Pin8<TKernel>(ref KernelFrame8 frame)
        where TKernel : struct, IKernel
    {
        Pointers8 pointers;
        byte** tensors = (byte**)&pointers;
        fixed (byte* t0 = &frame.Tensor0, t1 = &frame.Tensor1, t2 = &frame.Tensor2, t3 = &frame.Tensor3,
            t4 = &frame.Tensor4, t5 = &frame.Tensor5, t6 = &frame.Tensor6, t7 = &frame.Tensor7)
        {
            tensors[0] = t0; tensors[1] = t1; tensors[2] = t2; tensors[3] = t3;
            tensors[4] = t4; tensors[5] = t5; tensors[6] = t6; tensors[7] = t7;
            Execute<TKernel>(tensors, ref First(frame.Sizes), ref First(frame.Scalars), ref First(frame.Integers));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Pin16<TKernel>(ref KernelFrame frame)
        where TKernel : struct, IKernel
    {
        Pointers16 pointers;
        byte** tensors = (byte**)&pointers;
        fixed (byte* t0 = &frame.Tensor0, t1 = &frame.Tensor1, t2 = &frame.Tensor2, t3 = &frame.Tensor3,
            t4 = &frame.Tensor4, t5 = &frame.Tensor5, t6 = &frame.Tensor6, t7 = &frame.Tensor7,
            t8 = &frame.Tensor8, t9 = &frame.Tensor9, t10 = &frame.Tensor10, t11 = &frame.Tensor11,
            t12 = &frame.Tensor12, t13 = &frame.Tensor13, t14 = &frame.Tensor14, t15 = &frame.Tensor15)
        {
            tensors[0] = t0; tensors[1] = t1; tensors[2] = t2; tensors[3] = t3;
            tensors[4] = t4; tensors[5] = t5; tensors[6] = t6; tensors[7] = t7;
            tensors[8] = t8; tensors[9] = t9; tensors[10] = t10; tensors[11] = t11;
            tensors[12] = t12; tensors[13] = t13; tensors[14] = t14; tensors[15] = t15;
            Execute<TKernel>(tensors, ref First(frame.Sizes), ref First(frame.Scalars), ref First(frame.Integers));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Pin32<TKernel>(ref KernelFrame frame)
        where TKernel : struct, IKernel
    {
        Pointers32 pointers;
        byte** tensors = (byte**)&pointers;
        fixed (byte* t0 = &frame.Tensor0, t1 = &frame.Tensor1, t2 = &frame.Tensor2, t3 = &frame.Tensor3,
            t4 = &frame.Tensor4, t5 = &frame.Tensor5, t6 = &frame.Tensor6, t7 = &frame.Tensor7,
            t8 = &frame.Tensor8, t9 = &frame.Tensor9, t10 = &frame.Tensor10, t11 = &frame.Tensor11,
            t12 = &frame.Tensor12, t13 = &frame.Tensor13, t14 = &frame.Tensor14, t15 = &frame.Tensor15,
            t16 = &frame.Tensor16, t17 = &frame.Tensor17, t18 = &frame.Tensor18, t19 = &frame.Tensor19,
            t20 = &frame.Tensor20, t21 = &frame.Tensor21, t22 = &frame.Tensor22, t23 = &frame.Tensor23,
            t24 = &frame.Tensor24, t25 = &frame.Tensor25, t26 = &frame.Tensor26, t27 = &frame.Tensor27,
            t28 = &frame.Tensor28, t29 = &frame.Tensor29, t30 = &frame.Tensor30, t31 = &frame.Tensor31)
        {
            tensors[0] = t0; tensors[1] = t1; tensors[2] = t2; tensors[3] = t3;
            tensors[4] = t4; tensors[5] = t5; tensors[6] = t6; tensors[7] = t7;
            tensors[8] = t8; tensors[9] = t9; tensors[10] = t10; tensors[11] = t11;
            tensors[12] = t12; tensors[13] = t13; tensors[14] = t14; tensors[15] = t15;
            tensors[16] = t16; tensors[17] = t17; tensors[18] = t18; tensors[19] = t19;
            tensors[20] = t20; tensors[21] = t21; tensors[22] = t22; tensors[23] = t23;
            tensors[24] = t24; tensors[25] = t25; tensors[26] = t26; tensors[27] = t27;
            tensors[28] = t28; tensors[29] = t29; tensors[30] = t30; tensors[31] = t31;
            Execute<TKernel>(tensors, ref First(frame.Sizes), ref First(frame.Scalars), ref First(frame.Integers));
        }
    }

    private static ref T First<T>(Span<T> span) => ref MemoryMarshal.GetReference(span);

    [InlineArray(8)]
    private struct Pointers8
    {
        private nint first;
    }

    [InlineArray(16)]
    private struct Pointers16
    {
        private nint first;
    }

    [InlineArray(32)]
    private struct Pointers32
    {
        private nint first;
    }
}
