using System.Globalization;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>Prints expressions in the C family. Records which sizes, int parameters and arrays it used.</summary>
/// <param name="isDouble">Whether the working precision is float64.</param>
/// <param name="isWide">Whether reals are held in the widest type of the device, as between nests, and not in working precision.</param>
/// <param name="names">The names of the kernel.</param>
internal sealed class CExpressionPrinter(bool isDouble, bool isWide, CNames names)
{
    /// <summary>Behind what is held of an array: the element at a place of the vector.</summary>
    public const string Neighbour = "[neighbour]";

    /// <summary>Axes whose size is used.</summary>
    public HashSet<Axis> Sizes { get; private init; } = new();

    /// <summary>Int parameters that are used.</summary>
    public HashSet<ScalarParameter> Integers { get; private init; } = new();

    /// <summary>Arrays that are used.</summary>
    public HashSet<KernelBuffer> Buffers { get; } = new();

    /// <summary>Names that locals have for now.</summary>
    public Dictionary<KernelLocal, string> Shares { get; } = new();

    /// <summary>Elements that are held in locals for now, by array and offset.</summary>
    public Dictionary<(KernelBuffer Buffer, string Offset), string> Held { get; } = new();

    /// <summary>Where slots stand that follow from arguments; null where all are in memory.</summary>
    public ArgumentValues? Given { get; init; }

    /// <summary>Whole numbers that the positions of a vector are compared with, while one is printed.</summary>
    public NearIndices? Near { get; set; }

    /// <summary>The type of reals.</summary>
    public string Real => isWide ? "lgw_real" : isDouble ? "double" : "float";

    /// <summary>Whether an array holds sums as pairs of numbers.</summary>
    public bool HoldsPairs(KernelBuffer buffer) => !isDouble && buffer is { Kind: BufferKind.Scratch, Element: ElementType.Double };

    /// <summary>One for the widest type, which records in the same sets.</summary>
    public CExpressionPrinter InWidestType() => new(isDouble, isWide: true, names) { Sizes = Sizes, Integers = Integers, Given = Given };

    public string Name(string name) => names[name];

    public string Position(Axis axis) => names[CSharp.Names.Position(axis)];

    public string Print(KernelExpression expression) => expression switch
    {
        NumberLiteral number => isWide ? Wide(number.Value) : CLiteral.Of(number.Value, isDouble),
        TruthLiteral truth => truth.Value ? "1" : "0",
        IntegerForm form => Print(form.Form),
        LocalValue local => Shares.TryGetValue(local.Local, out string? share) ? share : names[local.Local.Name],
        SlotValue slot => slot.Kind == ValueType.Truth ? $"({Slot(slot.Slot)} != 0)" : Slot(slot.Slot),
        Operation operation when Near is { IsElsewhere: true } && Near.Elsewhere(operation) is var left && !ReferenceEquals(left, operation) => Print(left),
        Operation operation when Near?.In(operation) is { } index => $"({Near.Of(index, Name(index.Name + "_near"))} == neighbour)",
        Operation operation => Apply(operation.Op, operation.Operands.Select(Print).ToArray()),
        Kernels.Convert convert => PrintConvert(convert),
        Read read => PrintRead(read.Place),
        _ => throw new InvalidOperationException($"no C for {expression.GetType().Name}"),
    };

    /// <summary>An operation on printed operands.</summary>
    public string Apply(Op op, params string[] operands)
    {
        if (op.C is not { } text) throw new InvalidOperationException($"no C for {op.Name}");
        if (op.Result == ValueType.Real) text = text.Replace("lg_", isWide ? "lgw_" : "lg_");
        return string.Format(CultureInfo.InvariantCulture, text, operands);
    }

    /// <summary>An integer form, in 64 bits.</summary>
    public string Print(AffineForm form)
    {
        string text = "";
        foreach (AffineTerm term in form.Terms)
        {
            string symbol = Print(term.Symbol);
            long size = Math.Abs(term.Coefficient);
            text += (term.Coefficient < 0 ? (text.Length == 0 ? "-" : " - ") : text.Length == 0 ? "" : " + ") + (size == 1 ? symbol : $"{CLiteral.Of(size)} * {symbol}");
        }

        if (text.Length == 0) return CLiteral.Of(form.Constant);
        if (form.Constant != 0) text += (form.Constant < 0 ? " - " : " + ") + CLiteral.Of(Math.Abs(form.Constant));
        return form.Terms.Length > 1 || form.Constant != 0 || form.Terms[0].Coefficient != 1 ? $"({text})" : text;
    }

    /// <summary>The product of some sizes; 1 of none.</summary>
    public string Product(IEnumerable<AffineForm> sizes)
    {
        string[] factors = sizes.Select(Print).ToArray();
        return factors.Length == 0 ? "1" : string.Join(" * ", factors);
    }

    /// <summary>A place as an element of its array.</summary>
    public string Element(Place place)
    {
        Buffers.Add(place.Buffer);
        string name = names[place.Buffer.Name], offset = Strip(Print(place.Offset));
        return place.Buffer.Kind == BufferKind.Scratch ? $"{name}[{name}_first + step * ({offset})]" : $"{name}[{offset}]";
    }

    /// <summary>The condition under which a place may be touched; empty when it always may.</summary>
    public string Condition(Place place) => string.Join(" && ", place.Tests.Select(t => $"lg_in({Strip(Print(t.Index))}, {Strip(Print(t.Size))})"));

    /// <summary>A write as a statement.</summary>
    public string Write(Place place, string value)
    {
        if (HeldAt(place) is { } held) return $"{held} = {StoredAs(place.Buffer, value)};";
        string element = Element(place), guard = place.Tests.IsEmpty ? "" : $"if ({Condition(place)}) ";
        if (place.Buffer.Element == ElementType.Half && place.Buffer.Kind == BufferKind.Tensor)
            return $"{guard}lg_store_half({names[place.Buffer.Name]}, {Strip(Print(place.Offset))}, (float)({value}));";
        return $"{guard}{element} = {StoredAs(place.Buffer, value)};";
    }

    private string Slot(int slot) => Given?.Print(slot) ?? $"slots[{CLiteral.Of(slot)}]";

    private string? HeldAt(Place place) => Held.Count > 0 && Held.TryGetValue((place.Buffer, Strip(Print(place.Offset))), out string? held) ? held : null;

    private string StoredAs(KernelBuffer buffer, string value)
    {
        if (buffer is { Element: ElementType.Half, Kind: BufferKind.Tensor }) return $"lg_half_bits((float)({value}))";
        bool converts = !HoldsPairs(buffer) && buffer.Type == ValueType.Real && buffer.Element != (isDouble ? ElementType.Double : ElementType.Single);
        return converts ? $"({CTypes.Element(buffer.Element)})({value})" : value;
    }

    private string PrintRead(Place place)
    {
        string? held = HeldAt(place);
        string element = held ?? Element(place);
        KernelBuffer buffer = place.Buffer;
        string value = buffer.Type switch
        {
            ValueType.Integer => $"(lg_i64){element}",
            ValueType.Truth => $"({element} != 0)",
            _ when HoldsPairs(buffer) => element,
            _ when buffer.Element == ElementType.Half && held is not null => $"({Real}){HeldHalf(held)}",
            _ when buffer.Element == ElementType.Half => $"({Real})lg_load_half({names[buffer.Name]}, {Strip(Print(place.Offset))})",
            _ when isWide || buffer.Element != (isDouble ? ElementType.Double : ElementType.Single) => $"({Real}){element}",
            _ => element,
        };
        if (place.Tests.IsEmpty) return value;
        string otherwise = buffer.Type != ValueType.Real ? "0" : HoldsPairs(buffer) ? "lg_pair_of(0.0f)" : isWide ? Wide(0) : CLiteral.Of(0.0, isDouble);
        return $"({Condition(place)} ? {value} : {otherwise})";
    }

    private static string HeldHalf(string held) => held.EndsWith(Neighbour, StringComparison.Ordinal)
        ? $"lg_half_at({held.Substring(0, held.Length - Neighbour.Length)}, neighbour)"
        : $"lg_half_of({held})";

    private string PrintConvert(Kernels.Convert convert)
    {
        bool holdsPair = convert.Value is LocalValue { Local: { Precision: Precision.Wide, Type: ValueType.Real } } || (convert.Value is Read read && HoldsPairs(read.Place.Buffer));
        if (!isWide && holdsPair) return $"lg_value({Print(convert.Value)})";
        return isWide && convert.Value is Read ? Print(convert.Value) : $"({Real}){Print(convert.Value)}";
    }

    private string Print(Symbol symbol)
    {
        switch (symbol.Kind)
        {
            case SymbolKind.Position:
                return Position(symbol.Axis!);
            case SymbolKind.Size:
                Sizes.Add(symbol.Axis!);
                return names[CSharp.Names.Size(symbol.Axis!)];
            default:
                Integers.Add(symbol.Parameter!);
                return names[symbol.Parameter!.Name];
        }
    }

    // The macro adds the letter of a float where the device has no float64: what is in it is digits alone.
    private static string Wide(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value)) return $"((lgw_real){CLiteral.Of(value, isDouble: false)})";
        string text = CLiteral.Of(value, isDouble: true);
        return text[0] == '(' ? $"(-LG_WIDE({text.Substring(2, text.Length - 3)}))" : $"LG_WIDE({text})";
    }

    private static string Strip(string text) => NodePrinter.Strip(text);
}
