using System.Globalization;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.CSharp;

/// <summary>Prints expressions as C#: scalars, or vectors of one width. Records which sizes and int parameters it used.</summary>
internal sealed partial class ExpressionPrinter(bool isDouble, int width)
{
    /// <summary>Axes whose size local is used.</summary>
    public HashSet<Axis> Sizes { get; } = new();

    /// <summary>Int parameters whose local is used.</summary>
    public HashSet<ScalarParameter> Integers { get; } = new();

    /// <summary>The frame's scalars that are used.</summary>
    public SortedSet<int> Slots { get; } = new();

    /// <summary>Whether scalars and the chunk's bounds are locals, rather than members of a frame and a chunk.</summary>
    public bool HasArguments { get; init; }

    /// <summary>Other names for locals and positions, while an unrolled copy is printed.</summary>
    public Dictionary<string, string> Renames { get; } = new(StringComparer.Ordinal);

    /// <summary>Bits of a vector.</summary>
    public int Width => width;

    public string Real => isDouble ? "double" : "float";

    /// <summary>How many lanes a vector has.</summary>
    public int LaneCount => width / (isDouble ? 64 : 32);

    /// <summary>The type that has the functions of lanes.</summary>
    public string Vector => $"{Names.Intrinsics}.Vector{width}";

    private string Table => $"{Names.Runtime}.ShortTable{width}";

    private string LongLanes => $"{Names.Runtime}.LongLanes{width}";

    /// <summary>The type of lanes in a local.</summary>
    public string LanesOf(KernelLocal local) => local.IsTable ? Table : local.Type != ValueType.Integer ? $"{Vector}<{Real}>" : local.IsLong ? LongLanes : $"{Vector}<{(isDouble ? "long" : "int")}>";

    public string Print(KernelExpression expression) => expression switch
    {
        NumberLiteral number => number.Precision == Precision.Wide || isDouble ? CSharpLiteral.Of(number.Value) : CSharpLiteral.Of((float)number.Value),
        TruthLiteral truth => truth.Value ? "true" : "false",
        IntegerForm form => Print(form.Form),
        PaddedLength padded => $"(({Offset(new IntegerForm(padded.Length))} + 15) & ~(nint)15)",
        ChunkBound bound when HasArguments => bound.IsEnd ? KernelNames.ChunkEnd : KernelNames.ChunkBegin,
        ChunkBound bound => bound.IsEnd ? "chunk.End" : "chunk.Begin",
        LanePositions positions => Positions(positions),
        LocalValue local => NameOf(local.Local.Name),
        SlotValue slot => slot.Kind == ValueType.Truth ? $"({Slot(slot.Slot)} != 0)" : Slot(slot.Slot),
        Operation { Lanes: true } operation => Lanes(operation),
        Operation operation => Scalar(operation),
        Splat splat => Spread(splat),
        ShortTable { First.Place: var first } => $"{Table}.Of(ref {Name(first)}, {Product(first.Buffer.Sizes)})",
        Kernels.Convert convert => $"({(convert.To == Precision.Wide || isDouble ? "double" : "float")}){Print(convert.Value)}",
        LaneReduction reduction => $"{Names.Lanes}.{LaneMerge(reduction.Kind)}({Print(reduction.Lanes)})",
        TailSelection { Kind: ReductionKind.Sum } tail => $"({Print(tail.Value)} & {MaskName(tail.Count)})",
        TailSelection tail => Choose(MaskName(tail.Count), Print(tail.Value), Spread(new Splat(new NumberLiteral(tail.Kind.NeutralElement(), Precision.Working))), isHeld: true),
        Read read => PrintRead(read),
        RangeCondition range => InRange(range.Test),
        _ => throw new InvalidOperationException($"no C# for {expression.GetType().Name}"),
    };

    private string Slot(int slot)
    {
        Slots.Add(slot);
        return HasArguments ? KernelNames.Slot(slot) : $"frame.Scalar({Number(slot)})";
    }

    /// <summary>An integer form: native integers, or long where an int parameter occurs.</summary>
    public string Print(AffineForm form)
    {
        string text = "";
        foreach (AffineTerm term in form.Terms)
        {
            string symbol = Print(term.Symbol);
            long size = Math.Abs(term.Coefficient);
            text += (term.Coefficient < 0 ? " - " : text.Length == 0 ? "" : " + ") + (size == 1 ? symbol : $"{Number(size)} * {symbol}");
        }

        if (text.StartsWith(" - ", StringComparison.Ordinal)) text = "-" + text.Substring(3);
        if (text.Length == 0) return Number(form.Constant);
        if (form.Constant != 0) text += (form.Constant < 0 ? " - " : " + ") + Number(Math.Abs(form.Constant));
        return form.Terms.Length > 1 || form.Constant != 0 || form.Terms[0].Coefficient != 1 ? $"({text})" : text;
    }

    /// <summary>An integer as an offset: native size.</summary>
    public string Offset(KernelExpression expression) => IsNative(expression) ? Strip(Print(expression)) : $"(nint){Print(expression)}";

    /// <summary>The product of some sizes; 1 of none.</summary>
    public string Product(IEnumerable<AffineForm> sizes)
    {
        string[] factors = sizes.Select(size => Offset(new IntegerForm(size)) is var text && size.Terms.Length + (size.Constant == 0 ? 0 : 1) > 1 ? $"({text})" : text).ToArray();
        return factors.Length == 0 ? "1" : string.Join(" * ", factors);
    }

    /// <summary>The name of a local as it is written here.</summary>
    public string NameOf(string local) => Renamed(CSharpIdentifier.Escape(local));

    /// <summary>The local that holds the size of an axis, as it is written here.</summary>
    public string SizeOf(Axis axis) => Renamed(Names.Size(axis));

    private string Renamed(string name) => Renames.TryGetValue(name, out string? other) ? other : name;

    public static string MaskName(KernelLocal count) => count.Name + "Mask";

    private string Print(Symbol symbol)
    {
        switch (symbol.Kind)
        {
            case SymbolKind.Position:
                return Renamed(Names.Position(symbol.Axis!));
            case SymbolKind.Size:
                Sizes.Add(symbol.Axis!);
                return SizeOf(symbol.Axis!);
            default:
                Integers.Add(symbol.Parameter!);
                return CSharpIdentifier.Escape(symbol.Parameter!.Name);
        }
    }

    private static bool IsNative(KernelExpression expression) => expression switch
    {
        IntegerForm form => form.Form.Terms.All(t => t.Symbol.Kind != SymbolKind.Parameter),
        ChunkBound => true,
        Operation operation => operation.Op.Is(Ops.IntegerAdd, Ops.IntegerSubtract, Ops.IntegerMultiply) && operation.Operands.All(IsNative),
        LocalValue or Read => false,
        _ => true,
    };

    private string Scalar(Operation operation)
    {
        string[] operands = operation.Operands.Select(Print).ToArray();
        Op op = operation.Op;
        if (op.Is(Ops.Select, Ops.IntegerSelect)) return $"({operands[0]} ? {operands[1]} : {operands[2]})";
        if (op.Is(Ops.ToReal)) return $"({Real}){operands[0]}";
        if (op.Is(Ops.ToPosition)) return $"(long){operands[0]}";
        if (op.Is(Ops.Not)) return "!" + operands[0];
        if (op.Is(Ops.IntegerMax)) return $"global::System.Math.Max({operands[0]}, {operands[1]})";
        if (op.Is(Ops.IntegerMin)) return $"global::System.Math.Min({operands[0]}, {operands[1]})";
        if (op.Is(Ops.IntegerDivide)) return $"{Names.Lanes}.Divide({operands[0]}, {operands[1]})";
        if (op.Is(Ops.IntegerModulo)) return $"{Names.Lanes}.Modulo({operands[0]}, {operands[1]})";
        return Template(op, operands);
    }

    private string Lanes(Operation operation)
    {
        string[] operands = operation.Operands.Select(Print).ToArray();
        Op op = operation.Op;
        KernelExpression first = operation.Operands[0];
        if (op.Is(Ops.Select, Ops.IntegerSelect))
        {
            if (!first.IsLanes) return $"({operands[0]} ? {operands[1]} : {operands[2]})";
            if (operation.IsLong) return $"{LongLanes}.ConditionalSelect({operands[0]}, {operands[1]}, {operands[2]})";
            // One operation where a side is 0.
            if (op.Is(Ops.Select) && IsZero(operation.Operands[2])) return OrZero(first, operands[0], operands[1]);
            if (op.Is(Ops.Select) && IsZero(operation.Operands[1])) return OrZero(first, operands[0], operands[2], otherwise: true);

            string mask = op.Is(Ops.Select) ? operands[0] : $"{Vector}.{(isDouble ? "AsInt64" : "AsInt32")}({operands[0]})";
            return Choose(mask, operands[1], operands[2], first is LocalValue && op.Is(Ops.Select));
        }

        // -|x| in one operation
        if (op.Is(Ops.Negate) && first is Operation { Op: var inner } size && inner.Is(Ops.Abs)) return $"({Print(size.Operands[0])} | {Vector}.Create({(isDouble ? "-0d" : "-0f")}))";
        if (op.Is(Ops.Not)) return "~" + operands[0];
        if (op.Is(Ops.Max, Ops.Min) && LargerOrSmaller(operation, operands[0], operands[1]) is { } extreme) return extreme;
        if (op.Is(Ops.ToPosition)) return $"{Vector}.{(isDouble ? "ConvertToInt64" : "ConvertToInt32")}({operands[0]})";
        if (op.Is(Ops.Widen)) return $"{LongLanes}.FromInt({operands[0]})";
        if (op.Is(Ops.ToReal)) return first.IsLong ? operands[0] + ".ToSingle()" : $"{Names.Lanes}.ToReal({operands[0]})";
        if (op.Is(Ops.IntegerMax, Ops.IntegerMin)) return $"{(first.IsLong ? LongLanes : Vector)}.{(op.Is(Ops.IntegerMax) ? "Max" : "Min")}({operands[0]}, {operands[1]})";
        if (PowerOfTwo(operation) is { } power)
        {
            // Both round down, for negative numbers as well.
            return op.Is(Ops.IntegerDivide)
                ? $"({operands[0]} >> {Number(power)})"
                : $"({operands[0]} & {Vector}.Create({(isDouble ? "(long)" : "")}{Number((1L << power) - 1)}))";
        }

        if (op.Is(Ops.IntegerDivide, Ops.IntegerModulo)) return $"{Names.Lanes}.{(op.Is(Ops.IntegerDivide) ? "Divide" : "Modulo")}({operands[0]}, {operands[1]})";
        if (Comparison(op) is { } comparison)
        {
            string compared = $"{(first.IsLong ? LongLanes : Vector)}.{comparison}({operands[0]}, {operands[1]})";
            if (first.Type == ValueType.Integer && !first.IsLong) compared = $"{Vector}.{(isDouble ? "AsDouble" : "AsSingle")}({compared})";
            return op.Is(Ops.NotEqual) ? "~" + compared : compared;
        }

        return LaneTemplate(op, operands);
    }

    /// <summary>
    /// One of two by a mask of whole lanes. Where the mask is held in a local, the runtime's compiler no longer sees that its lanes are whole, and takes three instructions;
    /// 256 bits are AVX2, where one does it.
    /// </summary>
    private string Choose(string mask, string whenTrue, string whenFalse, bool isHeld) => isHeld && width == 256
        ? $"{Names.Intrinsics}.X86.Avx.BlendVariable({Strip(whenFalse)}, {Strip(whenTrue)}, {Strip(mask)})"
        : $"{Vector}.ConditionalSelect({mask}, {whenTrue}, {whenFalse})";

    /// <summary>
    /// Lanes where a mask has them, or where it has none, and 0 elsewhere. With 512 bits a comparison gives a mask register, under which the operation itself
    /// can leave zeros; a mask in a local is a vector again.
    /// </summary>
    private string OrZero(KernelExpression condition, string mask, string lanes, bool otherwise = false) => width == 512 && condition is Operation
        ? $"{Vector}.ConditionalSelect({(otherwise ? "~" : "")}{mask}, {lanes}, {Vector}<{Real}>.Zero)"
        : otherwise ? $"{Vector}.AndNot({lanes}, {mask})" : $"({mask} & {lanes})";

    /// <summary>
    /// Maximum and minimum in which a NaN wins, by the machine's own, which give their second operand beside a NaN: a number goes first. Of two that may be NaN,
    /// 512 bits select under the mask of a comparison; 256 combine both orders bit by bit, which agree but for NaN. Null where the runtime's own will do.
    /// </summary>
    private string? LargerOrSmaller(Operation operation, string a, string b)
    {
        string native = $"{Vector}.{(operation.Op.Is(Ops.Max) ? "MaxNative" : "MinNative")}";
        if (IsNumber(operation.Operands[0])) return $"{native}({a}, {b})";
        if (IsNumber(operation.Operands[1])) return $"{native}({b}, {a})";
        if (width == 128 || !operation.Operands.All(o => o is LocalValue)) return null;
        return width == 512 ? $"{Vector}.ConditionalSelect({Vector}.Equals({a}, {a}), {native}({a}, {b}), {a})"
            : operation.Op.Is(Ops.Max) ? $"(({native}({a}, {b}) & {native}({b}, {a})) | {Names.Intrinsics}.X86.Avx.CompareUnordered({a}, {b}))"
            : $"({native}({a}, {b}) | {native}({b}, {a}))";
    }

    private static bool IsNumber(KernelExpression lanes) => lanes is Splat { Scalar: NumberLiteral { Value: var value } } && !double.IsNaN(value);

    private static bool IsZero(KernelExpression lanes) => lanes is Splat { Scalar: NumberLiteral { Value: 0 } zero } && 1 / zero.Value > 0;

    /// <summary>k, when an operation divides lanes of the kernel's own width by 2^k; else null.</summary>
    private static int? PowerOfTwo(Operation operation)
    {
        if (!operation.Op.Is(Ops.IntegerDivide, Ops.IntegerModulo) || operation.Operands[0].IsLong) return null;
        if (operation.Operands[1] is not Splat { Scalar: IntegerForm { Form: { IsConstant: true, Constant: > 0 and <= 1 << 30 and var divisor } } }) return null;
        int power = 0;
        while (1L << power < divisor) power++;
        return 1L << power == divisor ? power : null;
    }

    /// <summary>Whether the highest bit of any lane is set.</summary>
    public string AnyHighestBit(KernelExpression lanes) => $"{Vector}.ExtractMostSignificantBits({Print(lanes)}) != 0";

    /// <summary>Two lanes that are already printed, combined.</summary>
    public string Combine(Op combination, string a, string b) => LaneTemplate(combination, new[] { a, b });

    private string LaneTemplate(Op op, string[] operands) =>
        op.Intrinsic is { } method ? $"{Vector}.{method}({string.Join(", ", operands)})" : Template(op, operands);

    private static string? Comparison(Op op) =>
        op.Is(Ops.Less) ? "LessThan"
        : op.Is(Ops.LessOrEqual) ? "LessThanOrEqual"
        : op.Is(Ops.Greater) ? "GreaterThan"
        : op.Is(Ops.GreaterOrEqual) ? "GreaterThanOrEqual"
        : op.Is(Ops.Equal) || op.Is(Ops.NotEqual) ? "Equals"
        : null;

    private static string Template(Op op, string[] operands) =>
        string.Format(CultureInfo.InvariantCulture, op.CSharp!.Replace("VectorMath.", Names.VectorMath + "."), operands);

    private string Spread(Splat splat)
    {
        if (IsZero(splat)) return $"{Vector}<{Real}>.Zero";
        string scalar = Strip(Print(splat.Scalar));
        return splat.Scalar.Type switch
        {
            ValueType.Truth => $"(({scalar}) ? {Vector}<{Real}>.AllBitsSet : {Vector}<{Real}>.Zero)",
            ValueType.Integer when splat.IsLong => $"{LongLanes}.Create({scalar})",
            ValueType.Integer => $"{Vector}.Create(({(isDouble ? "long" : "int")})({scalar}))",
            _ => $"{Vector}.Create({scalar})",
        };
    }

    private string Positions(LanePositions positions)
    {
        string first = Strip(Print(positions.First));
        string step = positions.Step == 1 ? "" : Number(positions.Step);
        if (positions.IsLong)
        {
            string iota = $"{LongLanes}.FromInt({Vector}<int>.Indices)";
            return $"({LongLanes}.Create({first}) + {iota}{(step.Length == 0 ? "" : $" * {LongLanes}.Create({step})")})";
        }

        string lanes = $"{Vector}<{(isDouble ? "long" : "int")}>.Indices";
        return $"({Vector}.Create(({(isDouble ? "long" : "int")})({first})) + {lanes}{(step.Length == 0 ? "" : " * " + step)})";
    }

    private static string LaneMerge(ReductionKind kind) => kind switch
    {
        ReductionKind.Product => "ProductLanes",
        ReductionKind.Max => "MaxLanes",
        ReductionKind.Peak => "PeakLanes",
        ReductionKind.Min => "MinLanes",
        _ => "SumLanes",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Strip(string text) => NodePrinter.Strip(text);
}
