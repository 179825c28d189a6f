namespace LossGen.Compiler.Ir;

/// <summary>
/// The contribution of one use to the adjoint of an argument: given the node, its adjoint and the argument's index.
/// Null means that no gradient flows.
/// </summary>
internal delegate Node? AdjointRule(Graph graph, Node node, Node adjoint, int argument);

/// <summary>
/// An operation that is right except where a test of the same arguments holds; without a test, where its value's highest bit is set. A test's lanes
/// count by their highest bit as well.
/// </summary>
internal sealed record OrdinaryForm(Op Value, Op? Unusual)
{
    /// <summary>A value that shares most of its steps with another operation of the same argument, by that one's name: the better one beside it.</summary>
    public (string Other, Op Value)? Beside { get; private init; }

    /// <summary>Methods of VectorMath.</summary>
    public static OrdinaryForm Of(string value, string? unusual, int arity, int cost) => new(
        Method(value, arity, cost, ValueType.Real), unusual is null ? null : Method(unusual, arity, 1, ValueType.Truth));

    /// <summary>The same with a method that is the better one beside another operation of the same argument.</summary>
    public OrdinaryForm BetterBeside(string other, string value) => this with { Beside = (other, Method(value, 1, Value.Cost, ValueType.Real)) };

    private static Op Method(string name, int arity, int cost, ValueType result) => new(name, arity, result)
    {
        Cost = cost,
        CSharp = $"VectorMath.{name}({string.Join(", ", Enumerable.Range(0, arity).Select(i => $"{{{i}}}"))})",
    };
}

/// <summary>
/// One row of the op table: what an operation is to each stage. Element-wise rows carry everything;
/// structural rows (loads, reductions, selections) are known to the stages by name.
/// </summary>
internal sealed class Op(string name, int arity, ValueType result)
{
    /// <summary>Name in dumps, and in formulas when <see cref="IsFunction"/>.</summary>
    public string Name { get; } = name;

    /// <summary>Number of arguments; -1 when it varies.</summary>
    public int Arity { get; } = arity;

    /// <summary>Type of the result.</summary>
    public ValueType Result { get; } = result;

    /// <summary>Whether a formula may call it by its name.</summary>
    public bool IsFunction { get; init; }

    /// <summary>Cost of one vector evaluation, in units of an addition.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>C# text with {0}, {1}… for operands; one text serves scalars and lanes.</summary>
    public string? CSharp { get; init; }

    /// <summary>The method of the vector types that is this operation in lanes: the compiler knows it, so that it is never a call; null where the text serves.</summary>
    public string? Intrinsic { get; init; }

    /// <summary>A shorter form for lanes of float that need no special case, and the test for lanes that do; null where there is none.</summary>
    public OrdinaryForm? Ordinary { get; init; }

    /// <summary>Text for the C family of kernel languages.</summary>
    public string? C { get; init; }

    /// <summary>How it is written in explanations.</summary>
    public string? Notation { get; init; }

    /// <summary>Float64 value; truth as 0 or 1.</summary>
    public Func<double[], double>? Evaluate { get; init; }

    /// <summary>The derivative; null for an operation through which no gradient flows.</summary>
    public AdjointRule? Adjoint { get; init; }

    /// <summary>Where each argument may lie; outside the value is NaN.</summary>
    public Interval[]? Domain { get; init; }

    /// <summary>Where the result lies, given where the arguments lie.</summary>
    public Func<Interval[], Interval>? Range { get; init; }

    /// <summary>Whether it works element by element on its arguments.</summary>
    public bool IsElementwise { get; init; } = true;

    /// <summary>Whether a repeated evaluation is worth avoiding.</summary>
    public bool IsHeavy => Cost >= HeavyCost;

    /// <summary>The cost from which an operation counts as transcendental.</summary>
    public const int HeavyCost = 8;

    /// <summary>Whether it is one of these rows.</summary>
    public bool Is(Op first, Op second) => ReferenceEquals(this, first) || ReferenceEquals(this, second);

    /// <inheritdoc cref="Is(Op, Op)"/>
    public bool Is(Op first, Op second, Op third) => Is(first, second) || ReferenceEquals(this, third);

    /// <inheritdoc cref="Is(Op, Op)"/>
    public bool Is(Op first, Op second, Op third, Op fourth) => Is(first, second) || Is(third, fourth);

    /// <inheritdoc cref="Is(Op, Op)"/>
    public bool Is(params Op[] rows) => Array.IndexOf(rows, this) >= 0;

    public override string ToString() => Name;
}
