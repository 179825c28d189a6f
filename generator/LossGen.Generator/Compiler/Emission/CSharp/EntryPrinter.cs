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
internal sealed class EntryPrinter(BoundLoss loss, SizePlan plan, ElementType realType)
{
    /// <summary>A float holds every position up to this one.</summary>
    private const int LongestOrder = 1 << 24;

    private readonly HashSet<string> _names = new(
        loss.Tensors.Select(t => t.Name).Concat(loss.Scalars.Select(s => s.Name)).Concat(loss.Parts.Select(p => p.Name))
            .Concat(loss.Differentiated.Select(d => d.Name + "Gradient")).Append("upstream"),
        StringComparer.Ordinal);

    private readonly ExpressionPrinter _expressions = new(isDouble: true, 512);

    /// <summary>Writes the body.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="kernel">The name of the kernel type.</param>
    /// <param name="layout">The frame it expects.</param>
    /// <param name="gradients">The gradient buffers, in frame order; empty for the value alone.</param>
    /// <param name="checks">What to look at when a kernel flags a bad index: the flag's output and the call that names it.</param>
    public void Write(SourceWriter writer, string kernel, KernelLayout layout, ImmutableArray<DifferentiatedParameter> gradients, ImmutableArray<(string Flag, IndexReport Report)> checks)
    {
        // A parameter may have the name that a size would get.
        foreach (Axis axis in loss.Graph.Axes) _expressions.Renames[Names.Size(axis)] = Unique(Names.Size(axis));
        bool hasGradient = !gradients.IsEmpty;
        WriteSizes(writer);
        WriteLocalSizeChecks(writer);
        WritePositionChecks(writer);
        foreach (TensorParameter tensor in loss.Tensors) WriteLengthCheck(writer, tensor, tensor.Name);
        foreach (DifferentiatedParameter gradient in gradients.Where(g => g.Tensor is not null)) WriteLengthCheck(writer, gradient.Tensor!, gradient.Name + "Gradient");
        WriteScanChecks(writer);
        WriteOverlapChecks(writer, gradients);

        string frame = Unique("frame"), sizes = Unique("sizes"), scalars = Unique("scalars"), integers = Unique("integers");
        WriteFrame(writer, layout, gradients, hasGradient, frame, sizes, scalars, integers);
        writer.WriteLine($"{Names.Runtime}.KernelRunner.Run<{kernel}>(ref {frame});");
        foreach ((string flag, IndexReport report) in checks)
        {
            using (writer.WriteBlock($"if ({scalars}[{Number(layout.SlotOf(flag))}] > 0)"))
                WriteReport(writer, report);
        }

        foreach (BoundPart part in loss.Parts) writer.WriteLine($"{Escape(part.Name)} = {Real($"{scalars}[{Number(layout.SlotOf(part.Name))}]")};");
        foreach (DifferentiatedParameter gradient in gradients.Where(g => g.Scalar is not null))
        {
            string name = gradient.Name + "Gradient";
            writer.WriteLine($"{Escape(name)} = ({CSharpTypes.Name(gradient.Scalar!.Element)}){scalars}[{Number(layout.SlotOf(name))}];");
        }

        writer.WriteLine($"return {Real($"{scalars}[{Number(layout.SlotOf(KernelNames.Loss))}]")};");
    }

    private void WriteSizes(SourceWriter writer)
    {
        foreach (SizeStep step in plan.Steps)
        {
            string size = _expressions.SizeOf(step.Axis);
            if (step.Parameter is { } parameter)
            {
                writer.WriteLine($"if ({Escape(parameter.Name)} < 0) {Checks}.NegativeSize({Quote(parameter.Name)}, {Escape(parameter.Name)});");
                writer.WriteLine($"nint {size} = (nint){Escape(parameter.Name)};");
            }
            else if (step.Axis.ComputedSize is { } computed)
            {
                writer.WriteLine($"nint {size} = checked((nint){_expressions.Print(Whole(computed))});");
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

    /// <summary>Local axes must have a length, and one that an array over them can have.</summary>
    private void WriteLocalSizeChecks(SourceWriter writer)
    {
        foreach (Axis axis in loss.Graph.Axes.Where(a => a.IsLocal && ReferenceEquals(a.Declared, a) && !a.IsConstantSize && IsUsed(a)))
        {
            bool isSizeOfAnother = axis.Size.Terms.Length == 1 && axis.Size.Equals(axis.Size.Terms[0].Symbol.Axis?.Size) && axis.ComputedSize is null;
            if (isSizeOfAnother) continue;
            string size = _expressions.Offset(new IntegerForm(axis.Size));
            writer.WriteLine($"if ((ulong)({size}) > int.MaxValue) {Checks}.LocalSize({Quote(GiverOf(axis))}, {Quote(axis.Name)}, {size});");
        }
    }

    // Positions are held as the loss' real numbers.
    private void WritePositionChecks(SourceWriter writer)
    {
        if (realType == ElementType.Double) return;
        foreach (Axis axis in Reachability.Of(loss.Roots).Where(n => n.Is(Ops.ToPosition)).Select(n => ((RowPosition)n.Payload!).Axis).Distinct().OrderBy(a => a.Index))
        {
            string size = _expressions.Offset(new IntegerForm(axis.Size));
            writer.WriteLine($"if ({size} > {Number(LongestOrder)}) {Checks}.OrderTooLong({Quote(GiverOf(axis))}, {Quote(axis.Name)}, {size}, {Number(LongestOrder)});");
        }
    }

    private bool IsUsed(Axis axis) =>
        !SizeSolver.HasOwnSize(axis) || plan.Steps.Any(s => ReferenceEquals(s.Axis, axis));

    /// <summary>The int parameter that a size is made of, or else the first tensor.</summary>
    private string GiverOf(Axis axis)
    {
        IEnumerable<AffineForm> forms = axis.ComputedSize is { } computed ? Reachability.Forms(Reachability.Of([computed])) : [axis.Size];
        return forms.SelectMany(f => f.Terms).Select(t => t.Symbol.Parameter?.Name).FirstOrDefault(name => name is not null) ?? loss.Tensors[0].Name;
    }

    private static KernelExpression Whole(Node node) => node.Is(Ops.Affine)
        ? new IntegerForm(node.Affine)
        : new Operation(node.Op, node.Arguments.Select(Whole).ToImmutableArray(), false);

    private void WriteLengthCheck(SourceWriter writer, TensorParameter tensor, string name)
    {
        ImmutableArray<AffineForm> sizes = tensor.Axes.Select(a => a.Size).ToImmutableArray();
        string description = string.Join(" * ", tensor.Axes.Select(a => a.Name.Replace("_", " * ")));
        string values = string.Concat(sizes.Select(s => ", " + _expressions.Offset(new IntegerForm(s))));
        SizeStep? divided = plan.Steps.FirstOrDefault(s => ReferenceEquals(s.Tensor, tensor) && !s.Divisor.IsEmpty);
        if (divided is not null && name == tensor.Name)
        {
            string divisor = _expressions.SizeOf(divided.Axis) + "_divisor";
            string others = string.Join(" * ", tensor.Axes.Where(a => !ReferenceEquals(a, divided.Axis)).Select(a => a.Name));
            writer.WriteLine($"if ({Escape(name)}.Length != {divisor} * {_expressions.SizeOf(divided.Axis)}) {Checks}.NotMultiple({Quote(name)}, {Escape(name)}.Length, {divisor}, {Quote(others)});");
            return;
        }

        if (plan.Steps.Any(s => ReferenceEquals(s.Tensor, tensor) && s.Divisor.IsEmpty) && name == tensor.Name) return;
        writer.WriteLine($"if ({Escape(name)}.Length != {Product(sizes)}) {Checks}.Length({Quote(name)}, {Escape(name)}.Length, {Product(sizes)}, {Quote(description)}{values});");
    }

    /// <summary>A recurrence has a first value, so its axis has a position.</summary>
    private void WriteScanChecks(SourceWriter writer)
    {
        IEnumerable<Axis> axes = Reachability.Of(loss.Roots).Where(n => n.Is(Ops.Scan)).Select(n => n.State.Recurrence.Axis).Distinct().OrderBy(a => a.Index);
        foreach (Axis axis in axes.Where(a => !a.IsConstantSize))
            writer.WriteLine($"if ({_expressions.Offset(new IntegerForm(axis.Size))} <= 0) {Checks}.EmptyScan({Quote(SolvedFrom(axis))}, {Quote(axis.Name)});");
    }

    /// <summary>The parameter that an axis' size is solved from.</summary>
    private string SolvedFrom(Axis axis)
    {
        SizeStep? step = plan.Steps.FirstOrDefault(s => axis.Size.Terms.Any(t => ReferenceEquals(t.Symbol.Axis, s.Axis)));
        return step?.Parameter?.Name ?? step?.Tensor?.Name ?? GiverOf(axis);
    }

    private void WriteOverlapChecks(SourceWriter writer, ImmutableArray<DifferentiatedParameter> gradients)
    {
        ImmutableArray<TensorParameter> written = gradients.Where(g => g.Tensor is not null).Select(g => g.Tensor!).ToImmutableArray();
        for (int k = 0; k < written.Length; k++)
        {
            string output = written[k].Name + "Gradient", type = CSharpTypes.Name(written[k].Element);
            IEnumerable<(string Name, ElementType Element)> others = loss.Tensors.Select(t => (t.Name, t.Element))
                .Concat(written.Skip(k + 1).Select(t => (t.Name + "Gradient", t.Element)));
            foreach ((string name, ElementType element) in others)
                writer.WriteLine($"{Checks}.NoOverlap<{type}, {CSharpTypes.Name(element)}>({Escape(output)}, {Quote(output)}, {Escape(name)}, {Quote(name)});");
        }
    }

    private void WriteFrame(
        SourceWriter writer, KernelLayout layout, ImmutableArray<DifferentiatedParameter> gradients, bool hasGradient, string frame, string sizes, string scalars, string integers)
    {
        int count = layout.Tensors.Count;
        writer.WriteLine($"scoped {Names.Runtime}.KernelFrame{(count <= 4 ? "4" : count <= 8 ? "8" : "")} {frame} = default;");
        writer.WriteLine($"{frame}.TensorCount = {Number(count)};");
        IEnumerable<(string Name, ElementType Element)> tensors = loss.Tensors.Select(t => (t.Name, t.Element))
            .Concat(gradients.Where(g => g.Tensor is not null).Select(g => (g.Name + "Gradient", g.Tensor!.Element)));
        int index = 0;
        foreach ((string name, ElementType element) in tensors)
        {
            writer.WriteLine($"{frame}.Tensor{Number(index++)} = ref {Names.Unsafe}.As<{CSharpTypes.Name(element)}, byte>(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({Escape(name)}));");
        }

        IEnumerable<string> reals = loss.Scalars.Where(s => s.Type == ValueType.Real).Select(s => Escape(s.Name));
        if (hasGradient) reals = reals.Append("upstream");
        string[] slots = reals.ToArray();
        IEnumerable<string> allSlots = slots.Concat(Enumerable.Repeat("0", layout.SlotCount - slots.Length));
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
        WriteFrame(writer, report.Layout, ImmutableArray<DifferentiatedParameter>.Empty, hasGradient: false, frame, sizes, scalars, integers);
        writer.WriteLine($"{Names.Runtime}.KernelRunner.Run<{report.Kernel}>(ref {frame});");
        string position = Unique("position"), slot = $"{scalars}[{Number(report.Layout.SlotOf(KernelNames.Position))}]";
        bool readsData = report.Check.FirstRead is not null;
        writer.WriteLine($"nint {position} = {(readsData ? $"(nint)global::System.Math.Min({slot}, {Escape(report.Check.Parameter.Name)}.Length - 1)" : "0")};");
        string value = readsData ? $"(long){Escape(report.Check.Parameter.Name)}[(int){position}]" : $"(long){slot}";
        writer.WriteLine($"{Checks}.IndexOutOfRange({Quote(report.Check.Parameter.Name)}, {position}, {value}, {_expressions.Offset(new IntegerForm(report.Check.Axis.Size))}, {Quote(report.Check.Axis.Name)});");
    }

    private string Product(ImmutableArray<AffineForm> sizes) => sizes.IsEmpty ? "1" : sizes
        .Select(s => _expressions.Offset(new IntegerForm(s)))
        .Aggregate((a, b) => $"{Checks}.Product({a}, {b})");

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

/// <summary>How an entry point finds the position that a message about a bad index names.</summary>
/// <param name="Check">The index.</param>
/// <param name="Kernel">The kernel that finds the first wrong position.</param>
/// <param name="Layout">The frame of that kernel.</param>
internal sealed record IndexReport(IndexCheck Check, string Kernel, KernelLayout Layout);
