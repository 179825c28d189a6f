using System.Collections.Immutable;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Emission.Kernels;

namespace LossGen.Compiler.Emission.CSharp;

/// <summary>How an entry runs its kernel.</summary>
internal sealed partial class EntryPrinter
{
    private void WriteRun(SourceWriter writer, ImmutableArray<(string Flag, IndexReport Report)> checks)
    {
        string[] wanted = checks.Select(c => c.Flag).Concat(loss.Parts.Select(p => p.Name))
            .Concat(call.Derivatives.Where(d => d.By.Scalar is not null).Select(d => d.Name))
            .Concat(loss.ResultSpan is null ? [KernelNames.Loss] : []).ToArray();
        Dictionary<string, string> results = new(StringComparer.Ordinal);
        for (int k = 0; k < wanted.Length; k++) results[wanted[k]] = Unique(wanted[k] == KernelNames.Loss ? "loss" : k < checks.Length ? "badIndex" : wanted[k] + "Value");
        if (wanted.Length > 0) writer.WriteLine($"double {string.Join(", ", wanted.Select(w => results[w]))};");
        if (call.UnitKernel is { } unit)
        {
            using (writer.WriteBlock($"if ({Upstream}.IsEmpty)")) WriteKernel(writer, unit, results);
            using (writer.WriteBlock("else")) WriteKernel(writer, call.Kernel, results);
        }
        else
        {
            WriteKernel(writer, call.Kernel, results);
        }

        foreach ((string flag, IndexReport report) in checks)
        {
            using (writer.WriteBlock($"if ({results[flag]} > 0)"))
                WriteReport(writer, report);
        }

        WriteStores(writer);
        foreach (BoundPart part in loss.Parts) writer.WriteLine($"{Escape(part.Name)} = {Real(results[part.Name])};");
        foreach (EntryDerivative derivative in call.Derivatives.Where(d => d.By.Scalar is not null))
            writer.WriteLine($"{Escape(derivative.Name)} = ({CSharpTypes.Name(derivative.By.Scalar!.Element)}){results[derivative.Name]};");

        if (loss.ResultSpan is null) writer.WriteLine($"return {Real(results[KernelNames.Loss])};");
    }

    /// <summary>Runs a kernel and takes its results: without a frame where each nest is one chunk and the kernel allows it.</summary>
    private void WriteKernel(SourceWriter writer, ScheduledKernel kernel, Dictionary<string, string> results)
    {
        EntrySpan[] spans = Read.Concat(Written).ToArray();
        string? factor = !call.Derivatives.IsEmpty && loss.ResultSpan is null ? Upstream : null;
        if (!kernel.HasChunkCall)
        {
            WriteFramed();
            return;
        }

        string small = string.Join(" && ", kernel.Program.Steps.OfType<NestStep>().Select(nest => KernelPrinter.WorkOf(_expressions, nest))
            .Distinct().Select(nest => $"{Names.Runtime}.KernelRunner.IsOneChunk({nest.Length}, {nest.Work})"));
        using (writer.WriteBlock($"if ({small})"))
        {
            string name = Unique("call");
            IEnumerable<string> fields = kernel.Layout.Sizes.Select(axis => $"{Names.Size(axis)} = {SizeOrZero(axis)}")
                .Concat(kernel.Layout.Integers.Zip(Integers, (parameter, value) => $"{Escape(parameter.Name)} = {value}"))
                .Concat(Reals(factor).Select((real, k) => $"{KernelNames.Slot(k)} = {real}"));
            writer.WriteLine($"{kernel.TypeName}.Call {name} = new() {{ {string.Join(", ", fields)} }};");
            writer.WriteLine($"{Names.Runtime}.KernelRunner.RunChunk(ref {name}, {string.Join(", ", References(spans))});");
            foreach (KeyValuePair<string, string> result in results) writer.WriteLine($"{result.Value} = {name}.{KernelNames.Slot(kernel.Layout.SlotOf(result.Key))};");
        }

        using (writer.WriteBlock("else")) WriteFramed();

        void WriteFramed()
        {
            string scalars = Unique("scalars");
            string arguments = WriteFrame(writer, kernel.Layout, spans, factor, call.SlotCount, "", scalars);
            writer.WriteLine($"{Names.Runtime}.KernelRunner.Run<{kernel.TypeName}>({arguments});");
            foreach (KeyValuePair<string, string> result in results) writer.WriteLine($"{result.Value} = {scalars}[{Number(kernel.Layout.SlotOf(result.Key))}];");
        }
    }

    private IEnumerable<string> Reals(string? factor)
    {
        IEnumerable<string> reals = loss.Scalars.Where(s => s.Type == ValueType.Real).Select(s => Escape(s.Name));
        return factor is null ? reals : reals.Append(factor);
    }

    private IEnumerable<string> Integers => loss.Scalars.Where(s => s.Type != ValueType.Real).Select(s => s.Type == ValueType.Truth ? $"{Escape(s.Name)} ? 1 : 0" : Escape(s.Name));

    private IEnumerable<string> References(IEnumerable<EntrySpan> spans) =>
        spans.Select(span => $"ref {Names.Unsafe}.As<{CSharpTypes.Name(span.Shape.Element)}, byte>(ref {Origin(span)})");

    /// <summary>Writes the locals that hold what a kernel reads. Returns the arguments of the runner: references for few tensors, a frame for many.</summary>
    private string WriteFrame(SourceWriter writer, KernelLayout layout, IEnumerable<EntrySpan> spans, string? factor, int slotCount, string purpose, string scalars)
    {
        string[] slots = Reals(factor).ToArray();
        string sizes = Values("nint", Purposed("sizes"), layout.Sizes.Select(SizeOrZero).ToArray());
        string reals = Values("double", scalars, slots.Concat(Enumerable.Repeat("0", slotCount - slots.Length)).ToArray());
        string integers = Values("long", Purposed("integers"), Integers.ToArray());
        string[] tensors = References(spans).ToArray();
        if (tensors.Length == 0) tensors = [$"ref {Names.Unsafe}.NullRef<byte>()"];
        if (tensors.Length <= ChunkCalls.MostTensors)
            return $"{sizes}, {reals}, {integers}, {string.Join(", ", tensors)}";

        string frame = Unique(Purposed("frame"));
        writer.WriteLine($"scoped {Names.Runtime}.KernelFrame{(tensors.Length <= 8 ? "8" : "")} {frame} = default;");
        writer.WriteLine($"{frame}.TensorCount = {Number(tensors.Length)};");
        for (int k = 0; k < tensors.Length; k++) writer.WriteLine($"{frame}.Tensor{Number(k)} = {tensors[k]};");
        writer.WriteLine($"{frame}.Sizes = {sizes};");
        writer.WriteLine($"{frame}.Scalars = {reals};");
        writer.WriteLine($"{frame}.Integers = {integers};");
        return $"ref {frame}";

        string Purposed(string name) => purpose.Length == 0 ? name : purpose + char.ToUpperInvariant(name[0]) + name.Substring(1);

        // Collection expressions stand on the stack.
        string Values(string type, string wanted, string[] values)
        {
            if (values.Length == 0) return "default";
            string name = wanted == scalars ? scalars : Unique(wanted);
            writer.WriteLine($"global::System.Span<{type}> {name} = [{string.Join(", ", values)}];");
            return name;
        }
    }
}
