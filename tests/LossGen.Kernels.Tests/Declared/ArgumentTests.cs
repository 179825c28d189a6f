using System.Globalization;
using Xunit;

namespace LossGen.Kernels.Tests.Declared;

/// <summary>Wrong arguments are named before anything is written.</summary>
[Collection(ProcessSettings.Name)]
public class ArgumentTests
{
    private static readonly float[] Ten = new float[10];

    public static TheoryData<string, int, string, int, int> Lengths => new()
    {
        // which tensor is cut to what, and what the message must name
        { "y", 9, "y", 9, 10 },
        { "zGradient", 11, "zGradient", 11, 10 },
        { "z", 9, "y", 10, 9 },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Wrong_length_names_the_first_parameter_that_does_not_fit(string changed, int length, string named, int given, int expected)
    {
        float[] z = new float[changed == "z" ? length : 10], gradient = Sentinels(changed == "zGradient" ? length : 10);
        byte[] y = new byte[changed == "y" ? length : 10];
        ArgumentException error = Assert.Throws<ArgumentException>(() => UserLosses.DiceBceGradient(z, y, gradient, out _, out _));
        Assert.Equal(named, error.ParamName);
        Assert.Contains($"{given} element", error.Message);
        Assert.Contains($"{expected} ", error.Message);
        Assert.All(gradient, g => Assert.Equal(7f, g));
    }

    [Theory]
    [InlineData("a", 11, "a")]
    [InlineData("p", 11, "p")]
    [InlineData("q", 9, "q")]
    [InlineData("aGradient", 8, "aGradient")]
    [InlineData("pGradient", 12, "pGradient")]
    [InlineData("qGradient", 0, "qGradient")]
    public void Wrong_length_of_every_tensor_of_three(string changed, int length, string named)
    {
        float[] Tensor(string name) => Sentinels(name == changed ? length : 12);
        float[] byA = Tensor("aGradient"), byP = Tensor("pGradient"), byQ = Tensor("qGradient");
        if (changed == "pGradient") byP = Sentinels(11);
        float[] a = Tensor("a"), p = Tensor("p"), q = Tensor("q");
        ArgumentException error = Assert.Throws<ArgumentException>(() => UserLosses.TripletGradient(a, p, q, byA, byP, byQ, d: 3));
        Assert.Equal(named, error.ParamName);
        Assert.All(byA.Concat(byP).Concat(byQ), g => Assert.Equal(7f, g));
    }

    [Theory]
    [InlineData("z", 13, "z")]
    [InlineData("label", 5, "z")]
    [InlineData("each", 3, "each")]
    [InlineData("gradient", 11, "zGradient")]
    [InlineData("upstream", 3, "upstream")]
    [InlineData("upstream", 5, "upstream")]
    public void Wrong_length_of_a_loss_per_sample(string changed, int length, string named)
    {
        float[] Tensor(string name, int usual) => Sentinels(name == changed ? length : usual);
        float[] z = Tensor("z", 12), each = Tensor("each", 4), gradient = Tensor("gradient", 12), upstream = Tensor("upstream", 4);
        int[] label = new int[changed == "label" ? length : 4];
        ArgumentException error = Assert.Throws<ArgumentException>(() => UserLosses.CrossEntropyOfEachGradient(z, label, each, gradient, upstream));
        Assert.Equal(named, error.ParamName);
        Assert.Contains($"{(named == changed || named == "zGradient" ? length : z.Length)} elements", error.Message);
        Assert.All(each.Concat(gradient), g => Assert.Equal(7f, g));
    }

    [Fact]
    public void Nothing_needs_no_upstream()
    {
        UserLosses.CrossEntropyOfEachGradient([], [], [], []);
        Assert.Equal("upstream", Assert.Throws<ArgumentException>(() => UserLosses.CrossEntropyOfEachGradient([], [], [], [], [1])).ParamName);
    }

    [Theory]
    [InlineData("result and input", "each overlaps z")]
    [InlineData("result and gradient", "each overlaps zGradient")]
    [InlineData("gradient and input", "zGradient overlaps z")]
    [InlineData("result and upstream", "each overlaps upstream")]
    [InlineData("gradient and upstream", "zGradient overlaps upstream")]
    public void Outputs_of_a_loss_per_sample_that_overlap_throw(string which, string message)
    {
        float[] memory = Sentinels(50);
        byte[] y = new byte[10];
        int Start(string name, int usual) => which.StartsWith(name, StringComparison.Ordinal) ? 9 : usual;
        (int z, int upstream, int other) = (which.EndsWith("input", StringComparison.Ordinal) ? 0 : 20, which.EndsWith("upstream", StringComparison.Ordinal) ? 0 : 30, 40);
        int each = Start("result", other), gradient = which.EndsWith("and gradient", StringComparison.Ordinal) ? 0 : Start("gradient", other);
        ArgumentException error = Assert.Throws<ArgumentException>(() => UserLosses.BceOfEachGradient(
            memory.AsSpan(z, 10), y, memory.AsSpan(each, 10), memory.AsSpan(gradient, 10), memory.AsSpan(upstream, 10)));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.All(memory, x => Assert.Equal(7f, x));
        Assert.Throws<ArgumentException>(() => UserLosses.BceOfEach(memory.AsSpan(0, 10), y, memory.AsSpan(9, 10)));
        UserLosses.BceOfEachGradient(memory.AsSpan(0, 10), y, memory.AsSpan(10, 10), memory.AsSpan(20, 10), memory.AsSpan(30, 10));
        Assert.All(memory.AsSpan(30).ToArray(), x => Assert.Equal(7f, x));
    }

    [Fact]
    public void Negative_size_names_the_parameter()
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => UserLosses.Triplet(Ten, Ten, Ten, d: -2));
        Assert.Equal("d", error.ParamName);
    }

    [Fact]
    public void Zero_size_with_elements_is_an_error()
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => UserLosses.Triplet(Ten, Ten, Ten, d: 0));
        Assert.Equal("a", error.ParamName);
    }

    [Fact]
    public void Gradient_that_overlaps_an_input_throws()
    {
        float[] shared = Sentinels(30);
        byte[] y = new byte[10];
        Assert.Throws<ArgumentException>(() => UserLosses.DiceBceGradient(shared.AsSpan(0, 10), y, shared.AsSpan(9, 10), out _, out _));
        Assert.Throws<ArgumentException>(() => UserLosses.MseGradient(Ten, shared.AsSpan(10, 10), shared.AsSpan(1, 10)));
        Assert.Throws<ArgumentException>(() => UserLosses.MseGradient(shared.AsSpan(0, 10), Ten, shared.AsSpan(0, 10)));
        Assert.All(shared, x => Assert.Equal(7f, x));
        UserLosses.DiceBceGradient(shared.AsSpan(0, 10), y, shared.AsSpan(10, 10), out _, out _);
        Assert.Equal(7f, shared[9]);
        Assert.Equal(7f, shared[20]);
    }

    [Fact]
    public void Gradients_that_overlap_each_other_throw()
    {
        float[] shared = Sentinels(30), other = Sentinels(12), inputs = new float[12];
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            UserLosses.TripletGradient(inputs, inputs, inputs, shared.AsSpan(0, 12), other, shared.AsSpan(11, 12), d: 3));
        Assert.Contains("aGradient", error.Message);
        Assert.Contains("qGradient", error.Message);
        Assert.All(shared.Concat(other), g => Assert.Equal(7f, g));
    }

    [Theory]
    [InlineData(10, "label[2] is 10")]
    [InlineData(-1, "label[2] is -1")]
    [InlineData(int.MaxValue, "label[2] is 2147483647")]
    [InlineData(int.MinValue, "label[2] is -2147483648")]
    public void Label_out_of_range_names_the_first_wrong_position(int wrong, string message)
    {
        float[] z = new float[1000], gradient = new float[1000];
        int[] label = new int[100];
        label[2] = wrong;
        label[70] = 12;
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => UserLosses.CrossEntropy(z, label));
        Assert.Equal(("label", (long)wrong), (error.ParamName, Convert.ToInt64(error.ActualValue, CultureInfo.InvariantCulture)));
        Assert.Contains(message, error.Message);
        Assert.Contains("0 to 9", error.Message);
        error = Assert.Throws<ArgumentOutOfRangeException>(() => UserLosses.CrossEntropyGradient(z, label, gradient));
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Wrong_label_of_a_loss_per_sample()
    {
        float[] z = new float[12], each = new float[4], gradient = new float[12];
        Assert.Contains("label[2] is 3", Assert.Throws<ArgumentOutOfRangeException>(() => UserLosses.CrossEntropyOfEach(z, [0, 1, 3, -1], each)).Message);
        foreach (float[] upstream in new[] { Array.Empty<float>(), [1, 2, 3, 4] })
        {
            Assert.Contains("label[3] is -1", Assert.Throws<ArgumentOutOfRangeException>(
                () => UserLosses.CrossEntropyOfEachGradient(z, [0, 1, 2, -1], each, gradient, upstream)).Message);
        }
    }

    [Fact]
    public void Guarded_label_is_checked_where_it_is_read_alone()
    {
        double[] z = new double[12], w = [1, 1, 1], gradient = new double[12];
        Assert.True(double.IsFinite(UserLosses.WeightedCrossEntropyGradient(z, [0, 255, 2, 255], w, gradient, ignore: 255)));
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            UserLosses.WeightedCrossEntropyGradient(z, [0, 255, 3, 255], w, gradient, ignore: 255));
        Assert.Equal("label", error.ParamName);
        Assert.Contains("label[2] is 3", error.Message);
    }

    [Fact]
    public void Wrong_label_in_a_late_chunk_is_found_at_any_thread_count()
    {
        int rows = 40_000;
        float[] z = new float[rows * 10];
        int[] label = new int[rows];
        label[39_001] = 11;
        label[39_900] = 12;
        foreach (int threads in new[] { 1, 3 })
        {
            ArgumentOutOfRangeException error = CallThreads.With(
                threads, () => Assert.Throws<ArgumentOutOfRangeException>(() => UserLosses.CrossEntropy(z, label)));
            Assert.Contains("label[39001] is 11", error.Message);
        }
    }

    private static float[] Sentinels(int length) => Enumerable.Repeat(7f, length).ToArray();
}
