using System.Collections.Immutable;
using System.Globalization;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.CSharp;

/// <summary>Prints a kernel program: one struct that runs the steps, and one for each nest with a body for every vector width.</summary>
/// <param name="program">The program.</param>
/// <param name="layout">The frame that it reads.</param>
/// <param name="hasChunkCall">Whether it can also run without a frame.</param>
internal sealed partial class KernelPrinter(KernelProgram program, KernelLayout layout, bool hasChunkCall)
{
    // Bytes that a padded array has around it: for reads at the nearest positions, and behind it for a vector as well.
    private const int RoomBefore = 64;
    private const int RoomBehind = 128;

    private const string Parameters = "(in global::LossGen.Runtime.PinnedFrame frame, in global::LossGen.Runtime.Chunk chunk)";

    private static readonly int[] Widths = { 512, 256, 128 };

    /// <summary>Writes the program as a file-local type named after it.</summary>
    public void Write(SourceWriter writer)
    {
        using (writer.WriteBlock($"file readonly struct {program.Name} : {Names.Runtime}.IKernel"))
        {
            WriteExecute(writer);
            if (hasChunkCall) WriteChunkCall(writer);
            foreach (NestStep nest in program.Steps.OfType<NestStep>())
            {
                writer.WriteLine();
                if (hasChunkCall) WriteArgumentNest(writer, nest);
                else WriteNest(writer, nest);
            }
        }
    }

    private void WriteExecute(SourceWriter writer)
    {
        var printer = new ExpressionPrinter(isDouble: true, 512);
        var body = new SourceWriter();
        if (!program.Workspace.IsEmpty) body.WriteLine($"frame.RequireWorkspace({Total(printer, program.Workspace)});");
        foreach (KernelBuffer buffer in RootBuffers()) WriteBuffer(body, printer, buffer);
        foreach (KernelStep step in program.Steps)
        {
            if (step is ScalarStep scalar) WriteScalar(body, printer, scalar);
            else if (step is SortStep sort) WriteSort(body, printer, sort);
            else RunNest(body, printer, (NestStep)step);
        }

        using (writer.WriteBlock($"public static void Execute(ref {Names.Runtime}.PinnedFrame frame)"))
        using (writer.WriteBlock("unchecked"))
        {
            WriteSizes(writer, printer);
            writer.WriteLines(body.ToString());
        }
    }

    /// <summary>The arrays that values without axes are read from.</summary>
    private IEnumerable<KernelBuffer> RootBuffers() => program.Steps.OfType<ScalarStep>()
        .Where(s => s.Value is not null).SelectMany(s => s.Value!.Everything()).OfType<Read>()
        .Select(r => r.Place.Buffer).Distinct().OrderBy(b => b.Kind).ThenBy(b => b.Index);

    private void WriteBuffer(SourceWriter body, ExpressionPrinter printer, KernelBuffer buffer)
    {
        string type = CSharpTypes.Name(buffer.Element);
        body.WriteLine($"ref {type} {CSharpIdentifier.Escape(buffer.Name)} = ref {Array(printer, buffer, program.Workspace)};");
    }

    private void WriteScratch(SourceWriter body, ExpressionPrinter printer, NestStep nest, KernelBuffer buffer, ImmutableArray<KernelBuffer> all)
    {
        string place = Array(printer, buffer, all);
        if (buffer.Total is { } total && nest.Partials.Any(p => p.IsInPlace && ReferenceEquals(p.Array, total))) place = $"frame.ChunkCount == 1 ? ref {Array(printer, total, program.Workspace)} : ref {place}";
        body.WriteLine($"ref {CSharpTypes.Name(buffer.Element)} {buffer.Name} = ref {place};");
    }

    private void WriteSort(SourceWriter body, ExpressionPrinter printer, SortStep sort) => body.WriteLine(
        $"{Names.Runtime}.Sorting.Positions(ref {Array(printer, sort.Keys, program.Workspace)}, 0, 1, ref {Array(printer, sort.Positions, program.Workspace)}, 0, 1, {printer.Offset(new IntegerForm(sort.Count))});");

    private void WriteScalar(SourceWriter body, ExpressionPrinter printer, ScalarStep step)
    {
        string value = step.Value is null ? step.Local!.Name : NodePrinter.Strip(printer.Print(step.Value));
        if (step.Local is { } local)
        {
            if (step.Value is not null) body.WriteLine($"{(local.Type == ValueType.Truth ? "bool" : "double")} {CSharpIdentifier.Escape(local.Name)} = {value};");
            value = CSharpIdentifier.Escape(local.Name);
        }

        bool isTruth = (step.Local?.Type ?? step.Value!.Type) == ValueType.Truth;
        string slot = !printer.HasArguments ? $"frame.Scalar({Number(step.Slot)})" : layout.IsInternal(step.Slot) ? "double " + KernelNames.Slot(step.Slot) : KernelNames.Slot(step.Slot);
        if (step.Slot >= 0) body.WriteLine($"{slot} = {(isTruth ? $"{value} ? 1d : 0d" : value)};{(step.Local is null ? " // " + step.Meaning : "")}");
    }

    /// <summary>How many items a nest has, and the work of one.</summary>
    public static (string Length, string Work) WorkOf(ExpressionPrinter printer, NestStep nest) => (
        printer.Offset(new IntegerForm(nest.Axis.Size)),
        nest.Work.Sizes.Aggregate(Number(nest.Work.Cost), (product, size) => $"{Names.Runtime}.ArgumentChecks.Product({product}, {printer.Offset(new IntegerForm(size))})"));

    private void RunNest(SourceWriter body, ExpressionPrinter printer, NestStep nest)
    {
        (string length, string work) = WorkOf(printer, nest);
        // A granule of the whole length leaves one chunk.
        string granule = nest.IsSequential ? length : Number(ReferenceEquals(nest.Axis, nest.Vector) ? 256 : nest.Granule);
        if (nest.ShortRows is { } rows) granule = $"{printer.Offset(new IntegerForm(rows.Row.Size))} <= {Number(rows.Longest)} ? {Number(rows.Granule)} : {granule}";
        string partials = Count(printer, nest.Partials);
        string scratch = nest.Scratch.IsEmpty ? "0" : Total(printer, nest.Scratch);
        body.WriteLine($"// {nest.Outline}");
        body.WriteLine($"{Names.Runtime}.KernelRunner.RunNest<{nest.Name}>(ref frame, {length}, {granule}, {work}, {Number(nest.IsSequential ? 0 : nest.Limit)}, {partials}, {scratch});");
        for (int k = 0; k < nest.Partials.Length; k++)
        {
            PartialResult partial = nest.Partials[k];
            string first = First(printer, nest, k);
            string merge = partial.Kind switch
            {
                ReductionKind.Product => "MergeProduct",
                ReductionKind.Max or ReductionKind.Peak => "MergeMax",
                ReductionKind.Min => "MergeMin",
                _ => "MergeSum",
            };
            body.WriteLine(partial.Array is null
                ? $"double {CSharpIdentifier.Escape(partial.Scalar!.Local!.Name)} = frame.{merge}({first}); // {partial.Scalar.Meaning}"
                : $"{(partial.IsInPlace ? "if (frame.ChunkCount > 1) " : "")}frame.{merge}({first}, {Elements(printer, partial.Sizes)}, ref {Array(printer, partial.Array, program.Workspace)});");
        }
    }

    private void WriteNest(SourceWriter writer, NestStep nest)
    {
        writer.WriteLine($"// {nest.Outline}");
        using (writer.WriteBlock($"private readonly struct {nest.Name} : {Names.Runtime}.INestKernel"))
        {
            if (nest.Vector is null)
            {
                WriteBody(writer, nest, nest.Body, nest.Scratch, "public static void Run" + Parameters, 128);
                return;
            }

            if (nest.HasPaths)
            {
                using (writer.WriteBlock("public static void Run" + Parameters)) WriteByPath(writer, nest, path => $"RunEach<{path}>(in frame, in chunk);");
                writer.WriteLine();
            }

            string generic = OfPath(nest), of = PathOf(nest);
            using (writer.WriteBlock((nest.HasPaths ? "private static void RunEach" + of : "public static void Run") + Parameters + generic))
            {
                var printer = new ExpressionPrinter(program.IsDouble, 128);
                string? isShort = nest.ShortRows is { } rows ? NodePrinter.Strip(printer.Print(rows.Condition)) : null;
                WriteSizes(writer, printer);
                WriteChoice(writer, isShort, of + "(in frame, in chunk)", returns: false);
            }

            WriteWidths("Run", nest.Body, nest.Scratch);
            if (nest.ShortRows is not null) WriteWidths("RunRows", nest.ShortRows.Body, ImmutableArray<KernelBuffer>.Empty);

            void WriteWidths(string run, ImmutableArray<KernelStatement> body, ImmutableArray<KernelBuffer> scratch)
            {
                foreach (int width in Widths)
                {
                    writer.WriteLine();
                    WriteBody(writer, nest, body, scratch, $"private static void {run}{Number(width)}{of}{Parameters}{generic}", width);
                }
            }
        }
    }

    /// <summary>One call for each way between memory and the processor that the nest's body knows.</summary>
    private static void WriteByPath(SourceWriter writer, NestStep nest, Func<string, string> call)
    {
        var paths = new List<(string Condition, string Path)>();
        IEnumerable<string> around = nest.Streamed.Select(b => $"chunk.StoresAroundCaches(ref frame.Tensor<{CSharpTypes.Name(b.Element)}>({Number(b.Index)}), {Number(nest.Work.Cost)})");
        if (!nest.Streamed.IsEmpty) paths.Add((string.Join(" && ", around), "AroundCaches"));
        if (nest.ReadsAhead) paths.Add(($"chunk.ReadsAhead({Number(nest.Work.Cost)})", "FromMemory"));
        foreach ((string condition, string path) in paths) writer.WriteLine($"{(condition == paths[0].Condition ? "" : "else ")}if ({condition}) {call($"{Names.Runtime}.{path}")}");
        writer.WriteLine($"else {call(Names.Runtime + ".InCaches")}");
    }

    /// <summary>Calls the body for the widest vectors of the machine, that of short rows where a condition holds.</summary>
    private static void WriteChoice(SourceWriter writer, string? shortRows, string arguments, bool returns)
    {
        if (shortRows is null)
        {
            WriteByWidth("Run");
            return;
        }

        using (writer.WriteBlock($"if ({shortRows})")) WriteByWidth("RunRows");
        using (writer.WriteBlock("else")) WriteByWidth("Run");

        void WriteByWidth(string run)
        {
            string start = returns ? "return " : "", otherwise = returns ? "" : "else ";
            writer.WriteLine($"if ({Names.Intrinsics}.Vector512.IsHardwareAccelerated) {start}{run}512{arguments};");
            writer.WriteLine($"{otherwise}if ({Names.Intrinsics}.Vector256.IsHardwareAccelerated) {start}{run}256{arguments};");
            writer.WriteLine($"{otherwise}{start}{run}128{arguments};");
        }
    }

    private static string PathOf(NestStep nest) => nest.HasPaths ? $"<{KernelNames.Path}>" : "";

    private static string OfPath(NestStep nest) => !nest.HasPaths ? "" : $" where {KernelNames.Path} : struct, {Names.Runtime}.IMemoryPath";

    private void WriteBody(SourceWriter writer, NestStep nest, ImmutableArray<KernelStatement> body, ImmutableArray<KernelBuffer> scratch, string header, int width)
    {
        WriteMethod(writer, nest, Optimized, header, width, (printer, statements, text) =>
        {
            foreach (KernelBuffer buffer in nest.Buffers) WriteBuffer(text, printer, buffer);
            foreach (KernelBuffer buffer in scratch)
                WriteScratch(text, printer, nest, buffer, scratch);
            statements.Write(body);
        });
        foreach (Routine routine in body.SelectMany(s => s.Everything()).OfType<Call>().Select(c => c.Routine))
        {
            writer.WriteLine();
            string parameters = string.Concat(new StatementPrinter(new ExpressionPrinter(program.IsDouble, width), writer, _ => default).Parameters(routine).Select(p => ", " + p));
            string name = Routine.NameOf(routine.Name, width) + PathOf(nest);
            WriteMethod(writer, nest, Apart, $"private static void {name}{Parameters.TrimEnd(')')}{parameters}){OfPath(nest)}", width, (_, statements, _) => statements.Write(routine.Body));
        }
    }

    private void WriteMethod(SourceWriter writer, NestStep nest, string options, string header, int width, Action<ExpressionPrinter, StatementPrinter, SourceWriter> write)
    {
        var printer = new ExpressionPrinter(program.IsDouble, width);
        var text = new SourceWriter();
        write(printer, new StatementPrinter(printer, text, k => (First(printer, nest, k), nest.Partials[k].IsInPlace), path: PathOf(nest)), text);
        writer.WriteLine(options);
        using (writer.WriteBlock(header))
        using (writer.WriteBlock("unchecked"))
        {
            WriteSizes(writer, printer);
            writer.WriteLines(text.ToString());
        }
    }

    private void WriteSizes(SourceWriter writer, ExpressionPrinter printer)
    {
        foreach (Axis axis in printer.Sizes.OrderBy(a => a.Index))
            writer.WriteLine($"nint {Names.Size(axis)} = {SizeInFrame(axis)};");
        foreach (ScalarParameter parameter in printer.Integers.OrderBy(p => p.Index))
            writer.WriteLine($"long {CSharpIdentifier.Escape(parameter.Name)} = frame.Integer({Number(layout.IntegerOf(parameter))});");
    }

    private string SizeInFrame(Axis axis) => $"frame.Size({Number(layout.Sizes.IndexOf(axis))})";

    private static string Array(ExpressionPrinter printer, KernelBuffer buffer, ImmutableArray<KernelBuffer> all)
    {
        if (buffer.Kind == BufferKind.Tensor) return $"frame.Tensor<{CSharpTypes.Name(buffer.Element)}>({Number(buffer.Index)})";
        string offset = buffer.Index == 0 ? "0" : Total(printer, all.RemoveRange(buffer.Index, all.Length - buffer.Index));
        string type = CSharpTypes.Name(buffer.Element);
        if (buffer.IsPadded) offset += $" + {Number(RoomBefore)}";
        return buffer.Kind == BufferKind.Workspace ? $"frame.Workspace<{type}>({offset})" : $"frame.Scratch<{type}>(in chunk, {offset})";
    }

    /// <summary>Bytes of arrays, each from a cache line of its own. Checked: int parameters may ask for more than there is.</summary>
    private static string Total(ExpressionPrinter printer, ImmutableArray<KernelBuffer> buffers) =>
        "checked(" + string.Join(" + ", buffers.Select(b => $"((({Elements(printer, b)}) * {Number(BytesOf(b))} + 63) & ~(nint)63){(b.IsPadded ? $" + {Number(RoomBefore + RoomBehind)}" : "")}")) + ")";

    private static int BytesOf(KernelBuffer buffer) => buffer.HasLanes ? 64 : buffer.Element is Model.ElementType.Double or Model.ElementType.Int64 ? 8 : 4;

    private static string Elements(ExpressionPrinter printer, KernelBuffer buffer)
    {
        if (buffer.OnlyWhere is { } form) return $"{printer.Offset(new IntegerForm(form))} > 0 ? {Elements(printer, buffer.Sizes)} : 0";
        if (!buffer.IsPadded) return Elements(printer, buffer.Sizes);
        int last = buffer.Sizes.Length - 1;
        string row = printer.Print(new PaddedLength(buffer.Sizes[last]));
        return last == 0 ? row : $"{Elements(printer, buffer.Sizes.RemoveAt(last))} * {row}";
    }

    private static string Elements(ExpressionPrinter printer, ImmutableArray<AffineForm> sizes) =>
        printer.Product(sizes);

    /// <summary>Where a partial result stands among those of its chunk.</summary>
    private static string First(ExpressionPrinter printer, NestStep nest, int partial) => Count(printer, nest.Partials.RemoveRange(partial, nest.Partials.Length - partial));

    private static string Count(ExpressionPrinter printer, ImmutableArray<PartialResult> partials)
    {
        int scalars = partials.Count(p => p.Sizes.IsEmpty);
        IEnumerable<string> arrays = partials.Where(p => !p.Sizes.IsEmpty).Select(p => Elements(printer, p.Sizes));
        string count = string.Join(" + ", arrays.Prepend(Number(scalars)));
        return partials.Any(p => !p.Sizes.IsEmpty) ? $"checked({count})" : count;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
