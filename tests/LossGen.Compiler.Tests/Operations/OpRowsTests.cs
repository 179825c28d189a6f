using LossGen.Compiler.Binding;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Oracle;
using Xunit;
using ValueType = LossGen.Compiler.Ir.ValueType;

namespace LossGen.Compiler.Tests.Operations;

/// <summary>Every element-wise row of the op table: value, derivative, domain and range belong to one function.</summary>
public class OpRowsTests
{
    private const int Points = 60;

    public static TheoryData<string> RealRows => new(Ops.All
        .Where(op => op.Result == ValueType.Real && op.Evaluate is not null && Derivatives.Knows(op))
        .Select(op => op.Name));

    public static TheoryData<string> RowsWithAdjoint => new(Ops.All.Where(op => op.Adjoint is not null && op.IsElementwise && !op.Name.Equals("select", StringComparison.Ordinal)).Select(op => op.Name));

    public static TheoryData<string> RowsWithRange => new(Ops.All.Where(op => op.Range is not null && op.Evaluate is not null).Select(op => op.Name));

    [Fact]
    public void Every_real_row_has_a_derivative_in_the_oracle()
    {
        IEnumerable<string> missing = Ops.All
            .Where(op => op.Result == ValueType.Real && op.Evaluate is not null && !Derivatives.Knows(op))
            .Select(op => op.Name);
        // Detach and select are known to the interpreter itself; no formula reaches the derivatives of the others.
        Assert.Equal(["counted", "detach", "divide by one to two", "multiply-add", "operand", "select", "sortKey", "tetragamma", "with sign"], missing);
    }

    [Theory]
    [MemberData(nameof(RealRows))]
    public void Oracle_derivative_agrees_with_differences(string name)
    {
        Op op = Row(name);
        int compared = 0;
        foreach (double[] x in RandomPoints(op))
        {
            for (int i = 0; i < x.Length && !name.Equals("real", StringComparison.Ordinal); i++)
            {
                int argument = i;
                double room = Room(op, x, i);
                (double slope, bool kink) = CentralDifferences.Derivative(
                    v => op.Evaluate!(x.Select((old, j) => j == argument ? v : old).ToArray()), x[i], Math.Min(0.02 * Math.Max(Math.Abs(x[i]), 0.5), room));
                if (kink || double.IsNaN(slope)) continue;
                double expected = Derivatives.By(op, x, op.Evaluate!(x), i, new bool[x.Length]);
                AssertClose(expected, slope, 1e-8, $"{name}({string.Join(", ", x)}) by argument {i}");
                compared++;
            }
        }

        if (!name.Equals("real", StringComparison.Ordinal)) Assert.True(compared > Points / 2, $"only {compared} points of {name} compared");
    }

    [Theory]
    [MemberData(nameof(RowsWithAdjoint))]
    public void Adjoint_agrees_with_the_oracle(string name)
    {
        Op op = Row(name);
        var loss = new LossBuilder();
        ScalarParameter[] parameters = Enumerable.Range(0, ArityOf(op)).Select(i => loss.Scalar("x" + i, ElementType.Double)).ToArray();
        Node node = loss.Graph.Apply(op, parameters.Select(loss.Graph.Parameter).ToArray());
        Node upstream = loss.Graph.Constant(-1.5);
        Node?[] adjoints = Enumerable.Range(0, parameters.Length).Select(i => op.Adjoint!(loss.Graph, node, upstream, i)).ToArray();
        BoundLoss bound = loss.Build(node);
        foreach (double[] x in RandomPoints(op).Concat(Kinks(name)))
        {
            Inputs inputs = x.Select((v, i) => (v, i)).Aggregate(new Inputs(), (all, p) => all.WithScalar("x" + p.i, p.v));
            for (int i = 0; i < x.Length; i++)
            {
                double expected = DualInterpreter.Gradient(bound, inputs, new(null, parameters[i]), -1.5)[0];
                double actual = adjoints[i] is null ? 0 : Interpreter.Evaluate(bound, inputs, adjoints[i]!).Reals![0];
                AssertClose(expected, actual, 1e-11, $"{name}({string.Join(", ", x)}) by argument {i}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(RowsWithRange))]
    public void Values_lie_in_the_range_of_their_arguments(string name)
    {
        Op op = Row(name);
        var random = new Random(3);
        double[] ends = [double.NegativeInfinity, -2, -1, 0, 0.5, 1, 3, double.PositiveInfinity];
        int checkedValues = 0;
        for (int trial = 0; trial < 400; trial++)
        {
            Interval[] arguments = Enumerable.Range(0, ArityOf(op)).Select(_ => RandomInterval(random, ends)).ToArray();
            if (name.Equals("select", StringComparison.Ordinal)) arguments[0] = Interval.Unit;
            Interval range = op.Range!(arguments);
            for (int sample = 0; sample < 20; sample++)
            {
                double[] x = arguments.Select(a => Sample(random, a)).ToArray();
                double value = op.Evaluate!(x);
                if (double.IsNaN(value) || !IsMeant(op, x)) continue;
                checkedValues++;
                Assert.True(
                    value >= range.Low && value <= range.High && !(range.LowOpen && value == range.Low) && !(range.HighOpen && value == range.High),
                    $"{name} of {string.Join(", ", arguments)} gave {value}, outside {range}");
            }
        }

        Assert.True(checkedValues > 1000, $"only {checkedValues} values of {name}");
    }

    [Theory]
    [InlineData("sqrt", new[] { -1.0 })]
    [InlineData("log", new[] { -1.0 })]
    [InlineData("log1p", new[] { -1.5 })]
    [InlineData("log1mexp", new[] { 0.5 })]
    public void Outside_the_domain_the_value_is_nan(string name, double[] x)
    {
        Op op = Row(name);
        Assert.Equal(double.NaN, op.Evaluate!(x));
        Assert.False(x[0] >= op.Domain![0].Low && x[0] <= op.Domain[0].High);
    }

    private static Op Row(string name) => Ops.All.Single(op => op.Name == name);

    private static int ArityOf(Op op) => op.Arity < 0 ? 3 : op.Arity;

    private static IEnumerable<double[]> RandomPoints(Op op)
    {
        var random = new Random(11);
        for (int i = 0; i < Points; i++)
        {
            yield return Enumerable.Range(0, ArityOf(op)).Select(a => RandomPoint(random, DomainOf(op, a))).ToArray();
        }
    }

    private static double RandomPoint(Random random, Interval domain) => Math.Min(
        Math.Max(3 * ((2 * random.NextDouble()) - 1), domain.Low + (0.05 * random.NextDouble())), domain.High - (0.05 * random.NextDouble())) is var x
        && (x == domain.Low || x == domain.High) ? (domain.Low + domain.High) / 2 : x;

    /// <summary>Where the arguments of a row are taken from: its domain, or for rows that name none where the value is a number.</summary>
    private static Interval DomainOf(Op op, int argument) => op.Name switch
    {
        "lgamma" or "digamma" or "trigamma" or "lgamma delta" or "digamma delta" => new(0.05, 4),
        "tan" => new(-1.3, 1.3),
        "power" or "power from less" => argument == 0 ? new(0.05, 3) : Interval.All,
        "xlogy" => argument == 1 ? new(0.05, 3) : Interval.All,
        "log ratio" => new(0.05, 3),
        "xlog ratio" => argument > 0 ? new(0.05, 3) : Interval.All,
        _ => op.Domain?[argument] ?? Interval.All,
    };

    // Differences must not step out of the domain.
    private static double Room(Op op, double[] x, int i)
    {
        Interval domain = op.Name is "power" or "power from less" or "xlogy" or "log ratio" or "xlog ratio" or "lgamma" or "digamma" or "trigamma" or "lgamma delta" or "digamma delta" ? new(0, double.PositiveInfinity) : DomainOf(op, i);
        if (op.Name is "power" or "power from less" or "xlogy" or "xlog ratio" && DomainOf(op, i) == Interval.All) return double.PositiveInfinity;
        return 0.4 * Math.Min(x[i] - domain.Low, domain.High - x[i]);
    }

    private static IEnumerable<double[]> Kinks(string name) => name switch
    {
        "abs" or "sqrt" => [[0.0]],
        "max" or "min" => [[0.0, 0.0], [2.0, 2.0]],
        "clamp" => [[0.0, 0.0, 1.0], [1.0, 0.0, 1.0], [0.5, 2.0, 1.0], [2.0, 1.0, 1.0], [1.0, 1.0, 1.0]],
        "power" => [[0.0, 0.0], [0.0, 0.5], [0.0, 1.0], [0.0, 2.0], [2.0, 0.0], [-2.0, 2.0 - 2], [-2.0, 3.0]],
        "xlogy" => [[0.0, 2.0], [0.0, 0.5]],
        "logaddexp" => [[double.NegativeInfinity, 0.0, 1.0], [double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity], [1000.0, 999.0, 0.0]],
        "sigmoid" or "softplus" or "tanh" or "erf" or "erfc" or "log1mexp" => [[-30.0], [-5.0]],
        "bessel ratio" or "log_i0" => [[0.0]],
        _ => [],
    };

    private static Interval RandomInterval(Random random, double[] ends)
    {
        int low = random.Next(ends.Length - 1), high = random.Next(low + 1, ends.Length);
        return new(ends[low], ends[high], random.Next(2) == 0, random.Next(2) == 0);
    }

    // Rows made by lowering promise their range only for the arguments that lowering gives them.
    private static bool IsMeant(Op op, double[] x) =>
        (op != Ops.SoftmaxWeight || x[0] <= x[1]) && (op.Domain is not { } domain || (x[0] >= domain[0].Low && x[0] <= domain[0].High));

    // Finite values: open ends are those of exact arithmetic, which infinities and underflow may reach.
    private static double Sample(Random random, Interval interval)
    {
        int kind = random.Next(6);
        if (kind == 0 && !interval.LowOpen && double.IsFinite(interval.Low)) return interval.Low;
        if (kind == 1 && !interval.HighOpen && double.IsFinite(interval.High)) return interval.High;
        double low = Math.Max(interval.Low, -6), high = Math.Min(interval.High, 6);
        return low + ((high - low) * (0.001 + (0.998 * random.NextDouble())));
    }

    private static void AssertClose(double expected, double actual, double tolerance, string what) =>
        Assert.True(
            expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance * Math.Max(Math.Abs(expected), 1e-3),
            $"{what}: {actual:R}, not {expected:R}");
}
