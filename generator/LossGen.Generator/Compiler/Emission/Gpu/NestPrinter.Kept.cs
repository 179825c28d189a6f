using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Loops whose elements lanes keep for the next one. Of its vectors a lane has the first <c>…_KEPT</c> in registers and the next <c>…_ROOM</c> in
/// the group's memory, where it alone looks, and which fills while it works on the first; the others are
/// read again, back and forth, since those that were read last are in the cache, from which what is kept then goes first.
/// </summary>
internal sealed partial class NestPrinter
{
    /// <summary>What lanes keep; null where nothing is read again.</summary>
    public KeptRows? Kept => _kept;

    private string InRegisters => $"{_name}_KEPT * lanes";

    /// <summary>The group's memory for it.</summary>
    public IEnumerable<string> Rooms()
    {
        if (_kept is null) yield break;
        yield return "LG_ROOM(room);";
        foreach (VectorArray array in _kept.Arrays)
        {
            string type = CTypes.Element(array.Place.Buffer.Element);
            yield return $"LG_L {type}* const {RoomOf(array)} = (LG_L {type}*)((LG_L char*)room + {CLiteral.Of(_kept.BytesBefore(array))} * {_name}_ROOM * lanes);";
        }
    }

    private void DeclareKept()
    {
        if (_kept is null) return;
        WhereKept(() =>
        {
            foreach (VectorArray array in _kept.Arrays)
                _writer.WriteLine($"LG_VECTORS({CTypes.Element(array.Place.Buffer.Element)}, {RegistersOf(array)}, {_name}_KEPT, {CLiteral.Of(_kept.Width)});");
        });
    }

    // Where nothing is kept, as on a processor, its compiler need not read it.
    private void WhereKept(Action content)
    {
        _writer.WriteLine($"#if {_name}_KEPT > 0");
        content();
        _writer.WriteLine("#endif");
    }

    /// <summary>Steps of neighbours: those in registers, the others, and the few positions that are left.</summary>
    private void WriteKeptSteps(Axis axis, VectorStep step, int number, Action<bool, Action<Action>> content)
    {
        _vectors.Add(step);
        var one = new VectorText(axis, step with { Ahead = 1 }, "lanes", _expressions);
        void Registers() => WriteRegisters(one, () =>
        {
            foreach (VectorArray array in step.Arrays.Where(a => KeptAs(a) is null)) _writer.WriteLine(one.Declaration(array));
            Move(one, "LG_LOAD", step.Arrays.Where(a => a.IsRead && KeptAs(a) is null), "");
            WriteVector(one, a => KeptAs(a) is { } kept ? $"{RegistersOf(kept)}[turn]" : one.Near(a), "LG_STREAM", content);
        });
        VectorArray[] kept = step.Arrays.Where(a => KeptAs(a) is { } known && _kept!.Firsts[_kept.Arrays.IndexOf(known)] == number).ToArray();
        if (kept.Length > 0)
        {
            WhereKept(() =>
            {
                WriteKeeping(one, kept);
                Registers();
                _writer.WriteLine("LG_COPIED;");
            });
            WriteOthers(axis, step, number, content);
        }
        else
        {
            if (number == 1) WhereKept(WritePrefetchOfNext);
            WriteOthers(axis, step, number, content);
            WhereKept(Registers);
        }

        WriteRest(axis, "lane", "lanes", step, content);
    }

    /// <summary>Reads what is kept: to registers, and the group's memory, which takes its time.</summary>
    private void WriteKeeping(VectorText one, VectorArray[] kept)
    {
        WriteRegisters(one, () =>
        {
            _writer.WriteLine(one.Position);
            foreach (VectorArray array in kept) _writer.WriteLine(one.Move("LG_KEEP", $"{RegistersOf(KeptAs(array)!)}[turn]", array, $", {_name}_REST"));
        });
        using (_writer.WriteBlock($"for (lg_i64 vector = lane + {InRegisters}; vector < {one.Count} && {IsInRoom(one)}; vector += lanes)"))
        {
            _writer.WriteLine(one.Position);
            foreach (VectorArray array in kept) _writer.WriteLine(one.Move("LG_COPY", PlaceInRoom(one, KeptAs(array)!), array, $", {_name}_REST"));
        }

        WritePrefetchOfRest(one, kept);
    }

    /// <summary>What has to be read twice comes to the second cache while lanes work on what they keep.</summary>
    private void WritePrefetchOfRest(VectorText one, VectorArray[] kept)
    {
        VectorArray[] rows = kept.Where(a => a.Rows is not null).ToArray();
        if (rows.Length == 0) return;
        using SourceWriter.Block block = _writer.WriteBlock($"if ({_name}_REST && lane == 0)");
        _writer.WriteLine($"const lg_i64 {one.AxisPosition} = {one.Width} * ({_name}_KEPT + {_name}_ROOM) * lanes;");
        foreach (VectorArray array in rows) WritePrefetch(array, $"{_expressions.Print(_kept!.Axis.Size)} - {one.AxisPosition}");
    }

    private void WritePrefetch(VectorArray array, string count) =>
        _writer.WriteLine($"LG_PREFETCH({_expressions.Name(array.Place.Buffer.Name)} + {_expressions.Print(array.Place.Offset)}, {count}, workers, aligned);");

    private void WriteRegisters(VectorText text, Action content)
    {
        _writer.WriteLine("LG_UNROLL");
        using SourceWriter.Block loop = _writer.WriteBlock($"for (int turn = 0; turn < {_name}_KEPT; turn++)");
        _writer.WriteLine("const lg_i64 vector = lane + turn * lanes;");
        using (_writer.WriteBlock(text.Exists)) content();
    }

    private void WriteOthers(Axis axis, VectorStep step, int number, Action<bool, Action<Action>> content)
    {
        var text = new VectorText(axis, step, "lanes", _expressions);
        string stride = step.Ahead > 1 ? $"{text.Ahead} * lanes" : "lanes";
        string head = number % 2 == 0
            ? $"for (lg_i64 vector = lane + {InRegisters}; vector < {text.Count}; vector += {stride})"
            : $"for (lg_i64 vector = lane + {InRegisters} + lg_last({text.Count} - {InRegisters}, {stride}); vector >= {InRegisters}; vector -= {stride})";
        using SourceWriter.Block loop = _writer.WriteBlock(head);
        foreach (VectorArray array in step.Arrays) _writer.WriteLine(text.Declaration(array));
        WriteAhead(step, () =>
        {
            using SourceWriter.Block inside = _writer.WriteBlock(text.Exists);
            _writer.WriteLine(text.Position);
            foreach (VectorArray array in step.Arrays.Where(a => a.IsRead))
            {
                string fromRoom = KeptAs(array) is { } kept ? $"if (!{_name}_REST || {IsInRoom(text)}) LG_LOAD({text.Width}, {text.Near(array)}, {PlaceInRoom(text, kept)}, 1); else " : "";
                _writer.WriteLine(fromRoom + text.Move("LG_LOAD", text.Near(array), array));
            }
        });
        WriteAhead(step, () =>
        {
            using SourceWriter.Block inside = _writer.WriteBlock(text.Exists);
            WriteVector(text, text.Near, "LG_STREAM", content);
        });
    }

    /// <summary>Asks for the rows of the worker's next item, so that memory is read while lanes write what they have.</summary>
    private void WritePrefetchOfNext()
    {
        VectorArray[] rows = _kept!.Arrays.Where(a => a.Rows is not null && IsRowOfItem(a.Place.Offset)).ToArray();
        if (_item is null || rows.Length == 0) return;
        string item = _expressions.Position(_item), along = _expressions.Position(_kept.Axis);
        using SourceWriter.Block block = _writer.WriteBlock($"if (!{_name}_REST && lane == 0 && {item} + workers < {_expressions.Print(_item.Size)})");
        _writer.WriteLine($"const lg_i64 next = {item} + workers;");
        using SourceWriter.Block inside = _writer.WriteBlock("");
        _writer.WriteLine($"const lg_i64 {item} = next, {along} = 0;");
        foreach (VectorArray array in rows) WritePrefetch(array, _expressions.Print(_kept.Axis.Size));
    }

    // Its place is known from the item's position alone.
    private bool IsRowOfItem(KernelExpression offset) => offset.Everything().All(part => part switch
    {
        IntegerForm { Form: var form } => form.Terms.All(t => t.Symbol.Kind != SymbolKind.Position || ReferenceEquals(t.Symbol.Axis, _item) || ReferenceEquals(t.Symbol.Axis, _kept!.Axis)),
        Operation => true,
        _ => false,
    });

    private string IsInRoom(VectorText text) => $"{text.Vector} < ({_name}_KEPT + {_name}_ROOM) * lanes";

    private string PlaceInRoom(VectorText text, VectorArray kept) => $"{RoomOf(kept)} + {text.Width} * ({text.Vector} - {InRegisters})";

    private VectorArray? KeptAs(VectorArray array) => _kept!.Arrays.FirstOrDefault(k => KeptRows.IsSame(k, array, Print));

    private string RegistersOf(VectorArray array) => NameOf(array, "kept");

    private string RoomOf(VectorArray array) => NameOf(array, "room");

    private string NameOf(VectorArray array, string where)
    {
        int at = _kept!.Arrays.IndexOf(array);
        return _expressions.Name($"{array.Place.Buffer.Name}_{where}{(_kept.Arrays.Take(at).Any(b => b.Place.Buffer.Equals(array.Place.Buffer)) ? $"{at}" : "")}");
    }
}
