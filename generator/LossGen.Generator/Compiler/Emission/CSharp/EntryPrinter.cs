using System.Collections.Immutable;
using System.Globalization;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.CSharp;

/// <summary>
/// Prints the body of a public member: solves sizes, checks every argument before anything is written, fills the frame,
/// runs the kernel, and reads the results.
/// </summary>
internal sealed partial class EntryPrinter(BoundLoss loss, SizePlan plan, ElementType realType, EntryCall call)
{
    private const string Upstream = "upstream";

    private readonly HashSet<string> _names = new(
        loss.Spans.Select(t => t.Name).Concat(loss.Scalars.Select(s => s.Name)).Concat(loss.Parts.Select(p => p.Name))
            .Concat(call.Derivatives.Select(d => d.Name)).Append(Upstream),
        StringComparer.Ordinal);

    private readonly ExpressionPrinter _expressions = new(isDouble: true, 512);

    private IEnumerable<EntrySpan> Inputs => loss.Tensors.Select(t => new EntrySpan(t.Name, t));

    /// <summary>What the kernel reads: the inputs and the upstream derivatives.</summary>
    private IEnumerable<EntrySpan> Read => call.Upstream is { } upstream ? Inputs.Append(new EntrySpan(Upstream, upstream)) : Inputs;

    private IEnumerable<EntrySpan> Derivatives => call.Derivatives.Where(d => d.By.Tensor is not null).Select(d => new EntrySpan(d.Name, d.By.Tensor!));

    /// <summary>What the kernel writes: the result span, gradients and curvatures.</summary>
    private IEnumerable<EntrySpan> Written => loss.ResultSpan is { } result ? Derivatives.Prepend(new EntrySpan(result.Name, result)) : Derivatives;

    private KernelLayout Layout => call.Kernel.Layout;

    /// <summary>Writes the body.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="checks">What to look at when a kernel flags a bad index: the flag's output and the call that names it.</param>
    public void Write(SourceWriter writer, ImmutableArray<(string Flag, IndexReport Report)> checks)
    {
        // A parameter may have the name that a size would get.
        foreach (Axis axis in loss.Graph.Axes) _expressions.Renames[Names.Size(axis)] = Unique(Names.Size(axis));
        WriteSizes(writer);
        WriteLocalSizeChecks(writer);
        WritePositionChecks(writer);
        WriteLengthChecks(writer);
        WriteScanChecks(writer);
        if (!Read.Concat(Written).Any(s => s.IsStrided))
        {
            WriteOverlapChecks(writer);
            WriteRun(writer, checks);
            return;
        }

        WriteViews(writer);
        using (writer.WriteBlock("try"))
        {
            WriteOverlapChecks(writer);
            WriteLoads(writer);
            WriteRun(writer, checks);
        }

        using (writer.WriteBlock("finally")) WriteDisposals(writer);
    }

    private void WriteRun(SourceWriter writer, ImmutableArray<(string Flag, IndexReport Report)> checks)
    {
        string frame = Unique("frame"), sizes = Unique("sizes"), scalars = Unique("scalars"), integers = Unique("integers");
        bool hasFactor = !call.Derivatives.IsEmpty && loss.ResultSpan is null;
        WriteFrame(writer, Layout, Read.Concat(Written), hasFactor ? Upstream : null, call.SlotCount, frame, sizes, scalars, integers);
        if (call.UnitKernel is { } unit)
        {
            writer.WriteLine($"if ({Upstream}.IsEmpty) {Names.Runtime}.KernelRunner.Run<{unit.TypeName}>(ref {frame});");
            writer.WriteLine($"else {Names.Runtime}.KernelRunner.Run<{call.Kernel.TypeName}>(ref {frame});");
        }
        else
        {
            writer.WriteLine($"{Names.Runtime}.KernelRunner.Run<{call.Kernel.TypeName}>(ref {frame});");
        }

        foreach ((string flag, IndexReport report) in checks)
        {
            using (writer.WriteBlock($"if ({scalars}[{Number(Layout.SlotOf(flag))}] > 0)"))
                WriteReport(writer, report);
        }

        WriteStores(writer);
        foreach (BoundPart part in loss.Parts) writer.WriteLine($"{Escape(part.Name)} = {Real($"{scalars}[{Number(Layout.SlotOf(part.Name))}]")};");
        foreach (EntryDerivative derivative in call.Derivatives.Where(d => d.By.Scalar is not null))
            writer.WriteLine($"{Escape(derivative.Name)} = ({CSharpTypes.Name(derivative.By.Scalar!.Element)}){scalars}[{Number(Layout.SlotOf(derivative.Name))}];");

        if (loss.ResultSpan is null) writer.WriteLine($"return {Real($"{scalars}[{Number(Layout.SlotOf(KernelNames.Loss))}]")};");
    }

    private void WriteFrame(
        SourceWriter writer, KernelLayout layout, IEnumerable<EntrySpan> spans, string? factor, int slotCount, string frame, string sizes, string scalars, string integers)
    {
        int count = layout.Tensors.Count;
        writer.WriteLine($"scoped {Names.Runtime}.KernelFrame{(count <= 4 ? "4" : count <= 8 ? "8" : "")} {frame} = default;");
        writer.WriteLine($"{frame}.TensorCount = {Number(count)};");
        int index = 0;
        foreach (EntrySpan span in spans)
        {
            writer.WriteLine($"{frame}.Tensor{Number(index++)} = ref {Names.Unsafe}.As<{CSharpTypes.Name(span.Shape.Element)}, byte>(ref {Origin(span)});");
        }

        IEnumerable<string> reals = loss.Scalars.Where(s => s.Type == ValueType.Real).Select(s => Escape(s.Name));
        if (factor is not null) reals = reals.Append(factor);
        string[] slots = reals.ToArray();
        IEnumerable<string> allSlots = slots.Concat(Enumerable.Repeat("0", slotCount - slots.Length));
        IEnumerable<string> whole = loss.Scalars.Where(s => s.Type != ValueType.Real).Select(s => s.Type == ValueType.Truth ? $"{Escape(s.Name)} ? 1 : 0" : Escape(s.Name));
        writer.WriteLine($"global::System.Span<nint> {sizes} = [{string.Join(", ", layout.Sizes.Select(SizeOrZero))}];");
        writer.WriteLine($"global::System.Span<double> {scalars} = [{string.Join(", ", allSlots)}];");
        writer.WriteLine($"global::System.Span<long> {integers} = [{string.Join(", ", whole)}];");
        writer.WriteLine($"{frame}.Sizes = {sizes};");
        writer.WriteLine($"{frame}.Scalars = {scalars};");
        writer.WriteLine($"{frame}.Integers = {integers};");
    }

    // An axis that nothing needs has no size of its own.
    private string SizeOrZero(Axis axis) => plan.Steps.Any(s => ReferenceEquals(s.Axis, axis)) ? _expressions.SizeOf(axis) : "0";

    private void WriteReport(SourceWriter writer, IndexReport report)
    {
        string frame = Unique("search"), sizes = Unique("searchSizes"), scalars = Unique("searchScalars"), integers = Unique("searchIntegers");
        WriteFrame(writer, report.Layout, Inputs, factor: null, report.Layout.SlotCount, frame, sizes, scalars, integers);
        writer.WriteLine($"{Names.Runtime}.KernelRunner.Run<{report.Kernel}>(ref {frame});");
        string position = Unique("position"), slot = $"{scalars}[{Number(report.Layout.SlotOf(KernelNames.Position))}]";
        bool readsData = report.Check.FirstRead is not null;
        var named = new EntrySpan(report.Check.Parameter.Name, report.Check.Parameter);
        string length = Escape(named.Name) + (named.IsStrided ? ".FlattenedLength" : ".Length");
        writer.WriteLine($"nint {position} = {(readsData ? $"(nint)global::System.Math.Min({slot}, {length} - 1)" : "0")};");
        string element = named.IsStrided ? $"{Names.Unsafe}.Add(ref {Origin(named)}, {position})" : $"{Escape(named.Name)}[(int){position}]";
        string value = !readsData ? $"(long){slot}" : named.Shape.Type == ValueType.Truth ? $"{element} ? 1 : 0" : "(long)" + element;
        writer.WriteLine($"{Checks}.IndexOutOfRange({Quote(report.Check.Parameter.Name)}, {position}, {value}, {_expressions.Offset(new IntegerForm(report.Check.Axis.Size))}, {Quote(report.Check.Axis.Name)});");
    }

    private string Unique(string name)
    {
        while (!_names.Add(name)) name += "_";
        return name;
    }

    private string Real(string wide) => realType == ElementType.Double ? wide : "(float)" + wide;

    private static string Checks => Names.Runtime + ".ArgumentChecks";

    private static string Escape(string name) => CSharpIdentifier.Escape(name);

    private static string Quote(string text) => CSharpLiteral.Quote(text);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
