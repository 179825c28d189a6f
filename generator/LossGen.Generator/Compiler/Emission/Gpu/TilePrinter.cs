using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Prints the items of a contraction as tiles of 32 rows and 32 columns. Each of the 64 threads of a group has 4 rows and 4 columns, 8
/// apart, so that neighbours read and write neighbours; where tiles are few, there are 256 threads with 2 rows and 2 columns each, and twice as many
/// terms are read at a time. 16 terms are added plainly, then into a pair of numbers. Larger tiles read less, but of the gradients of a few hundred vectors they leave most of a graphics
/// card without work.
/// </summary>
internal sealed class TilePrinter(string name, SourceWriter body, CExpressionPrinter expressions, NestPrinter nest, NestMapping mapping, ContractionTile tile)
{
    /// <summary>Threads of a group where tiles are many.</summary>
    public const int GroupSize = 64;

    /// <summary>Threads of a group where they are few.</summary>
    public const int LargeGroupSize = 256;

    /// <summary>Items of a tile.</summary>
    public const int Items = Side * Side;

    // Below that a tile is mostly empty, and terms go into the pair one by one.
    private const int Few = 6;

    private const int Side = 32;
    // Terms that are added plainly.
    private const int Part = 16;

    // One more than the side, so that what a column of threads writes lies in different banks.
    private const int Pitch = Side + 1;

    // Of what a group reads at a time, 0 where there is nothing to read: a product of it adds nothing.
    private bool AreProducts => tile.Sums.All(s => s.Term is Operation { Op: var op, Operands: var factors } && op.Is(Ops.Multiply) && factors.All(f => f is LocalValue));

    private string Row => expressions.Position(tile.Row);

    private string Column => expressions.Position(tile.Column);

    private string Summed => expressions.Position(tile.Summed);

    /// <summary>The arrays that a group shares, at the head of the kernel.</summary>
    public IEnumerable<string> Panels() => tile.Panels.Select(p => $"LG_SHARED lg_real {PanelName(p)}[({name}_GROUP == {LargeGroupSize} ? {2 * Part} : {Part}) * {Pitch}];");

    public void Write()
    {
        string rows = expressions.Print(tile.Row.Size), columns = expressions.Print(tile.Column.Size);
        Axis[] batch = mapping.Items.Where(a => !ReferenceEquals(a, tile.Row) && !ReferenceEquals(a, tile.Column)).ToArray();
        foreach (Comment comment in tile.Comments) nest.Write(ImmutableArray.Create<KernelStatement>(comment));
        body.WriteLine($"enum {{ side = {name}_GROUP == {LargeGroupSize} ? 16 : 8, each = {Side} / side, terms = side == 16 ? {2 * Part} : {Part}, loads = {Side} * terms / (side * side) }};");
        body.WriteLine("const int row = LG_LOCAL / side, column = LG_LOCAL % side;");
        body.WriteLine($"const lg_i64 tile_rows = ({rows} + {Side - 1}) / {Side}, tile_columns = ({columns} + {Side - 1}) / {Side};");
        body.WriteLine("/* Sums of few rows or columns often cancel against others that are added up one by one. */");
        body.WriteLine($"const int few = {rows} < {Few} || {columns} < {Few};");
        body.WriteLine($"const lg_i64 tiles = {string.Join(" * ", batch.Select(a => expressions.Print(a.Size)).Append("tile_rows * tile_columns"))};");
        using SourceWriter.Block loop = body.WriteBlock("for (lg_i64 tile = LG_GROUP_ID; tile < tiles; tile += LG_GROUPS)");
        string rest = "tile / (tile_rows * tile_columns)";
        for (int k = 0; k < batch.Length; k++)
        {
            string inner = string.Join(" * ", batch.Skip(k + 1).Select(a => expressions.Print(a.Size)));
            string divided = inner.Length == 0 ? rest : $"{rest} / ({inner})";
            body.WriteLine($"const lg_i64 {expressions.Position(batch[k])} = {divided}{(k == 0 ? "" : $" % {expressions.Print(batch[k].Size)}")};");
        }

        body.WriteLine($"const lg_i64 first_row = tile / tile_columns % tile_rows * {Side} + row, first_column = tile % tile_columns * {Side} + column;");
        foreach ((KernelLocal sum, _) in tile.Sums)
        {
            body.WriteLine($"lg_pair {TotalName(sum)}[each * each];");
            body.WriteLine("LG_UNROLL");
            body.WriteLine($"for (int at = 0; at < each * each; at++) {TotalName(sum)}[at] = lg_pair_of({CLiteral.Of(0.0, expressions.Real == "double")});");
        }

        WriteSums();
        WriteItems();
    }

    private void WriteSums()
    {
        string length = expressions.Print(tile.Summed.Size);
        foreach (TilePanel panel in tile.Panels) body.WriteLine($"lg_real {NextName(panel)}[loads];");
        body.WriteLine("lg_i64 first = 0;");
        WriteLoads();
        using SourceWriter.Block loop = body.WriteBlock($"while (first < {length})");
        body.WriteLine("LG_SYNC;");
        foreach (TilePanel panel in tile.Panels)
        {
            body.WriteLine("LG_UNROLL");
            (string inside, string along) = Places(panel);
            body.WriteLine($"for (int load = 0; load < loads; load++) {PanelName(panel)}[({along}) * {Pitch} + {inside}] = {NextName(panel)}[load];");
        }

        body.WriteLine("LG_SYNC;");
        body.WriteLine($"const int depth = {length} - first < terms ? (int)({length} - first) : terms;");
        body.WriteLine("first += terms;");
        body.WriteLine("/* What comes next is on its way while this is added up. */");
        WriteLoads();
        using (body.WriteBlock("if (few)")) WriteTerms("int term = 0; term < depth", (sum, term) => $"{Total(sum)} = lg_pair_add({Total(sum)}, {expressions.Print(term)});");
        body.WriteLine("else LG_UNROLL");
        using SourceWriter.Block usual = body.WriteBlock($"for (int part = 0; part < terms; part += {Part})");
        foreach ((KernelLocal sum, _) in tile.Sums) body.WriteLine($"{expressions.Real} {PartName(sum)}[each * each] = {{ 0 }};");
        if (AreProducts) body.WriteLine("LG_UNROLL");
        string terms = $"int term = part; term < part + {Part}{(AreProducts ? "" : " && term < depth")}";
        WriteTerms(terms, (sum, term) => $"{PartOf(sum)} = {Added(PartOf(sum), term)};");
        foreach ((KernelLocal sum, _) in tile.Sums)
        {
            body.WriteLine("LG_UNROLL");
            body.WriteLine($"for (int at = 0; at < each * each; at++) {TotalName(sum)}[at] = lg_pair_add({TotalName(sum)}[at], {PartName(sum)}[at]);");
        }
    }

    private void WriteTerms(string range, Func<KernelLocal, KernelExpression, string> add)
    {
        using SourceWriter.Block terms = body.WriteBlock($"for ({range}; term++)");
        body.WriteLine("LG_UNROLL");
        using SourceWriter.Block down = body.WriteBlock("for (int down = 0; down < each; down++)");
        foreach (TilePanel panel in tile.Panels.Where(p => p.IsOfRows)) WriteValue(panel, "row", "down");
        body.WriteLine("LG_UNROLL");
        using SourceWriter.Block across = body.WriteBlock("for (int across = 0; across < each; across++)");
        foreach (TilePanel panel in tile.Panels.Where(p => !p.IsOfRows)) WriteValue(panel, "column", "across");
        foreach ((KernelLocal sum, KernelExpression term) in tile.Sums) body.WriteLine(add(sum, term));
    }

    /// <summary>One rounding for a product and its addition.</summary>
    private string Added(string part, KernelExpression term) => term is Operation { Op: var op, Operands: var factors } && op.Is(Ops.Multiply)
        ? $"lg_fma({expressions.Print(factors[0])}, {expressions.Print(factors[1])}, {part})"
        : $"{part} + {expressions.Print(term)}";

    /// <summary>A thread's share of the panels that begin at <c>first</c>, zeros where there is nothing.</summary>
    private void WriteLoads()
    {
        foreach (TilePanel panel in tile.Panels)
        {
            (string position, string size, string start, string own) = panel.IsOfRows
                ? (Row, expressions.Print(tile.Row.Size), "first_row", "row") : (Column, expressions.Print(tile.Column.Size), "first_column", "column");
            (string inside, string along) = Places(panel);
            body.WriteLine("LG_UNROLL");
            using SourceWriter.Block loop = body.WriteBlock("for (int load = 0; load < loads; load++)");
            body.WriteLine($"const lg_i64 {position} = {start} - {own} + {inside}, {Summed} = first + {along};");
            body.WriteLine($"{NextName(panel)}[load] = {position} < {size} && {Summed} < {expressions.Print(tile.Summed.Size)} ? {expressions.Print(panel.Value)} : {CLiteral.Of(0.0, expressions.Real == "double")};");
        }
    }

    /// <summary>Where in a panel a load belongs: which row or column, and which position of the sum. Neighbouring threads read neighbours in memory.</summary>
    private (string Inside, string Along) Places(TilePanel panel)
    {
        string at = $"(LG_LOCAL + {name}_GROUP * load)";
        return panel.IsAlongSum ? ($"{at} / terms", $"{at} % terms") : ($"{at} % {Side}", $"{at} / {Side}");
    }

    private void WriteValue(TilePanel panel, string own, string index) =>
        body.WriteLine($"const {expressions.Real} {expressions.Name(panel.Local.Name)} = {PanelName(panel)}[term * {Pitch} + {own} + side * {index}];");

    /// <summary>What an item does with its sums.</summary>
    private void WriteItems()
    {
        body.WriteLine("LG_UNROLL");
        using SourceWriter.Block items = body.WriteBlock("for (int at = 0; at < each * each; at++)");
        body.WriteLine($"const lg_i64 {Row} = first_row + side * (at / each), {Column} = first_column + side * (at % each);");
        using SourceWriter.Block item = body.WriteBlock($"if ({Row} < {expressions.Print(tile.Row.Size)} && {Column} < {expressions.Print(tile.Column.Size)})");
        foreach ((KernelLocal sum, _) in tile.Sums) body.WriteLine($"lg_pair {expressions.Name(sum.Name)} = {TotalName(sum)}[at];");
        nest.Write(tile.Rest);
    }

    private string PanelName(TilePanel panel) => expressions.Name(panel.Local.Name + "Panel");

    private string NextName(TilePanel panel) => expressions.Name(panel.Local.Name + "Next");

    private string TotalName(KernelLocal sum) => expressions.Name("@" + sum.Name + "Total");

    private string PartName(KernelLocal sum) => expressions.Name("@" + sum.Name + "Part");

    private string Total(KernelLocal sum) => $"{TotalName(sum)}[each * down + across]";

    private string PartOf(KernelLocal sum) => $"{PartName(sum)}[each * down + across]";
}
