using System.Globalization;
using Xunit;

namespace LossGen.Runtime.Tests.Checks;

public sealed class ArgumentChecksTests
{
    [Fact]
    public void A_wrong_length_names_parameter_lengths_and_axes()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => ArgumentChecks.Length("z"u8, 12, 20, "n * c"u8, 4, 5));
        Assert.Equal("z", thrown.ParamName);
        Assert.Equal("z has 12 elements, but 20 are expected: n * c = 4 * 5. (Parameter 'z')", thrown.Message);
    }

    [Fact]
    public void Singular_and_missing_values_read_well()
    {
        Assert.StartsWith("z has 1 element, but 20 are expected: n * c.", Message(() => ArgumentChecks.Length("z"u8, 1, 20, "n * c"u8)));
        Assert.StartsWith("z has 0 elements, but 1 is expected: n = 1.", Message(() => ArgumentChecks.Length("z"u8, 0, 1, "n"u8, 1)));
        Assert.StartsWith(
            "z has 3 elements, but more than memory can hold are expected: n * c.",
            Message(() => ArgumentChecks.Length("z"u8, 3, ArgumentChecks.Product(nint.MaxValue / 2, 3), "n * c"u8)));
    }

    [Fact]
    public void A_length_that_does_not_divide_says_by_what()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => ArgumentChecks.NotMultiple("z"u8, 13, 5, "c"u8));
        Assert.Equal("z", thrown.ParamName);
        Assert.StartsWith("z has 13 elements, but a multiple of 5 is expected: c.", thrown.Message);
    }

    [Fact]
    public void A_negative_size_is_out_of_range()
    {
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => ArgumentChecks.NegativeSize("d"u8, -3));
        Assert.Equal("d", thrown.ParamName);
        Assert.Equal(-3L, thrown.ActualValue);
    }

    [Fact]
    public void An_empty_scan_names_its_axis()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => ArgumentChecks.EmptyScan("x"u8, "t"u8));
        Assert.Equal("x", thrown.ParamName);
        Assert.Contains("axis t", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_index_names_position_value_and_range_in_any_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NegativeSign = "minus ";
        CultureInfo.CurrentCulture = hostile;
        try
        {
            ArgumentOutOfRangeException thrown =
                Assert.Throws<ArgumentOutOfRangeException>(() => ArgumentChecks.IndexOutOfRange("label"u8, 7, -1, 10, "c"u8));
            Assert.Equal("label", thrown.ParamName);
            Assert.Equal(-1L, thrown.ActualValue);
            Assert.StartsWith("label[7] is -1, but the axis c allows 0 to 9.", thrown.Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void No_index_fits_an_empty_axis() =>
        Assert.StartsWith("label[0] is 0, but the axis c is empty.", Message(() => ArgumentChecks.IndexOutOfRange("label"u8, 0, 0, 0, "c"u8)));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(65535, 32767, 65535L * 32767)]
    [InlineData(65536, 65536, 1L << 32)]
    [InlineData(long.MaxValue, 0, 0)]
    [InlineData(long.MaxValue, 1, long.MaxValue)]
    [InlineData(long.MaxValue, 2, long.MaxValue)]
    [InlineData(1L << 32, 1L << 31, long.MaxValue)]
    [InlineData(1L << 31, 1L << 31, 1L << 62)]
    public void Products_saturate(long a, long b, long expected)
    {
        Assert.Equal((nint)expected, ArgumentChecks.Product((nint)a, (nint)b));
        Assert.Equal((nint)expected, ArgumentChecks.Product((nint)b, (nint)a));
    }

    [Theory]
    [InlineData(0, 4, 4, 8, false)]
    [InlineData(4, 8, 0, 4, false)]
    [InlineData(0, 4, 3, 8, true)]
    [InlineData(3, 8, 0, 4, true)]
    [InlineData(0, 8, 2, 4, true)]
    [InlineData(2, 4, 0, 8, true)]
    [InlineData(0, 8, 0, 8, true)]
    [InlineData(4, 4, 0, 8, false)] // an empty output within an input
    [InlineData(0, 8, 4, 4, false)]
    public void Overlap_is_found_at_the_byte(int outputBegin, int outputEnd, int inputBegin, int inputEnd, bool overlaps)
    {
        float[] memory = new float[8];
        Exception? thrown = Record.Exception(() => ArgumentChecks.NoOverlap<float, int>(
            memory.AsSpan(outputBegin..outputEnd), "xGradient"u8,
            System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(memory.AsSpan(inputBegin..inputEnd)), "label"u8));
        Assert.Equal(overlaps, thrown is not null);
        if (thrown is not null)
        {
            Assert.Equal("xGradient", Assert.IsType<ArgumentException>(thrown).ParamName);
            Assert.Contains("label", thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Different_arrays_and_empty_spans_do_not_overlap()
    {
        ArgumentChecks.NoOverlap<float, float>(new float[4], "a"u8, new float[4], "b"u8);
        ArgumentChecks.NoOverlap<float, float>([], "a"u8, [], "b"u8);
        ArgumentChecks.NoOverlap<float, byte>(new float[4], "a"u8, [], "b"u8);
    }

    private static string Message(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
}
