using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.CSharp;

/// <summary>Reads and writes of arrays.</summary>
internal sealed partial class ExpressionPrinter
{
    /// <summary>The outputs whose vectors go one behind the other, in the loop that is being printed.</summary>
    public ImmutableArray<KernelBuffer> Streamed { get; set; } = ImmutableArray<KernelBuffer>.Empty;

    /// <summary>A write as a statement without its semicolon.</summary>
    public string PrintWrite(Place place, KernelExpression value)
    {
        string name = Name(place), text = Strip(Print(value));
        string tail = place.TailCount is { } count ? ", " + count.Name : "";
        string guard = place.Tests.IsEmpty ? "" : $"if ({string.Join(" && ", place.Tests.Select(InRange))}) ";
        switch (place.Access)
        {
            case Access.Scalar:
                string type = CSharpTypes.Name(place.Buffer.Element);
                bool converts = !IsWorking(place.Buffer) && (place.Buffer.Kind == BufferKind.Tensor || place.Buffer.Type == ValueType.Integer);
                return $"{guard}{Element(place)} = {(converts ? $"({type})({text})" : text)}";
            case Access.Contiguous when tail.Length == 0 && Streamed.Contains(place.Buffer):
                return $"{KernelNames.Output(place.Buffer)}.Store(ref {name}, {LaneOffset(place)}, {text})";
            case Access.Contiguous when tail.Length == 0 && IsPlain(place.Buffer, isLong: false):
                return $"{guard}{Vector}.StoreUnsafe({text}, ref {name}, (nuint)({LaneOffset(place)}))";
            case Access.Contiguous:
                return $"{guard}{Names.Lanes}.Store{Infix(place.Buffer)}{(tail.Length == 0 ? "" : "Partial")}{width}(ref {name}, {LaneOffset(place)}, {text}{tail})";
            case Access.Strided:
                return $"{guard}{Names.Lanes}.Store{Infix(place.Buffer)}Strided{(tail.Length == 0 ? "" : "Partial")}{width}(ref {name}, {Offset(place.Offset)}, {Offset(place.LaneOffset!)}, {text}{tail})";
            default:
                throw new InvalidOperationException($"no store to a {place.Access}");
        }
    }

    /// <summary>A scatter as a statement without its semicolon; lanes whose indices are out of range add nothing.</summary>
    public string PrintScatterAdd(ScatterAdd scatter)
    {
        Place place = scatter.Place;
        string method = scatter.Queue is { } queue ? queue.Name + ".Add" : Names.Lanes + ".ScatterAdd";
        return $"{method}(ref {Name(place)}, {Print(place.LaneOffset!)}, {GatherMask(place)}, {Strip(Print(scatter.Value))})";
    }

    /// <summary>An empty queue of lanes.</summary>
    public string NewQueue(int number) => $"{Names.Runtime}.ScatterQueue{width}<{(isDouble ? "long" : "int")}, {Real}>.Of({number})";

    /// <summary>Announces what so many elements from a place on will be read, as a statement without its semicolon.</summary>
    public string PrintAhead(Place place, int elements) =>
        $"{Names.Runtime}.ReadAhead<{KernelNames.Path}>.From(ref {Name(place)}, {LaneOffset(place)}, {elements})";

    private string PrintRead(Read read)
    {
        Place place = read.Place;
        KernelBuffer buffer = place.Buffer;
        string name = Name(place);
        string tail = place.TailCount is { } count ? ", " + count.Name : "", partial = tail.Length == 0 ? "" : "Partial";
        switch (place.Access)
        {
            case Access.Scalar:
                return ScalarRead(place);
            case Access.Contiguous when tail.Length == 0 && IsPlain(buffer, read.IsLong):
                return InRangeOrZero(place, $"{Vector}.LoadUnsafe(ref {name}, (nuint)({LaneOffset(place)}))");
            case Access.Contiguous:
                return InRangeOrZero(place, $"{Names.Lanes}.Load{Infix(buffer)}{partial}{width}(ref {name}, {LaneOffset(place)}{tail})");
            case Access.Masked when !buffer.IsPadded:
                return $"{Names.Lanes}.LoadWhere{width}(ref {name}, {LaneOffset(place)}, {GatherMask(place)})";
            case Access.Masked:
                return $"({Vector}.LoadUnsafe(ref {name}, (nuint)({LaneOffset(place)})) & {GatherMask(place)})";
            case Access.Strided:
                return InRangeOrZero(place, $"{Names.Lanes}.Load{Infix(buffer)}Strided{partial}{width}(ref {name}, {Offset(place.Offset)}, {Offset(place.LaneOffset!)}{tail})");
            case Access.Gather when place.Table is { } table:
                return $"{Print(table)}.Gather(ref {name}, {Print(place.LaneOffset!)}, {GatherMask(place)})";
            default:
                return $"{Names.Lanes}.Gather{Infix(buffer)}{width}(ref {name}, {GatheredLanes(place, read)}, {GatherMask(place)})";
        }
    }

    private string InRangeOrZero(Place place, string read) =>
        place.Tests.IsEmpty ? read : $"({string.Join(" && ", place.Tests.Select(InRange))} ? {read} : default)";

    // Inside the vector loop an element is a whole vector, of which each lane has its own place.
    private string GatheredLanes(Place place, Read read)
    {
        string index = Print(place.LaneOffset!);
        if (!place.Buffer.HasLanes) return index;
        string iota = $"{Vector}<{(isDouble ? "long" : "int")}>.Indices";
        return place.LaneOffset!.IsLong
            ? $"({index} * {LongLanes}.Create({LaneCount}) + {LongLanes}.FromInt({iota}))"
            : $"({index} * {Vector}.Create(({(isDouble ? "long" : "int")}){LaneCount}) + {iota})";
    }

    /// <summary>Which lanes of a gather touch memory: those whose indices all lie in range.</summary>
    private string GatherMask(Place place)
    {
        var conditions = place.Tests.Select(test => test.Index.IsLanes
            ? $"{Names.Lanes}.InRange({Print(test.Index)}, {Offset(new IntegerForm(test.Size))})"
            : Spread(new Splat(new RangeCondition(test)))).ToList();
        if (place.TailCount is { } count) conditions.Add(MaskName(count));
        return conditions.Count == 0 ? $"{Vector}<{Real}>.AllBitsSet" : string.Join(" & ", conditions);
    }

    private string ScalarRead(Place place)
    {
        string element = Element(place);
        string value = place.Buffer.Type switch
        {
            ValueType.Integer => $"(long){element}",
            ValueType.Real when !IsWorking(place.Buffer) && place.Buffer.Kind == BufferKind.Tensor => $"({Real}){element}",
            _ => element,
        };
        if (place.Tests.IsEmpty) return value;
        string otherwise = place.Buffer.Type switch { ValueType.Real => isDouble ? "0d" : "0f", ValueType.Truth => "false", _ => "0L" };
        return $"({string.Join(" && ", place.Tests.Select(InRange))} ? {value} : {otherwise})";
    }

    private string InRange(BoundsTest test) => $"(ulong)({Print(test.Index)}) < (ulong)({Print(test.Size)})";

    private string Element(Place place)
    {
        string offset = Offset(place.Offset);
        return offset == "0" ? Name(place) : $"{Names.Unsafe}.Add(ref {Name(place)}, {offset})";
    }

    // Inside the vector loop an element is a whole vector.
    private string LaneOffset(Place place) =>
        place.Buffer.HasLanes ? $"({Offset(place.Offset)}) * {LaneCount}" : Offset(place.Offset);

    private static string Name(Place place) => CSharpIdentifier.Escape(place.Buffer.Name);

    private bool IsWorking(KernelBuffer buffer) => buffer.Element == (isDouble ? ElementType.Double : ElementType.Single);

    /// <summary>Whether memory and lanes hold the same type, so that the framework's own load will do.</summary>
    private bool IsPlain(KernelBuffer buffer, bool isLong) =>
        !isLong && (IsWorking(buffer) || (buffer.Element == ElementType.Int32 && !isDouble) || (buffer.Element == ElementType.Int64 && isDouble));

    /// <summary>How the runtime names the conversion from memory to lanes.</summary>
    private string Infix(KernelBuffer buffer) => buffer.Element switch
    {
        ElementType.Byte => isDouble ? "ByteLong" : "Byte",
        ElementType.Int32 => isDouble ? "IntLong" : "",
        ElementType.Int64 => isDouble ? "" : "Long",
        ElementType.Boolean => isDouble ? "BoolLong" : "Bool",
        ElementType.Double => isDouble ? "" : "Double",
        ElementType.Single => isDouble ? "Single" : "",
        ElementType.Half => isDouble ? "HalfDouble" : "Half",
        _ => throw new InvalidOperationException($"no lanes for {buffer.Element}"),
    };

    /// <summary>A scalar index in range, as a condition to spread.</summary>
    private sealed record RangeCondition(BoundsTest Test) : KernelExpression(ValueType.Truth, false);
}
