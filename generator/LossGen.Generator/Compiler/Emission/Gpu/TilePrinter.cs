using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Prints the items of a contraction as tiles of 32 rows and 32 columns. Each of the 64 threads of a group has 4 rows and 4 columns, 8
/// apart, so that neighbours read and write neighbours. 16 terms are added plainly, then into a pair of numbers. Larger tiles read less,
/// but of the gradients of a few hundred vectors they leave most of a graphics card without work.
/// </summary>
internal sealed class TilePrinter(SourceWriter body, CExpressionPrinter expressions, NestPrinter nest, NestMapping mapping, ContractionTile tile)
{
    /// <summary>Threads of a group.</summary>
    public const int GroupSize = Threads * Threads;

    /// <summary>Items of a tile.</summary>
    public const int Items = Side * Side;

    // Below that a tile is mostly empty, and terms go into the pair one by one.
    private const int Few = 6;

    private const int Side = 32;
    private const int Depth = 16;
    private const int Threads = 8;
    private const int Each = Side / Threads;
    private const int Loads = Side * Depth / (Threads * Threads);

    // One more than the side, so that what a column of threads writes lies in different banks.
    private const int Pitch = Side + 1;

    private string Row => expressions.Position(tile.Row);

    private string Column => expressions.Position(tile.Column);

    private string Summed => expressions.Position(tile.Summed);

    /// <summary>The arrays that a group shares, at the head of the kernel.</summary>
    public IEnumerable<string> Panels() => tile.Panels.Select(p => $"LG_SHARED lg_real {PanelName(p)}[{CLiteral.Of(Depth * Pitch)}];");

    public void Write()
    {
        string rows = expressions.Print(tile.Row.Size), columns = expressions.Print(tile.Column.Size);
        Axis[] batch = mapping.Items.Where(a => !ReferenceEquals(a, tile.Row) && !ReferenceEquals(a, tile.Column)).ToArray();
        foreach (Comment comment in tile.Comments) nest.Write(ImmutableArray.Create<KernelStatement>(comment));
        body.WriteLine($"const int row = LG_LOCAL / {Threads}, column = LG_LOCAL % {Threads};");
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
            body.WriteLine($"lg_pair {TotalName(sum)}[{Each * Each}];");
            body.WriteLine("LG_UNROLL");
            body.WriteLine($"for (int at = 0; at < {Each * Each}; at++) {TotalName(sum)}[at] = lg_pair_of({CLiteral.Of(0.0, expressions.Real == "double")});");
        }

        WriteSums();
        WriteItems();
    }

    private void WriteSums()
    {
        string length = expressions.Print(tile.Summed.Size);
        foreach (TilePanel panel in tile.Panels) body.WriteLine($"lg_real {NextName(panel)}[{Loads}];");
        body.WriteLine("lg_i64 first = 0;");
        WriteLoads();
        using SourceWriter.Block loop = body.WriteBlock($"while (first < {length})");
        body.WriteLine("LG_SYNC;");
        foreach (TilePanel panel in tile.Panels)
        {
            body.WriteLine("LG_UNROLL");
            (string inside, string along) = Places(panel);
            body.WriteLine($"for (int load = 0; load < {Loads}; load++) {PanelName(panel)}[({along}) * {Pitch} + {inside}] = {NextName(panel)}[load];");
        }

        body.WriteLine("LG_SYNC;");
        body.WriteLine($"const int depth = {length} - first < {Depth} ? (int)({length} - first) : {Depth};");
        body.WriteLine($"first += {Depth};");
        body.WriteLine("/* What comes next is on its way while this is added up. */");
        WriteLoads();
        using (body.WriteBlock("if (few)")) WriteTerms((sum, term) => $"{Total(sum)} = lg_pair_add({Total(sum)}, {expressions.Print(term)});");
        using SourceWriter.Block usual = body.WriteBlock("else");
        foreach ((KernelLocal sum, _) in tile.Sums) body.WriteLine($"{expressions.Real} {PartName(sum)}[{Each * Each}] = {{ 0 }};");
        WriteTerms((sum, term) => $"{Part(sum)} = {Added(Part(sum), term)};");
        foreach ((KernelLocal sum, _) in tile.Sums)
        {
            body.WriteLine("LG_UNROLL");
            body.WriteLine($"for (int at = 0; at < {Each * Each}; at++) {TotalName(sum)}[at] = lg_pair_add({TotalName(sum)}[at], {PartName(sum)}[at]);");
        }
    }

    private void WriteTerms(Func<KernelLocal, KernelExpression, string> add)
    {
        using SourceWriter.Block terms = body.WriteBlock("for (int term = 0; term < depth; term++)");
        body.WriteLine("LG_UNROLL");
        using SourceWriter.Block down = body.WriteBlock($"for (int down = 0; down < {Each}; down++)");
        foreach (TilePanel panel in tile.Panels.Where(p => p.IsOfRows)) WriteValue(panel, "row", "down");
        body.WriteLine("LG_UNROLL");
        using SourceWriter.Block across = body.WriteBlock($"for (int across = 0; across < {Each}; across++)");
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
            using SourceWriter.Block loop = body.WriteBlock($"for (int load = 0; load < {Loads}; load++)");
            body.WriteLine($"const lg_i64 {position} = {start} - {own} + {inside}, {Summed} = first + {along};");
            body.WriteLine($"{NextName(panel)}[load] = {position} < {size} && {Summed} < {expressions.Print(tile.Summed.Size)} ? {expressions.Print(panel.Value)} : {CLiteral.Of(0.0, expressions.Real == "double")};");
        }
    }

    /// <summary>Where in a panel a load belongs: which row or column, and which position of the sum. Neighbouring threads read neighbours in memory.</summary>
    private static (string Inside, string Along) Places(TilePanel panel)
    {
        string at = $"(LG_LOCAL + {Threads * Threads} * load)";
        return panel.IsAlongSum ? ($"{at} / {Depth}", $"{at} % {Depth}") : ($"{at} % {Side}", $"{at} / {Side}");
    }

    private void WriteValue(TilePanel panel, string own, string index) =>
        body.WriteLine($"const {expressions.Real} {expressions.Name(panel.Local.Name)} = {PanelName(panel)}[term * {Pitch} + {own} + {Threads} * {index}];");

    /// <summary>What an item does with its sums.</summary>
    private void WriteItems()
    {
        body.WriteLine("LG_UNROLL");
        using SourceWriter.Block items = body.WriteBlock($"for (int at = 0; at < {Each * Each}; at++)");
        body.WriteLine($"const lg_i64 {Row} = first_row + {Threads} * (at / {Each}), {Column} = first_column + {Threads} * (at % {Each});");
        using SourceWriter.Block item = body.WriteBlock($"if ({Row} < {expressions.Print(tile.Row.Size)} && {Column} < {expressions.Print(tile.Column.Size)})");
        foreach ((KernelLocal sum, _) in tile.Sums) body.WriteLine($"lg_pair {expressions.Name(sum.Name)} = {TotalName(sum)}[at];");
        nest.Write(tile.Rest);
    }

    private string PanelName(TilePanel panel) => expressions.Name(panel.Local.Name + "Panel");

    private string NextName(TilePanel panel) => expressions.Name(panel.Local.Name + "Next");

    private string TotalName(KernelLocal sum) => expressions.Name("@" + sum.Name + "Total");

    private string PartName(KernelLocal sum) => expressions.Name("@" + sum.Name + "Part");

    private string Total(KernelLocal sum) => $"{TotalName(sum)}[{Each} * down + across]";

    private string Part(KernelLocal sum) => $"{PartName(sum)}[{Each} * down + across]";
}
