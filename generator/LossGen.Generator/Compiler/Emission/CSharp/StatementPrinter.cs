using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.CSharp;

/// <summary>Prints the statements of a nest.</summary>
internal sealed partial class StatementPrinter(ExpressionPrinter expressions, SourceWriter writer, Func<int, (string First, bool IsInPlace)> partialOf, Func<int, string>? partialResult = null, string path = "")
{
    public void Write(ImmutableArray<KernelStatement> statements)
    {
        foreach (KernelStatement statement in statements) Write(statement);
    }

    private void Write(KernelStatement statement)
    {
        switch (statement)
        {
            case Comment comment:
                writer.WriteLine("// " + comment.Text);
                break;
            case Declare declare:
                writer.WriteLine($"{Type(declare.Local)} {Name(declare.Local)} = {Strip(expressions.Print(declare.Value))};");
                break;
            case Alternatives sides:
                using (writer.WriteBlock($"if ({Strip(expressions.Print(sides.Condition))})")) Write(sides.WhenTrue);
                using (writer.WriteBlock("else")) Write(sides.WhenFalse);
                break;
            case Leave leave:
                writer.WriteLine($"if ({expressions.AnyHighestBit(leave.Unusual)}) break;");
                break;
            case Assign assign:
                writer.WriteLine($"{Name(assign.Local)} = {Strip(expressions.Print(assign.Value))};");
                break;
            case DeclareRow row:
                writer.WriteLine($"ref {CSharpTypes.Name(row.Row.Element)} {row.Row.Name} = ref {Names.Unsafe}.Add(ref {CSharpIdentifier.Escape(row.Array.Name)}, {expressions.Offset(row.First)});");
                break;
            case DeclareArray array:
                WriteArray(array);
                break;
            case TurnRows turn:
                WriteTurn(turn);
                break;
            case Write write:
                writer.WriteLine(expressions.PrintWrite(write.Place, write.Value) + ";");
                break;
            case ScatterAdd scatter:
                writer.WriteLine(expressions.PrintScatterAdd(scatter) + ";");
                break;
            case OpenQueue open:
                writer.WriteLine($"var {open.Queue.Name} = {expressions.NewQueue(open.Queue.Number)};");
                break;
            case CloseQueue close:
                writer.WriteLine($"{close.Queue.Name}.End(ref {CSharpIdentifier.Escape(close.Array.Name)});");
                break;
            case SortRow sort:
                writer.WriteLine($"{Names.Runtime}.Sorting.Positions({RowText(sort.Keys)}, {RowText(sort.Positions)}, {expressions.Offset(new IntegerForm(sort.Keys.Count))});");
                break;
            case Fill fill:
                WriteFill(fill);
                break;
            case ScalarLoop loop:
                WriteLoop(loop);
                break;
            case PipelinedLoop loop:
                WritePipelined(loop);
                break;
            case JammedLoop loop:
                WriteJammed(loop);
                break;
            case Interleave copy:
                WriteInterleave(copy);
                break;
            case RowSums sums:
                new RowSumsPrinter(sums, expressions, writer, Write).Write();
                break;
            case BlockLoop loop:
                WriteBlocks(loop);
                break;
            case VectorLoop loop:
                WriteVectorLoop(loop);
                break;
            case WritePartial partial:
                WritePartial(partial);
                break;
            case Call { Routine: var routine }:
                WriteCall(routine);
                break;
        }
    }

    private string RowText(Row row) => $"ref {row.Buffer.Name}, {expressions.Offset(row.First)}, {expressions.Offset(row.Stride)}";

    private void WriteTurn(TurnRows turn)
    {
        string method = $"{Names.Lanes}.{(turn.IsBack ? "TurnBack" : "TurnRows")}{Number(expressions.Width)}";
        string rows = $"ref {CSharpIdentifier.Escape(turn.Rows.Name)}, {expressions.Offset(turn.First)}, {expressions.Offset(turn.Length)}";
        writer.WriteLine($"{method}({rows}, ref {turn.Panel.Name}{(turn.TailCount is { } count ? ", " + count.Name : "")});");
    }

    // Room for the first vector to begin on a cache line.
    private void WriteArray(DeclareArray array)
    {
        string type = CSharpTypes.Name(array.Array.Element), name = array.Array.Name, room = array.Room;
        string lanes = array.Array.HasLanes ? $" * {Number(expressions.LaneCount)}" : "";
        writer.WriteLine($"global::System.Span<{type}> {room} = stackalloc {type}[(int)({expressions.Product(array.Array.Sizes)}){lanes} + {(type == "double" ? "8" : "16")}];");
        writer.WriteLine($"ref {type} {name} = ref {Names.Lanes}.Aligned({room});");
    }

    private void WriteFill(Fill fill)
    {
        string count = fill.Rows is { } rows ? $"({expressions.Offset(rows)}) * {expressions.Product(fill.Buffer.Sizes.RemoveAt(0))}" : expressions.Product(fill.Buffer.Sizes);
        if (fill.Buffer.HasLanes) count = $"({count}) * {expressions.LaneCount}";
        string value = fill.Buffer.Element == Model.ElementType.Double ? CSharpLiteral.Of(fill.Value) : CSharpLiteral.Of((float)fill.Value);
        writer.WriteLine($"{Names.Lanes}.Fill(ref {fill.Buffer.Name}, {count}, {value});");
    }

    private void WriteInterleave(Interleave copy)
    {
        string row = Names.Position(copy.Rows), along = Names.Position(copy.Along);
        using SourceWriter.Block block = writer.WriteBlock("");
        writer.WriteLine($"nint {row} = {expressions.Offset(copy.FirstRow)}, {along} = {expressions.Offset(copy.From)};");
        writer.WriteLine(Text(copy.Copy, $"{expressions.Offset(copy.EndRow)} - {row}", $"{expressions.Offset(copy.To)} - {along}", expressions));
    }

    /// <summary>The call that copies so many rows and positions.</summary>
    public static string Text(Interleaving copy, string rows, string count, ExpressionPrinter expressions) =>
        $"{Names.Lanes}.Interleave(ref {CSharpIdentifier.Escape(copy.From.Buffer.Name)}, {expressions.Offset(copy.From.Offset)}, {expressions.Offset(copy.Row)}, {rows}, "
        + $"ref {CSharpIdentifier.Escape(copy.To.Buffer.Name)}, {expressions.Offset(copy.To.Offset)}, {expressions.Offset(copy.Stride)}, {count});";

    private void WriteLoop(ScalarLoop loop)
    {
        string i = Names.Position(loop.Axis);
        string head = loop.IsDescending
            ? $"for (nint {i} = {expressions.Offset(loop.To)} - 1; {i} >= {expressions.Offset(loop.From)}; {i}--)"
            : $"for (nint {i} = {expressions.Offset(loop.From)}; {i} < {expressions.Offset(loop.To)}; {i}++)";
        using (writer.WriteBlock(head)) Write(loop.Body);
    }

    private void WriteJammed(JammedLoop loop)
    {
        string i = Names.Position(loop.Axis), to = expressions.Offset(loop.To), copies = Number(loop.Copies);
        using SourceWriter.Block whole = writer.WriteBlock("");
        writer.WriteLine($"nint {i} = {expressions.Offset(loop.From)};");
        using (writer.WriteBlock($"for (; {i} <= {to} - {copies}; {i} += {copies})")) Write(loop.Jammed);
        using (writer.WriteBlock($"for (; {i} < {to}; {i}++)")) Write(loop.Single);
    }

    private void WriteBlocks(BlockLoop loop)
    {
        using SourceWriter.Block whole = WriteBlockHead(loop, expressions, writer);
        Write(loop.Body);
    }

    /// <summary>The head of a loop over blocks, and the end of a block.</summary>
    public static SourceWriter.Block WriteBlockHead(BlockLoop loop, ExpressionPrinter expressions, SourceWriter writer)
    {
        string start = Names.Position(loop.Start), to = expressions.Offset(loop.To), length = Number(loop.Length);
        SourceWriter.Block block = writer.WriteBlock($"for (nint {start} = {expressions.Offset(loop.From)}; {start} < {to}; {start} += {length})");
        writer.WriteLine($"nint {expressions.NameOf(loop.End.Name)} = global::System.Math.Min({start} + {length}, {to});");
        return block;
    }

    private void WritePipelined(PipelinedLoop loop)
    {
        string i = Names.Position(loop.Axis), before = "before_" + i.TrimStart('@'), from = expressions.Offset(loop.From), to = expressions.Offset(loop.To);

        // Another form of the loop beside this one, for other sizes, may have the same names.
        using SourceWriter.Block? scope = loop.Carried.IsEmpty ? null : writer.WriteBlock("");
        Write(loop.Carried);
        using SourceWriter.Block whole = writer.WriteBlock($"for (nint {i} = {from}; {i} <= {to}; {i}++)");
        using (writer.WriteBlock($"if ({i} < {to})")) Write(loop.First);
        using (writer.WriteBlock($"if ({i} > {from})"))
        {
            writer.WriteLine($"nint {before} = {i} - 1;");
            expressions.Renames[i] = before;
            Write(loop.Last);
            expressions.Renames.Remove(i);
        }

        if (loop.Middle.IsEmpty) return;
        using (writer.WriteBlock($"if ({i} < {to})")) Write(loop.Middle);
    }

    /// <summary>Whether a tail selects by its mask: in an accumulation, or in a gather.</summary>
    private static bool Uses(ImmutableArray<KernelStatement> statements) => statements.Any(s => s switch
    {
        Declare declare => Uses(declare.Value),
        Assign assign => Uses(assign.Value),
        Write write => Uses(write.Value),
        ScatterAdd => true,
        ScalarLoop loop => Uses(loop.Body),
        BlockLoop loop => Uses(loop.Body),
        _ => false,
    });

    private static bool Uses(KernelExpression expression) => expression switch
    {
        TailSelection => true,
        Read read => read.Place.Access == Access.Gather,
        Operation operation => operation.Operands.Any(Uses),
        _ => false,
    };

    private void WritePartial(WritePartial partial)
    {
        if (partialResult is not null)
        {
            writer.WriteLine($"{partialResult(partial.Partial)}{Strip(expressions.Print(partial.Value!))};");
            return;
        }

        (string first, bool isInPlace) = partialOf(partial.Partial);
        if (partial.Value is { } value)
        {
            writer.WriteLine($"frame.Partial(chunk.Index, {first}) = {Strip(expressions.Print(value))};");
            return;
        }

        KernelBuffer array = partial.Array!;
        string count = expressions.Product(array.Sizes);
        string where = isInPlace ? "if (frame.ChunkCount > 1) " : "";
        writer.WriteLine($"{where}frame.SetPartials(chunk.Index, {first}, {count}, ref {array.Name});");
    }

    private void WriteCall(Routine routine)
    {
        IEnumerable<string> given = routine.Positions.Select(axis => expressions.Offset(new IntegerForm(AffineForm.Of(Symbol.PositionOf(axis)))))
            .Concat(routine.Given.Select(Name)).Concat(routine.Changed.Select(l => "ref " + Name(l))).Concat(routine.Arrays.Select(a => "ref " + CSharpIdentifier.Escape(a.Name)));
        writer.WriteLine($"{Routine.NameOf(routine.Name, expressions.Width)}{path}({string.Join(", ", given.Prepend("in chunk").Prepend("in frame"))});");
    }

    /// <summary>The parameters of a routine, behind the frame and the chunk.</summary>
    public IEnumerable<string> Parameters(Routine routine) => routine.Positions.Select(axis => "nint " + Names.Position(axis))
        .Concat(routine.Given.Select(l => $"{ParameterType(l)} {Name(l)}")).Concat(routine.Changed.Select(l => $"ref {ParameterType(l)} {Name(l)}"))
        .Concat(routine.Arrays.Select(a => $"ref {CSharpTypes.Name(a.Element)} {CSharpIdentifier.Escape(a.Name)}"));

    private string ParameterType(KernelLocal local) => local.IsLanes ? expressions.LanesOf(local) : Type(local);

    private string Type(KernelLocal local) =>
        local.IsLanes ? "var" : local.Type switch
        {
            ValueType.Truth => "bool",
            ValueType.Integer => "long",
            _ => local.Precision == Precision.Wide ? "double" : expressions.Real,
        };

    private string Name(KernelLocal local) => expressions.NameOf(local.Name);

    private static string Strip(string text) => NodePrinter.Strip(text);
}
