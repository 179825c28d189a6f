using System.Text.Json;

namespace LossGen.Gpu.Plans;

/// <summary>The sizes of one call, solved and checked as the CPU's entry does it.</summary>
internal sealed class PlanSizes
{
    private readonly Dictionary<string, long> _values = new(StringComparer.Ordinal);

    public PlanSizes(LaunchPlan plan, GpuArguments arguments)
    {
        foreach (PlanScalar scalar in plan.Scalars.Where(s => s.Element is "i32" or "i64" or "bool")) _values["@" + scalar.Name] = arguments.Integer(scalar.Name, scalar.Element);
        foreach (PlanSize size in plan.Sizes) _values[size.Axis] = Solve(size, arguments);
        foreach (PlanLimit limit in plan.Limits)
        {
            long size = Of(limit.Size);
            if (size < limit.Least || size > limit.Greatest)
                throw new ArgumentException($"The axis {limit.Axis} has size {size}, but must have at least {limit.Least}{(limit.Greatest == long.MaxValue ? "" : $" and at most {limit.Greatest}")}.", limit.Parameter);
        }

        foreach (PlanTensor tensor in plan.Tensors.Where(t => t.Role != "upstream" || arguments.Has(t.Name)))
        {
            long expected = Product(tensor.Sizes);
            int length = arguments.Buffer(tensor).Length;
            if (length != expected) throw new ArgumentException($"{tensor.Name} has {length} elements, but {expected} are expected.", tensor.Name);
        }
    }

    /// <summary>The size of an axis, or an int argument as <c>@name</c>.</summary>
    public long this[string name] => _values[name];

    /// <summary>The value of a form, checked.</summary>
    public long Of(Dictionary<string, long> form)
    {
        long sum = 0;
        foreach ((string name, long factor) in form) sum = checked(sum + (name.Length == 0 ? factor : factor * _values[name]));
        return sum;
    }

    public long Product(IEnumerable<Dictionary<string, long>> forms) => forms.Aggregate(1L, (product, form) => checked(product * Of(form)));

    private long Solve(PlanSize size, GpuArguments arguments)
    {
        if (size.Integer is { } integer)
        {
            long given = _values["@" + integer];
            return given >= 0 ? given : throw new ArgumentOutOfRangeException(integer, given, "A size is not negative.");
        }

        if (size.Compute is { } compute) return Compute(compute);
        if (size.Dimension is { } dimension) return arguments.Length(size.Length!, dimension);
        long divisor = Product(size.Divisor!);
        return divisor == 0 ? 0 : arguments.Length(size.Length!) / divisor;
    }

    private long Compute(JsonElement expression)
    {
        if (expression.ValueKind == JsonValueKind.Object) return Of(expression.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt64()));
        long a = Compute(expression[1]), b = Compute(expression[2]);
        return checked(expression[0].GetString() switch
        {
            "integerAdd" => a + b,
            "integerSubtract" => a - b,
            "integerMultiply" => a * b,
            "integerMax" => Math.Max(a, b),
            "integerMin" => Math.Min(a, b),
            "div" => b == 0 ? 0 : FloorDivide(a, b),
            "mod" => b == 0 ? 0 : a - (b * FloorDivide(a, b)),
            var operation => throw new NotSupportedException($"The launch plan computes a size with '{operation}'."),
        });
    }

    private static long FloorDivide(long a, long b) => (a / b) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}
