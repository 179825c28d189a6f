using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.CSharp;

/// <summary>Sizes, lengths and overlaps of the arguments.</summary>
internal sealed partial class EntryPrinter
{
    private void WriteSizes(SourceWriter writer)
    {
        foreach (TensorParameter tensor in loss.Tensors.Where(t => t.IsStrided)) WriteRankCheck(writer, new EntrySpan(tensor.Name, tensor));
        foreach (SizeStep step in plan.Steps)
        {
            string size = _expressions.SizeOf(step.Axis);
            if (step.Parameter is { } parameter)
            {
                writer.WriteLine($"if ({Escape(parameter.Name)} < 0) {Checks}.NegativeSize({Utf8(parameter.Name)}, {Escape(parameter.Name)});");
                writer.WriteLine($"nint {size} = (nint){Escape(parameter.Name)};");
            }
            else if (step.Axis.ComputedSize is { } computed)
            {
                writer.WriteLine($"nint {size} = checked((nint){_expressions.Print(Whole(computed))});");
            }
            else if (step.Dimension >= 0)
            {
                writer.WriteLine($"nint {size} = {Escape(step.Tensor!.Name)}.Lengths[{Number(step.Dimension)}];");
            }
            else if (step.Divisor.IsEmpty)
            {
                writer.WriteLine($"nint {size} = {Escape(step.Tensor!.Name)}.Length;");
            }
            else
            {
                writer.WriteLine($"nint {size}_divisor = {Product(step.Divisor)};");
                writer.WriteLine($"nint {size} = {size}_divisor == 0 ? 0 : {Escape(step.Tensor!.Name)}.Length / {size}_divisor;");
            }
        }
    }

    private IEnumerable<(SizeLimit Limit, string Size)> Limits(SizeLimitKind kind) => SizeLimits.Of(loss, plan, realType == Model.ElementType.Double)
        .Where(limit => limit.Kind == kind).Select(limit => (limit, _expressions.Offset(new IntegerForm(limit.Axis.Size))));

    private void WriteLocalSizeChecks(SourceWriter writer)
    {
        foreach ((SizeLimit limit, string size) in Limits(SizeLimitKind.Local))
            writer.WriteLine($"if ((ulong)({size}) > int.MaxValue) {Checks}.LocalSize({Utf8(limit.Parameter)}, {Utf8(limit.Axis.Name)}, {size});");
    }

    private void WritePositionChecks(SourceWriter writer)
    {
        foreach ((SizeLimit limit, string size) in Limits(SizeLimitKind.Order))
            writer.WriteLine($"if ({size} > {Number(SizeLimit.LongestOrder)}) {Checks}.OrderTooLong({Utf8(limit.Parameter)}, {Utf8(limit.Axis.Name)}, {size}, {Number(SizeLimit.LongestOrder)});");
    }

    private static KernelExpression Whole(Node node) => node.Is(Ops.Affine)
        ? new IntegerForm(node.Affine)
        : new Operation(node.Op, node.Arguments.Select(Whole).ToImmutableArray(), false);

    private void WriteLengthChecks(SourceWriter writer)
    {
        foreach (TensorParameter span in loss.Spans) WriteSolvedLengthCheck(writer, span);
        foreach (EntrySpan derivative in Derivatives)
        {
            if (derivative.IsStrided)
            {
                WriteRankCheck(writer, derivative);
                WriteDimensionChecks(writer, derivative, _ => false);
            }
            else
            {
                WriteLengthCheck(writer, derivative, "");
            }
        }

        // An empty one means ones.
        if (call.Upstream is { } upstream) WriteLengthCheck(writer, new EntrySpan(Upstream, upstream), $"!{Upstream}.IsEmpty && ");
    }

    /// <summary>The check of a span whose length may itself have given a size.</summary>
    private void WriteSolvedLengthCheck(SourceWriter writer, TensorParameter span)
    {
        if (span.IsStrided)
        {
            WriteDimensionChecks(writer, new EntrySpan(span.Name, span), k => plan.Steps.Any(s => ReferenceEquals(s.Tensor, span) && s.Dimension == k));
            return;
        }

        SizeStep? step = plan.Steps.FirstOrDefault(s => ReferenceEquals(s.Tensor, span));
        if (step is null)
        {
            WriteLengthCheck(writer, new EntrySpan(span.Name, span), "");
        }
        else if (!step.Divisor.IsEmpty)
        {
            string divisor = _expressions.SizeOf(step.Axis) + "_divisor", length = Escape(span.Name) + ".Length";
            string others = string.Join(" * ", span.Axes.Where(a => !ReferenceEquals(a, step.Axis)).Select(a => a.Name));
            writer.WriteLine($"if ({length} != {divisor} * {_expressions.SizeOf(step.Axis)}) {Checks}.NotMultiple({Utf8(span.Name)}, {length}, {divisor}, {Utf8(others)});");
        }
    }

    private void WriteLengthCheck(SourceWriter writer, EntrySpan span, string condition)
    {
        ImmutableArray<AffineForm> sizes = span.Shape.Axes.Select(a => a.Size).ToImmutableArray();
        string description = string.Join(" * ", span.Shape.Axes.Select(a => a.Name.Replace("_", " * ")));
        string values = string.Concat(sizes.Select(s => ", " + _expressions.Offset(new IntegerForm(s)))), length = Escape(span.Name) + ".Length";
        if (sizes.Length == 1)
        {
            writer.WriteLine($"if ({condition}{length} != {Product(sizes)}) {Checks}.AxisLength({Utf8(span.Name)}, {length}, {Product(sizes)}, {Utf8(description)});");
            return;
        }

        writer.WriteLine($"if ({condition}{length} != {Product(sizes)}) {Checks}.Length({Utf8(span.Name)}, {length}, {Product(sizes)}, {Utf8(description)}{values});");
    }

    private void WriteScanChecks(SourceWriter writer)
    {
        foreach ((SizeLimit limit, string size) in Limits(SizeLimitKind.Scan))
            writer.WriteLine($"if ({size} <= 0) {Checks}.EmptyScan({Utf8(limit.Parameter)}, {Utf8(limit.Axis.Name)});");
    }

    private void WriteOverlapChecks(SourceWriter writer)
    {
        EntrySpan[] read = Read.ToArray(), written = Written.ToArray();
        for (int k = 0; k < written.Length; k++)
        {
            if (written[k].IsStrided) writer.WriteLine($"if (!{View(written[k])}.HasDistinctElements) {Checks}.SharedElements({Utf8(written[k].Name)});");
            foreach (EntrySpan other in read.Concat(written.Skip(k + 1)))
            {
                string types = $"{CSharpTypes.Name(written[k].Shape.Element)}, {CSharpTypes.Name(other.Shape.Element)}";
                bool isStrided = written[k].IsStrided || other.IsStrided;
                string first = isStrided ? Extent(written[k]) : Escape(written[k].Name), second = isStrided ? Extent(other) : Escape(other.Name);
                writer.WriteLine($"{Checks}.NoOverlap<{types}>({first}, {Utf8(written[k].Name)}, {second}, {Utf8(other.Name)});");
            }
        }
    }

    private string Product(ImmutableArray<AffineForm> sizes) => sizes.IsEmpty ? "1" : sizes
        .Select(s => _expressions.Offset(new IntegerForm(s)))
        .Aggregate((a, b) => $"{Checks}.Product({a}, {b})");
}
