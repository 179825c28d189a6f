using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Loops whose elements lanes keep for the next one. Of its vectors a lane has the first <c>…_KEPT</c> in registers and the next <c>…_ROOM</c> in
/// the group's memory, where it alone looks, and which fills while it works on the first; the others are
/// read again, back and forth, since those that were read last are in the cache, from which what is kept then goes first.
/// All lanes have a vector in each turn but the last one of those that are kept: the host counts no more turns than the row has.
/// </summary>
internal sealed partial class NestPrinter
{
    /// <summary>What lanes keep; null where nothing is read again.</summary>
    public KeptRows? Kept => _kept;

    private string KeptTurns => $"{_name}_KEPT + {_name}_ROOM";

    /// <summary>How many vectors are kept, and the group's memory for them.</summary>
    public IEnumerable<string> Rooms()
    {
        if (_kept is null) yield break;
        yield return $"#if {_name}_KEPT > 0";
        string all = $"{_expressions.Print(_kept.Axis.Size)} / {CLiteral.Of(_kept.Width)}", most = $"({KeptTurns}) * lanes";
        yield return $"if (({KeptTurns} - 1) * lanes >= {all}) return; /* compiled for longer rows: not a vector of these is read */";
        yield return $"const int vectors = {all} < {most} ? (int)({all}) : {most};";
        yield return "LG_ROOM(room);";
        foreach (VectorArray array in _kept.Arrays)
        {
            string type = CTypes.Element(array.Place.Buffer.Element);
            yield return $"LG_L {type}* const {RoomOf(array)} = (LG_L {type}*)((LG_L char*)room + {CLiteral.Of(_kept.BytesBefore(array))} * {_name}_ROOM * lanes);";
        }

        yield return "#endif";
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

    /// <summary>Steps of neighbours: those in registers, those in the group's memory, the others, and the few positions that are left.</summary>
    private void WriteKeptSteps(Axis axis, VectorStep step, int number, Action<bool, Action<Action>> content) => WriteLoops(axis, "lane", "lanes", step, content, () =>
    {
        VectorArray[] first = step.Arrays.Where(a => KeptAs(a) is { } known && _kept!.Firsts[_kept.Arrays.IndexOf(known)] == number).ToArray();
        bool isBack = number % 2 != 0;
        WhereKept(() =>
        {
            if (first.Length > 0) WriteKeeping(axis, step, first);
            else if (number == 1) WritePrefetchOfNext();
            if (isBack) return;
            WriteRegisters(axis, step, content);
            WriteRoom(axis, step, content, isCopied: first.Length > 0);
        });
        WriteOthers(axis, step, isBack, content);
        if (!isBack) return;
        WhereKept(() =>
        {
            WriteRoom(axis, step, content, isCopied: first.Length > 0);
            WriteRegisters(axis, step, content);
        });
    });

    /// <summary>Reads what is kept: to registers, and the group's memory, which takes its time.</summary>
    private void WriteKeeping(Axis axis, VectorStep step, VectorArray[] kept)
    {
        var text = new VectorText(axis, step with { Ahead = 1 }, "lane + turn * lanes", _expressions);
        _writer.WriteLine("LG_UNROLL");
        using (_writer.WriteBlock($"for (int turn = 0; turn < {_name}_KEPT; turn++)"))
        using (_writer.WriteBlock($"if (LG_HAS(turn, {_name}_KEPT, {text.Vector}, vectors))"))
        {
            _writer.WriteLine(text.Position);
            foreach (VectorArray array in kept) _writer.WriteLine(text.Move("LG_KEEP", $"{RegistersOf(KeptAs(array)!)}[turn]", array, $", {_name}_REST"));
        }

        using (_writer.WriteBlock($"for (int turn = {_name}_KEPT; turn < {KeptTurns} && {text.Vector} < vectors; turn++)"))
        {
            _writer.WriteLine(text.Position);
            foreach (VectorArray array in kept) _writer.WriteLine(text.Move("LG_COPY", PlaceInRoom(step, KeptAs(array)!, "turn"), array, $", {_name}_REST"));
        }

        WritePrefetchOfRest(text, kept);
    }

    /// <summary>What has to be read twice comes to the second cache while lanes work on what they keep.</summary>
    private void WritePrefetchOfRest(VectorText one, VectorArray[] kept)
    {
        VectorArray[] rows = kept.Where(a => a.Rows is not null).ToArray();
        if (rows.Length == 0) return;
        using SourceWriter.Block block = _writer.WriteBlock($"if ({_name}_REST && lane == 0)");
        _writer.WriteLine($"const lg_i64 {one.AxisPosition} = {one.Width} * ({KeptTurns}) * lanes;");
        foreach (VectorArray array in rows) WritePrefetch(array, $"{_expressions.Print(_kept!.Axis.Size)} - {one.AxisPosition}");
    }

    private void WritePrefetch(VectorArray array, string count) =>
        _writer.WriteLine($"LG_PREFETCH({_expressions.Name(array.Place.Buffer.Name)} + {_expressions.Print(array.Place.Offset)}, {count}, workers, aligned);");

    private void WriteRegisters(Axis axis, VectorStep step, Action<bool, Action<Action>> content)
    {
        string turn = step.Ahead > 1 ? "turn + ahead" : "turn", vector = step.Ahead > 1 ? "lane + (turn + ahead) * lanes" : "lane + turn * lanes";
        var text = new VectorText(axis, step, vector, _expressions, $"LG_HAS({turn}, {_name}_KEPT, {vector}, vectors)");
        _writer.WriteLine("LG_UNROLL");
        using SourceWriter.Block loop = _writer.WriteBlock($"for (int turn = 0; turn < {_name}_KEPT; turn += {text.Ahead})");
        VectorArray[] others = step.Arrays.Where(a => KeptAs(a) is null).ToArray();
        foreach (VectorArray array in others) _writer.WriteLine(text.Declaration(array));
        Move(text, "LG_LOAD", others.Where(a => a.IsRead));
        WriteVectors(text, a => KeptAs(a) is { } kept ? $"{RegistersOf(kept)}[{turn}]" : text.Near(a), "LG_STREAM", content);
    }

    /// <summary>Those in the group's memory: several a step, whose turns are not the last one, then one by one.</summary>
    private void WriteRoom(Axis axis, VectorStep step, Action<bool, Action<Action>> content, bool isCopied)
    {
        string from = $"{_name}_KEPT";
        if (isCopied) _writer.WriteLine("LG_COPIED;");
        if (step.Ahead > 1)
        {
            string ahead = CLiteral.Of(step.Ahead);
            using (_writer.WriteBlock($"for (int turn = {from}; turn + {ahead} < {KeptTurns}; turn += {ahead})")) Step(new VectorText(axis, step, "lane + (turn + ahead) * lanes", _expressions), "turn + ahead");
            from += $" + (int)lg_whole({_name}_ROOM - 1, {ahead})";
        }

        var single = new VectorText(axis, step with { Ahead = 1 }, "lane + turn * lanes", _expressions);
        using (_writer.WriteBlock($"for (int turn = {from}; turn < {KeptTurns} && {single.Vector} < vectors; turn++)")) Step(single, "turn");

        void Step(VectorText text, string turn)
        {
            foreach (VectorArray array in step.Arrays) _writer.WriteLine(text.Declaration(array));
            VectorArray[] read = step.Arrays.Where(a => a.IsRead).ToArray();
            WriteAhead(text, () =>
            {
                if (read.Any(a => KeptAs(a) is null)) _writer.WriteLine(text.Position);
                foreach (VectorArray array in read)
                    _writer.WriteLine(KeptAs(array) is { } kept ? $"LG_LOAD({text.Width}, {text.Near(array)}, {PlaceInRoom(step, kept, turn)}, 1);" : text.Move("LG_LOAD", text.Near(array), array));
            });
            WriteVectors(text, text.Near, "LG_STREAM", content);
        }
    }

    /// <summary>Those that are not kept.</summary>
    private void WriteOthers(Axis axis, VectorStep step, bool isBack, Action<bool, Action<Action>> content)
    {
        var single = new VectorText(axis, step with { Ahead = 1 }, "vector", _expressions);
        VectorText text = step.Ahead > 1 ? Several(axis, step, "lanes") : single;
        string kept = $"({KeptTurns}) * lanes", all = step.Ahead > 1 ? $"{text.Ahead} * lanes" : "lanes", whole = $"{kept} + lg_whole({single.Count} - {kept}, {all})";
        _writer.WriteLine($"#if {_name}_REST");
        void Single() => WriteMemorySteps($"for (lg_i64 vector = lane + {whole}; vector < {single.Count}; vector += lanes)", single, "LG_STREAM", content);
        if (isBack) Single();
        WriteMemorySteps(isBack
            ? $"for (lg_i64 vector = lane + {whole} - {all}; vector >= {kept}; vector -= {all})"
            : $"for (lg_i64 vector = lane + {kept}; vector < {whole}; vector += {all})", text, "LG_STREAM", content);
        if (!isBack) Single();
        _writer.WriteLine("#endif");
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

    private string PlaceInRoom(VectorStep step, VectorArray kept, string turn) => $"{RoomOf(kept)} + {CLiteral.Of(step.Width)} * (lane + ({turn} - {_name}_KEPT) * lanes)";

    private VectorArray? KeptAs(VectorArray array) => _kept!.Arrays.FirstOrDefault(k => KeptRows.IsSame(k, array, Print));

    private string RegistersOf(VectorArray array) => NameOf(array, "kept");

    private string RoomOf(VectorArray array) => NameOf(array, "room");

    private string NameOf(VectorArray array, string where)
    {
        int at = _kept!.Arrays.IndexOf(array);
        return _expressions.Name($"{array.Place.Buffer.Name}_{where}{(_kept.Arrays.Take(at).Any(b => b.Place.Buffer.Equals(array.Place.Buffer)) ? $"{at}" : "")}");
    }
}
