using System.Collections.Immutable;
using System.Globalization;
using LossGen.Compiler.Emission.Kernels;

namespace LossGen.Compiler.Emission.CSharp;

/// <summary>Prints sums whose accumulators stay in registers: for each block the panel, then several vectors at once, single vectors, the tail.</summary>
internal sealed class RowSumsPrinter(RowSums sums, ExpressionPrinter expressions, SourceWriter writer, Action<ImmutableArray<KernelStatement>> write)
{
    private readonly string _lanes = Names.Position(sums.Lanes);

    public void Write()
    {
        using SourceWriter.Block blocks = StatementPrinter.WriteBlockHead(sums.Block, expressions, writer);
        OverRows(WritePack);
        string to = expressions.Offset(sums.To);
        writer.WriteLine($"nint {_lanes} = {expressions.Offset(sums.From)};");
        foreach (int vectors in new[] { sums.Vectors, 1 })
        {
            string step = Number(vectors * expressions.LaneCount);
            using SourceWriter.Block loop = writer.WriteBlock($"for (; {_lanes} <= {to} - {step}; {_lanes} += {step})");
            for (int copy = 1; copy < vectors; copy++) writer.WriteLine($"nint {Copy(_lanes, copy)} = {_lanes} + {Number(copy * expressions.LaneCount)};");
            WriteColumns(whole: true, vectors);
            OverRows(tile => WriteTile(tile, whole: true, vectors));
        }

        using (writer.WriteBlock($"if ({_lanes} < {to})"))
        {
            writer.WriteLine($"int {sums.TailCount.Name} = (int)({to} - {_lanes});");
            WriteColumns(whole: false, 1);
            OverRows(tile => WriteTile(tile, whole: false, 1));
        }

        WriteWide();
    }

    private void WriteWide()
    {
        if (sums.Wide.IsEmpty) return;
        string from = expressions.Offset(sums.Block.From), to = expressions.Offset(sums.Block.To), end = expressions.NameOf(sums.Block.End.Name), row = Names.Position(sums.Row), length = Number(sums.WideLength);
        using SourceWriter.Block many = writer.WriteBlock($"if ({to} - ({from}) > {length} && ({end} == {to} || ({end} - ({from})) % {length} == 0))");
        writer.WriteLine($"{_lanes} = {expressions.Offset(sums.From)};");
        using SourceWriter.Block rows = writer.WriteBlock($"for (nint {row} = {expressions.Offset(sums.FirstRow)}; {row} < {expressions.Offset(sums.EndRow)}; {row}++)");
        foreach (WideSums wide in sums.Wide)
        {
            writer.WriteLine($"{Names.Lanes}.Widen(ref {CSharpIdentifier.Escape(wide.Sums.Buffer.Name)}, {expressions.Offset(wide.Sums.Offset)}, ref {wide.Array.Name}, {expressions.Offset(wide.Row)}, {expressions.Offset(sums.To)} - {_lanes}, "
                + $"{end} - ({from}) == {length}, {end} == {to});");
        }
    }

    private void WritePack(RowTile tile)
    {
        if (tile.Copy is null)
        {
            OverBlock(() => write(tile.Pack));
            return;
        }

        string position = Names.Position(sums.Block.Of);
        writer.WriteLine($"nint {position} = {Names.Position(sums.Block.Start)};");
        writer.WriteLine(StatementPrinter.Text(tile.Copy, Number(tile.Rows), $"{expressions.NameOf(sums.Block.End.Name)} - {position}", expressions));
    }

    private void WriteColumns(bool whole, int vectors)
    {
        if (sums.Columns.IsEmpty) return;
        string vector = CSharpIdentifier.Escape(sums.Vector.Name);
        for (int copy = 0; copy < vectors; copy++) writer.WriteLine($"const nint {(copy == 0 ? vector : Copy(vector, copy))} = {Number(copy)};");
        if (!sums.Copies.IsEmpty && (whole || sums.Copies[0].HasTail))
        {
            foreach (ColumnCopy copy in sums.Copies)
                writer.WriteLine($"{Names.Lanes}.CopyColumns{Number(expressions.Width)}(ref {CSharpIdentifier.Escape(copy.From.Buffer.Name)}, {expressions.Offset(copy.From.Offset)}, {expressions.Offset(copy.Step)}, ref {copy.Panel.Name}, "
                    + $"{Number(copy.First * expressions.LaneCount)}, {Number(copy.Stride * expressions.LaneCount)}, {expressions.NameOf(sums.Block.End.Name)} - {Names.Position(sums.Block.Start)}, {Number(vectors)});");
            return;
        }

        using SourceWriter.Block block = writer.WriteBlock("");
        WriteBody(sums.Columns[whole ? 0 : 1], vectors);
    }

    private void OverRows(Action<RowTile> body)
    {
        string row = Names.Position(sums.Row), end = expressions.Offset(sums.EndRow);
        using SourceWriter.Block rows = writer.WriteBlock("");
        writer.WriteLine($"nint {row} = {expressions.Offset(sums.FirstRow)};");
        foreach (RowTile tile in sums.Tiles)
        {
            using SourceWriter.Block loop = writer.WriteBlock($"for (; {row} <= {end} - {Number(tile.Rows)}; {row} += {Number(tile.Rows)})");
            body(tile);
        }
    }

    private void OverBlock(Action body)
    {
        string position = Names.Position(sums.Block.Of);
        using SourceWriter.Block loop = writer.WriteBlock($"for (nint {position} = {Names.Position(sums.Block.Start)}; {position} < {expressions.NameOf(sums.Block.End.Name)}; {position}++)");
        body();
    }

    private void WriteTile(RowTile tile, bool whole, int vectors)
    {
        RowTileBody body = whole ? tile.Whole : tile.Tail;
        if (tile.Guarded is null)
        {
            WriteBody(body, vectors);
            return;
        }

        using (writer.WriteBlock(""))
        {
            WriteBody(body, vectors, afterwards: all =>
            {
                string[] sums = body.Sums.Select(local => CSharpIdentifier.Escape(local.Name)).SelectMany(name => Enumerable.Range(0, vectors).Select(copy => copy == 0 ? name : Copy(name, copy))).ToArray();
                writer.WriteLine($"var sumOfSums = {string.Join(" + ", sums)};");
                using SourceWriter.Block numbers = writer.WriteBlock($"if ({expressions.Vector}.EqualsAll(sumOfSums, sumOfSums))");
                all();
                writer.WriteLine("continue;");
            });
        }

        using SourceWriter.Block again = writer.WriteBlock("");
        WriteBody(whole ? tile.Guarded.Whole : tile.Guarded.Tail, vectors);
    }

    private void WriteBody(RowTileBody body, int vectors, Action<Action>? afterwards = null)
    {
        string[] own = body.Before.Concat(body.Step).Where(s => !body.Alike.Contains(s)).OfType<Declare>().Select(d => CSharpIdentifier.Escape(d.Local.Name)).Append(_lanes).Append(CSharpIdentifier.Escape(sums.Vector.Name)).ToArray();
        All(body.Before);
        OverBlock(() => All(body.Step));
        if (afterwards is null) All(body.After);
        else afterwards(() => All(body.After));

        void All(ImmutableArray<KernelStatement> statements)
        {
            foreach (KernelStatement statement in statements)
            {
                for (int copy = 0; copy < (body.Alike.Contains(statement) ? 1 : vectors); copy++)
                {
                    foreach (string name in copy == 0 ? [] : own) expressions.Renames[name] = Copy(name, copy);
                    write([statement]);
                    foreach (string name in own) expressions.Renames.Remove(name);
                }
            }
        }
    }

    private static string Copy(string name, int copy) => $"{name.TrimStart('@')}_copy{Number(copy)}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
