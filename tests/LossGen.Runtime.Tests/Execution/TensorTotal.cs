using System.Runtime.CompilerServices;

namespace LossGen.Runtime.Tests.Execution;

/// <summary>Adds the first elements of up to 32 tensors.</summary>
internal readonly struct TensorTotal : IKernel
{
    internal static double Run(double[] values, int tensors)
    {
        scoped KernelFrame frame = default;
        frame.Tensor0 = ref Place(values, 0);
        frame.Tensor1 = ref Place(values, 1);
        frame.Tensor2 = ref Place(values, 2);
        frame.Tensor3 = ref Place(values, 3);
        frame.Tensor4 = ref Place(values, 4);
        frame.Tensor5 = ref Place(values, 5);
        frame.Tensor6 = ref Place(values, 6);
        frame.Tensor7 = ref Place(values, 7);
        frame.Tensor8 = ref Place(values, 8);
        frame.Tensor9 = ref Place(values, 9);
        frame.Tensor10 = ref Place(values, 10);
        frame.Tensor11 = ref Place(values, 11);
        frame.Tensor12 = ref Place(values, 12);
        frame.Tensor13 = ref Place(values, 13);
        frame.Tensor14 = ref Place(values, 14);
        frame.Tensor15 = ref Place(values, 15);
        frame.Tensor16 = ref Place(values, 16);
        frame.Tensor17 = ref Place(values, 17);
        frame.Tensor18 = ref Place(values, 18);
        frame.Tensor19 = ref Place(values, 19);
        frame.Tensor20 = ref Place(values, 20);
        frame.Tensor21 = ref Place(values, 21);
        frame.Tensor22 = ref Place(values, 22);
        frame.Tensor23 = ref Place(values, 23);
        frame.Tensor24 = ref Place(values, 24);
        frame.Tensor25 = ref Place(values, 25);
        frame.Tensor26 = ref Place(values, 26);
        frame.Tensor27 = ref Place(values, 27);
        frame.Tensor28 = ref Place(values, 28);
        frame.Tensor29 = ref Place(values, 29);
        frame.Tensor30 = ref Place(values, 30);
        frame.Tensor31 = ref Place(values, 31);
        frame.TensorCount = tensors;
        Span<double> scalars = [0];
        Span<nint> sizes = [tensors];
        frame.Scalars = scalars;
        frame.Sizes = sizes;
        KernelRunner.Run<TensorTotal>(ref frame);
        return scalars[0];
    }

    internal static double RunEight(double[] values)
    {
        scoped KernelFrame8 frame = default;
        frame.Tensor0 = ref Place(values, 0);
        frame.Tensor1 = ref Place(values, 1);
        frame.Tensor2 = ref Place(values, 2);
        frame.Tensor3 = ref Place(values, 3);
        frame.Tensor4 = ref Place(values, 4);
        frame.Tensor5 = ref Place(values, 5);
        frame.Tensor6 = ref Place(values, 6);
        frame.Tensor7 = ref Place(values, 7);
        frame.TensorCount = 8;
        Span<double> scalars = [0];
        Span<nint> sizes = [8];
        frame.Scalars = scalars;
        frame.Sizes = sizes;
        KernelRunner.Run<TensorTotal>(ref frame);
        return scalars[0];
    }

    public static void Execute(ref PinnedFrame frame)
    {
        for (int i = 0; i < frame.Size(0); i++)
            frame.Scalar(0) += frame.Tensor<double>(i);
    }

    private static ref byte Place(double[] values, int index) => ref Unsafe.As<double, byte>(ref values[index]);
}
