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

    // An axis that nothing needs has no size of its own.
    private string SizeOrZero(Axis axis) => plan.Steps.Any(s => ReferenceEquals(s.Axis, axis)) ? _expressions.SizeOf(axis) : "0";

    private void WriteReport(SourceWriter writer, IndexReport report)
    {
        string scalars = Unique("searchScalars");
        string arguments = WriteFrame(writer, report.Layout, Inputs, factor: null, report.Layout.SlotCount, "search", scalars);
        writer.WriteLine($"{Names.Runtime}.KernelRunner.Run<{report.Kernel}>({arguments});");
        string position = Unique("position"), slot = $"{scalars}[{Number(report.Layout.SlotOf(KernelNames.Position))}]";
        bool readsData = report.Check.FirstRead is not null;
        var named = new EntrySpan(report.Check.Parameter.Name, report.Check.Parameter);
        string length = Escape(named.Name) + (named.IsStrided ? ".FlattenedLength" : ".Length");
        writer.WriteLine($"nint {position} = {(readsData ? $"(nint)global::System.Math.Min({slot}, {length} - 1)" : "0")};");
        string element = named.IsStrided ? $"{Names.Unsafe}.Add(ref {Origin(named)}, {position})" : $"{Escape(named.Name)}[(int){position}]";
        string value = !readsData ? $"(long){slot}" : named.Shape.Type == ValueType.Truth ? $"{element} ? 1 : 0" : "(long)" + element;
        writer.WriteLine($"{Checks}.IndexOutOfRange({Utf8(report.Check.Parameter.Name)}, {position}, {value}, {_expressions.Offset(new IntegerForm(report.Check.Axis.Size))}, {Utf8(report.Check.Axis.Name)});");
    }

    private string Unique(string name)
    {
        while (!_names.Add(name)) name += "_";
        return name;
    }

    private string Real(string wide) => realType == ElementType.Double ? wide : "(float)" + wide;

    private static string Checks => Names.Runtime + ".ArgumentChecks";

    private static string Escape(string name) => CSharpIdentifier.Escape(name);

    private static string Utf8(string name) => CSharpLiteral.Quote(name) + "u8";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
