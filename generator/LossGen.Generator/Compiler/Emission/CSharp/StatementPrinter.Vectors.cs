using System.Collections.Immutable;
using System.Globalization;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.CSharp;

/// <summary>Loops over lanes.</summary>
internal sealed partial class StatementPrinter
{
    /// <summary>Lanes of working precision add up at most this many elements before they go to a float64 accumulator.</summary>
    private const int BlockLength = 4096;

    /// <summary>Vectors of so many bits come in 32 registers.</summary>
    private const int InterleavedWidth = 512;

    private void WriteVectorLoop(VectorLoop loop)
    {
        Write(loop.Prologue);
        string i = Names.Position(loop.Axis), from = expressions.Offset(loop.From), to = expressions.Offset(loop.To);
        if (!loop.IsBlocked)
        {
            using (writer.WriteBlock("")) WriteBlock(loop, i, from, to);
            return;
        }

        string block = "block_" + i.TrimStart('@'), end = "end_" + i.TrimStart('@');
        using (writer.WriteBlock($"for (nint {block} = {from}; {block} < {to}; {block} += {BlockLength})"))
        {
            writer.WriteLine($"nint {end} = global::System.Math.Min({block} + {BlockLength}, {to});");
            WriteBlock(loop, i, block, end);
        }
    }

    private void WriteBlock(VectorLoop loop, string i, string from, string to)
    {
        Write(loop.BlockPrologue);
        writer.WriteLine($"nint {i} = {from};");
        WriteLanes(loop, i, to);
        Write(loop.BlockEpilogue);
    }

    /// <summary>Several vectors a step, each with its own accumulators; they combine pairwise before the rest of the block.</summary>
    private void WriteUnrolled(VectorLoop loop, string i, string to)
    {
        int lanes = expressions.LaneCount, step = lanes * loop.Unroll;
        using SourceWriter.Block whole = writer.WriteBlock($"if ({i} <= {to} - {Number(step)})");
        for (int copy = 1; copy < loop.Unroll; copy++)
        {
            foreach (Declare declare in loop.BlockPrologue.OfType<Declare>())
                writer.WriteLine($"var {Copy(Name(declare.Local), copy)} = {Strip(expressions.Print(declare.Value))};");
        }

        using (writer.WriteBlock($"for (; {i} <= {to} - {Number(step)}; {i} += {Number(step)})"))
        {
            WriteAhead(loop, step);

            // Copies stand in blocks of their own: they declare the same names.
            using (writer.WriteBlock("")) Write(loop.Body);
            for (int copy = 1; copy < loop.Unroll; copy++)
            {
                using (writer.WriteBlock(""))
                {
                    Rename(loop, i, copy);
                    Write(loop.Body);
                    foreach ((KernelLocal accumulator, _) in loop.Accumulators) expressions.Renames.Remove(CSharpIdentifier.Escape(accumulator.Name));
                    expressions.Renames.Remove(i);
                }
            }
        }

        for (int stride = 1; stride < loop.Unroll; stride *= 2)
        {
            for (int copy = 0; copy + stride < loop.Unroll; copy += 2 * stride)
            {
                foreach ((KernelLocal accumulator, Op combination) in loop.Accumulators)
                    writer.WriteLine($"{Copy(Name(accumulator), copy)} = {Strip(expressions.Combine(combination, Copy(Name(accumulator), copy), Copy(Name(accumulator), copy + stride)))};");
            }
        }
    }

    /// <summary>A few vectors a step, their values side by side.</summary>
    private void WriteInterleaved(VectorLoop loop, string i, string to)
    {
        int step = (loop.Interleaved.Max(s => s.Vector) + 1) * expressions.LaneCount;
        using SourceWriter.Block steps = writer.WriteBlock($"for (; {i} <= {to} - {Number(step)}; {i} += {Number(step)})");
        WriteAhead(loop, step);
        foreach ((int vector, KernelStatement statement) in loop.Interleaved)
        {
            if (vector > 0) expressions.Renames[i] = $"({i} + {Number(vector * expressions.LaneCount)})";
            Write(statement);
            expressions.Renames.Remove(i);
        }
    }

    /// <summary>Strips of vectors, stage by stage. A vector that the last stage leaves ends them, with those before it done.</summary>
    private void WriteStages(VectorLoop loop, StagedStrips strips, string i, string to)
    {
        int lanes = expressions.LaneCount, strip = StagedStrips.Vectors * lanes;
        string real = expressions.Real, last = $"{to} - {Number(StagedStrips.Least * lanes)}";
        using SourceWriter.Block any = writer.WriteBlock($"if ({i} <= {last})");
        writer.WriteLine($"ref {real} {strips.Kept} = ref {Names.Runtime}.StripMemory.Of<{real}>();");
        using SourceWriter.Block each = writer.WriteBlock($"for (nint {strips.Start} = {i}; {strips.Start} <= {last}; {strips.Start} = {i})");
        writer.WriteLine($"nint {strips.End} = global::System.Math.Min({strips.Start} + {Number(strip)}, {to} - {Number(lanes - 1)});");
        for (int k = 0; k < strips.Stages.Length; k++)
        {
            VectorStage stage = strips.Stages[k];
            using SourceWriter.Block vectors = writer.WriteBlock($"for ({i} = {strips.Start}; {i} < {strips.End}; {i} += {Number(lanes)})");
            if (k == 0) WriteAhead(loop, lanes);
            foreach ((KernelLocal local, int place) in stage.Taken)
                writer.WriteLine($"var {Name(local)} = {expressions.Vector}.LoadUnsafe(ref {strips.Kept}, {Offset(place)});");
            Write(stage.Body);
            foreach ((KernelLocal local, int place) in stage.Kept)
                writer.WriteLine($"{expressions.Vector}.StoreUnsafe({Name(local)}, ref {strips.Kept}, {Offset(place)});");
        }

        writer.WriteLine($"if ({i} < {strips.End}) break;");

        string Offset(int place) => place == 0 ? $"(nuint)({i} - {strips.Start})" : $"(nuint)({i} - {strips.Start} + {Number(place * strip)})";
    }

    private void WriteAhead(VectorLoop loop, int elements)
    {
        foreach (Place place in loop.Ahead) writer.WriteLine(expressions.PrintAhead(place, elements) + ";");
    }

    private void Rename(VectorLoop loop, string i, int copy)
    {
        foreach ((KernelLocal accumulator, _) in loop.Accumulators) expressions.Renames[CSharpIdentifier.Escape(accumulator.Name)] = Copy(CSharpIdentifier.Escape(accumulator.Name), copy);
        expressions.Renames[i] = $"({i} + {Number(copy * expressions.LaneCount)})";
    }

    private static string Copy(string name, int copy) => copy == 0 ? name : $"{name.TrimStart('@')}_copy{Number(copy)}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void WriteLanes(VectorLoop loop, string i, string to)
    {
        if (!loop.Interior.IsEmpty)
        {
            WriteInteriorAndEdges(loop, i, to);
            return;
        }

        if (loop.Body.Any(s => s is Leave))
        {
            WriteUntilUnusual(loop, i, to);
            return;
        }

        WriteWholeVectors(loop, i, to);
        using (writer.WriteBlock($"if ({i} < {to})"))
        {
            writer.WriteLine($"int {loop.TailCount.Name} = (int)({to} - {i});");
            WriteTail(loop);
        }
    }

    /// <summary>Whole vectors up to one that the body leaves, which is the tail's like the last one; then on.</summary>
    private void WriteUntilUnusual(VectorLoop loop, string i, string to)
    {
        int lanes = expressions.LaneCount;
        using SourceWriter.Block whole = writer.WriteBlock($"while ({i} < {to})");
        WriteWholeVectors(loop, i, to);
        using SourceWriter.Block rest = writer.WriteBlock($"if ({i} < {to})");
        writer.WriteLine($"int {loop.TailCount.Name} = (int)global::System.Math.Min({lanes}, {to} - {i});");
        WriteTail(loop);
        writer.WriteLine($"{i} += {lanes};");
    }

    private void WriteWholeVectors(VectorLoop loop, string i, string to)
    {
        int lanes = expressions.LaneCount;
        foreach (KernelBuffer output in loop.Streamed)
            writer.WriteLine($"var {KernelNames.Output(output)} = {Names.Runtime}.VectorOutput{expressions.Width}<{KernelNames.Path}>.From(ref {CSharpIdentifier.Escape(output.Name)}, {i});");
        expressions.Streamed = loop.Streamed;
        bool isInterleaved = !loop.Interleaved.IsEmpty && expressions.Width == InterleavedWidth;
        if (loop.Unroll > 1) WriteUnrolled(loop, i, to);
        if (isInterleaved) WriteInterleaved(loop, i, to);
        if (!isInterleaved && loop.Stages is { } strips) WriteStages(loop, strips, i, to);
        using (writer.WriteBlock($"for (; {i} <= {to} - {lanes}; {i} += {lanes})"))
        {
            if (loop.Unroll == 1 && !isInterleaved && loop.Stages is null) WriteAhead(loop, lanes);
            Write(loop.Body);
        }

        expressions.Streamed = ImmutableArray<KernelBuffer>.Empty;
        foreach (KernelBuffer output in loop.Streamed) writer.WriteLine($"{KernelNames.Output(output)}.End(ref {CSharpIdentifier.Escape(output.Name)}, {i});");
    }

    /// <summary>Whole vectors between the first and the last position of the interior; before and after it the body that tests each lane.</summary>
    private void WriteInteriorAndEdges(VectorLoop loop, string i, string to)
    {
        int lanes = expressions.LaneCount;
        Symbol position = Symbol.PositionOf(loop.Axis);
        string first = "first_" + i.TrimStart('@'), last = "last_" + i.TrimStart('@');
        writer.WriteLine($"nint {first} = {Extreme("Max", "0", Ends(1))};");
        writer.WriteLine($"nint {last} = {Extreme("Min", to, Ends(-1))};");
        using SourceWriter.Block whole = writer.WriteBlock($"while ({i} < {to})");
        using (writer.WriteBlock($"if ({i} >= {first} && {i} <= {last} - {lanes})"))
        {
            WriteWholeVectors(loop, i, last);
            writer.WriteLine("continue;");
        }

        // A block of its own: it declares the names of the body beside it.
        using (writer.WriteBlock(""))
        {
            writer.WriteLine($"int {loop.TailCount.Name} = (int)global::System.Math.Min({lanes}, {to} - {i});");
            WriteTail(loop);
        }

        writer.WriteLine($"{i} += {lanes};");

        // i + rest >= 0 holds from -rest on, rest - i >= 0 up to rest.
        IEnumerable<AffineForm> Ends(long sign) => loop.Interior.Where(form => form.CoefficientOf(position) == sign)
            .Select(form => form - (sign * AffineForm.Of(position)))
            .Select(rest => sign > 0 ? AffineForm.Zero - rest : rest + AffineForm.One);
    }

    private string Extreme(string function, string start, IEnumerable<AffineForm> others) => others.Aggregate(
        start, (text, form) => $"global::System.Math.{function}({text}, {expressions.Offset(new IntegerForm(form))})");

    private void WriteTail(VectorLoop loop)
    {
        if (Uses(loop.Tail)) writer.WriteLine($"var {ExpressionPrinter.MaskName(loop.TailCount)} = {Names.Lanes}.FirstLanes{expressions.Width}{(expressions.Real == "double" ? "Double" : "Single")}({loop.TailCount.Name});");
        Write(loop.Tail);
    }
}
