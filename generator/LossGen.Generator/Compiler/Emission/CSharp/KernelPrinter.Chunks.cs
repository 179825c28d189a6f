using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.CSharp;

/// <summary>Programs that can run without a frame: their nests get tensors, sizes and scalars as arguments, and a struct carries those of a call.</summary>
internal sealed partial class KernelPrinter
{
    private const string Options = "global::System.Runtime.CompilerServices.MethodImplOptions";

    private const string Inlined = $"[global::System.Runtime.CompilerServices.MethodImpl({Options}.AggressiveInlining)]";

    private const string Optimized = $"[global::System.Runtime.CompilerServices.MethodImpl({Options}.AggressiveOptimization)]";

    private const string Apart = $"[global::System.Runtime.CompilerServices.MethodImpl({Options}.AggressiveOptimization | {Options}.NoInlining)]";

    private readonly Dictionary<NestStep, ArgumentNest> _argumentNests = new();

    /// <summary>The steps once more, for nests of one chunk: what the frame would carry are fields and locals.</summary>
    private void WriteChunkCall(SourceWriter writer)
    {
        var printer = new ExpressionPrinter(isDouble: true, 512) { HasArguments = true };
        var body = new SourceWriter();
        foreach (KernelStep step in program.Steps)
        {
            if (step is ScalarStep scalar) WriteScalar(body, printer, scalar);
            else RunChunk(body, printer, (NestStep)step);
        }

        string tensors = string.Join(", ", layout.Tensors.Select((_, k) => "ref byte " + KernelNames.Tensor(k)));
        writer.WriteLine();
        writer.WriteLine("// The same where every nest is one chunk.");
        using SourceWriter.Block type = writer.WriteBlock($"public struct Call : {Names.Runtime}.IChunkCall{Number(layout.Tensors.Count)}");
        Fields("nint", layout.Sizes.Select(Names.Size));
        Fields("long", layout.Integers.Select(i => CSharpIdentifier.Escape(i.Name)));
        Fields("double", Enumerable.Range(0, layout.SlotCount).Where(k => !layout.IsInternal(k)).Select(KernelNames.Slot));
        writer.WriteLine();
        writer.WriteLine(Inlined);
        using (writer.WriteBlock($"public void Run({tensors})"))
        using (writer.WriteBlock("unchecked")) writer.WriteLines(body.ToString());

        void Fields(string of, IEnumerable<string> names)
        {
            string list = string.Join(", ", names);
            if (list.Length > 0) writer.WriteLine($"public {of} {list};");
        }
    }

    private void RunChunk(SourceWriter body, ExpressionPrinter printer, NestStep nest)
    {
        ArgumentNest arguments = ArgumentsOf(nest);
        string[] results = nest.Partials.Select(p => CSharpIdentifier.Escape(p.Scalar!.Local!.Name)).ToArray();
        IEnumerable<string> given = arguments.Given(
            buffer => $"ref {Names.Unsafe}.As<byte, {CSharpTypes.Name(buffer.Element)}>(ref {KernelNames.Tensor(buffer.Index)})", Names.Size, i => CSharpIdentifier.Escape(i.Name), KernelNames.Slot)
            .Concat(["0", printer.Offset(new IntegerForm(nest.Axis.Size))]);
        if (results.Length > 1) given = given.Concat(results.Select(r => "out double " + r));
        string path = nest.HasPaths ? $"<{Names.Runtime}.InCaches>" : "";
        body.WriteLine($"{(results.Length == 1 ? $"double {results[0]} = " : "")}{nest.Name}.Run{path}({string.Join(", ", given)});");
    }

    private void WriteArgumentNest(SourceWriter writer, NestStep nest)
    {
        ArgumentNest arguments = ArgumentsOf(nest);
        int partials = nest.Partials.Length;
        IEnumerable<string> outputs = partials < 2 ? [] : Enumerable.Range(0, partials).Select(KernelNames.Partial);
        string result = partials == 1 ? "double" : "void";
        string parameters = "(" + string.Join(", ", arguments
            .Given(b => $"ref {CSharpTypes.Name(b.Element)} {CSharpIdentifier.Escape(b.Name)}", a => "nint " + Names.Size(a), i => "long " + CSharpIdentifier.Escape(i.Name), k => "double " + KernelNames.Slot(k))
            .Concat([$"nint {KernelNames.ChunkBegin}", $"nint {KernelNames.ChunkEnd}"]).Concat(outputs.Select(o => "out double " + o))) + ")";
        string passed = "(" + string.Join(", ", arguments
            .Given(b => "ref " + CSharpIdentifier.Escape(b.Name), Names.Size, i => CSharpIdentifier.Escape(i.Name), KernelNames.Slot)
            .Concat([KernelNames.ChunkBegin, KernelNames.ChunkEnd]).Concat(outputs.Select(o => "out " + o))) + ")";
        string framed = string.Join(", ", arguments
            .Given(b => $"ref frame.Tensor<{CSharpTypes.Name(b.Element)}>({Number(b.Index)})", SizeInFrame, i => $"frame.Integer({Number(layout.IntegerOf(i))})", k => $"frame.Scalar({Number(k)})")
            .Concat(["chunk.Begin", "chunk.End"]).Concat(outputs.Select((_, k) => $"out frame.Partial(chunk.Index, {Number(k)})")));

        writer.WriteLine($"// {nest.Outline}");
        using SourceWriter.Block type = writer.WriteBlock($"private readonly struct {nest.Name} : {Names.Runtime}.INestKernel");
        string share = partials == 1 ? "frame.Partial(chunk.Index, 0) = " : "", generic = OfPath(nest), of = PathOf(nest);
        if (!nest.HasPaths)
        {
            writer.WriteLine($"public static void Run{Parameters} =>");
            using (writer.Indent()) writer.WriteLine($"{share}Run({framed});");
        }
        else
        {
            using (writer.WriteBlock("public static void Run" + Parameters)) WriteByPath(writer, nest, path => $"{share}Run<{path}>({framed});");
        }

        if (arguments.Bodies.Count == 1)
        {
            WriteWidth($"public static {result} Run{of}{parameters}{generic}", arguments.Bodies[128]);
            return;
        }

        writer.WriteLine();
        writer.WriteLine(Inlined);
        using (writer.WriteBlock($"public static {result} Run{of}{parameters}{generic}")) WriteChoice(writer, arguments.ShortRows, of + passed, returns: partials == 1);

        foreach (int width in Widths) WriteWidth($"private static {result} Run{Number(width)}{of}{parameters}{generic}", arguments.Bodies[width]);
        if (arguments.ShortRows is not null)
            foreach (int width in Widths) WriteWidth($"private static {result} RunRows{Number(width)}{of}{parameters}{generic}", arguments.RowBodies[width]);

        void WriteWidth(string header, string body)
        {
            writer.WriteLine();
            writer.WriteLine(Optimized);
            using (writer.WriteBlock(header))
            using (writer.WriteBlock("unchecked")) writer.WriteLines(body);
        }
    }

    /// <summary>The bodies of a nest, and what they need, which is the same for each width.</summary>
    private ArgumentNest ArgumentsOf(NestStep nest)
    {
        if (_argumentNests.TryGetValue(nest, out ArgumentNest? known)) return known;
        var bodies = new Dictionary<int, string>();
        var rowBodies = new Dictionary<int, string>();
        ExpressionPrinter printer = null!;
        foreach (int width in nest.Vector is null ? [128] : Widths)
        {
            printer = new ExpressionPrinter(program.IsDouble, width) { HasArguments = true };
            bodies[width] = Text(nest.Body);
            if (nest.ShortRows is { } rows) rowBodies[width] = Text(rows.Body);
        }

        string? condition = nest.ShortRows is null ? null : NodePrinter.Strip(printer.Print(nest.ShortRows.Condition));
        return _argumentNests[nest] = new ArgumentNest(
            nest.Buffers, printer.Sizes.OrderBy(a => a.Index).ToImmutableArray(), printer.Integers.OrderBy(p => p.Index).ToImmutableArray(), printer.Slots.ToImmutableArray(), bodies, rowBodies, condition);

        string Text(ImmutableArray<KernelStatement> statements)
        {
            var body = new SourceWriter();
            new StatementPrinter(printer, body, _ => default, nest.Partials.Length == 1 ? _ => "return " : k => KernelNames.Partial(k) + " = ").Write(statements);
            return body.ToString();
        }
    }

    private sealed record ArgumentNest(
        ImmutableArray<KernelBuffer> Buffers, ImmutableArray<Axis> Sizes, ImmutableArray<ScalarParameter> Integers, ImmutableArray<int> Slots,
        Dictionary<int, string> Bodies, Dictionary<int, string> RowBodies, string? ShortRows)
    {
        /// <summary>Each of them in the order of the parameters.</summary>
        public IEnumerable<string> Given(
            Func<KernelBuffer, string> buffer, Func<Axis, string> size, Func<ScalarParameter, string> integer, Func<int, string> slot) =>
            Buffers.Select(buffer).Concat(Sizes.Select(size)).Concat(Integers.Select(integer)).Concat(Slots.Select(slot));
    }
}
