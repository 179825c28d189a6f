using System.Numerics.Tensors;
using Xunit;

namespace LossGen.Kernels.Tests.Declared;

/// <summary>Tensor spans bring their own shape: it is checked axis by axis, and may repeat elements in inputs alone.</summary>
public partial class TensorSpanTests
{
    private static readonly float[] Ones = [1, 1, 1, 1, 1, 1];

    [Fact]
    public void Repeated_elements_of_an_input_are_read_at_each_position()
    {
        float[] row = [1, 2, 3];
        var repeated = new ReadOnlyTensorSpan<float>(row, [2, 3], [0, 1]);
        Assert.Equal((0f + 1 + 4) * 2 / 6, Mse(repeated, new ReadOnlyTensorSpan<float>(Ones, [2, 3])), 1e-6f);
    }

    [Fact]
    public void Wrong_shapes_name_the_parameter_and_the_axis()
    {
        AssertMessage("y has 1 axis, but 2 are expected: n, c.", () => Mse(Shaped(2, 3), new ReadOnlyTensorSpan<float>(Ones)));
        AssertMessage("The axis c of y has length 2, but 3 is expected.", () => Mse(Shaped(2, 3), new ReadOnlyTensorSpan<float>(Ones, [2, 2])));
        AssertMessage("The axis n of xGradient has length 3, but 2 is expected.", () => MseGradient(Shaped(2, 3), Shaped(2, 3), new TensorSpan<float>(new float[9], [3, 3])));
    }

    [Fact]
    public void Outputs_need_an_element_for_each_position_and_memory_of_their_own()
    {
        float[] gradient = [7, 7, 7, 7, 7, 7];
        AssertMessage(
            "Positions of xGradient share elements; an output needs one for each.",
            () => MseGradient(Shaped(2, 3), Shaped(2, 3), new TensorSpan<float>(gradient, [2, 3], [0, 1])));
        AssertMessage(
            "xGradient overlaps x; an output needs memory of its own.",
            () => MseGradient(new ReadOnlyTensorSpan<float>(gradient, [2, 3]), Shaped(2, 3), new TensorSpan<float>(gradient, [2, 3])));
        Assert.All(gradient, g => Assert.Equal(7f, g));
    }

    [Fact]
    public void Positions_that_step_over_each_other_are_distinct()
    {
        // Columns of one matrix between columns of another.
        float[] gradient = new float[12];
        MseGradient(Shaped(2, 3), new ReadOnlyTensorSpan<float>(new float[6], [2, 3]), new TensorSpan<float>(gradient, [2, 3], [1, 4]));
        Assert.Equal([1f / 3, 1f / 3, 0, 0, 1f / 3, 1f / 3, 0, 0, 1f / 3, 1f / 3, 0, 0], gradient);
    }

    [Fact]
    public void A_bad_label_is_named_in_a_tensor_span_of_any_strides()
    {
        int[] labels = [0, -9, 1, -9, 3];
        var strided = new ReadOnlyTensorSpan<int>(labels, [3], [2]);
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => CrossEntropyOf(labels));
        Assert.StartsWith("label[2] is 3, but the axis c allows 0 to 1.", error.Message, StringComparison.Ordinal);
        labels[4] = 1;
        Assert.True(float.IsFinite(CrossEntropy(new ReadOnlyTensorSpan<float>(Ones, [3, 2]), strided)));
    }

    [Loss("mean((x - y)^2)")]
    private static partial float Mse([Axes("n, c")] ReadOnlyTensorSpan<float> x, [Axes("n, c")] ReadOnlyTensorSpan<float> y);

    [Loss("-mean(log_softmax[c](z)[c: label])")]
    private static partial float CrossEntropy([Axes("n, c")] ReadOnlyTensorSpan<float> z, [Axes("n")] ReadOnlyTensorSpan<int> label);

    private static float CrossEntropyOf(int[] labels) => CrossEntropy(new ReadOnlyTensorSpan<float>(Ones, [3, 2]), new ReadOnlyTensorSpan<int>(labels, [3], [2]));

    private static ReadOnlyTensorSpan<float> Shaped(nint rows, nint columns) => new(Ones, [rows, columns]);

    private static void AssertMessage(string message, Action call) => Assert.StartsWith(message, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
}
