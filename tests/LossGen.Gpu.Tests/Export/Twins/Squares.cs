// Two classes of one name: their files need the namespaces.
namespace LossGen.Gpu.Tests.Export.Twins.First
{
    public static partial class Squares
    {
        [Loss("sum(x^2)")]
        public static partial float Of(ReadOnlySpan<float> x);
    }
}

namespace LossGen.Gpu.Tests.Export.Twins.Second
{
    public static partial class Squares
    {
        [Loss("mean(x^2)")]
        public static partial float Of(ReadOnlySpan<float> x);

        public static partial class Inner
        {
            [Loss("mean((x - y)^2)", Program = "Distance")]
            public static partial float Between(ReadOnlySpan<float> x, ReadOnlySpan<float> y);
        }
    }
}
