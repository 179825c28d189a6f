using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Differentiation;
using LossGen.Compiler.Emission.CSharp;
using LossGen.Compiler.Emission.Gpu;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Emission.Members;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;
using LossGen.Compiler.Rewriting;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Emission;

/// <summary>
/// The back half: rewrite, differentiate, lower, schedule, build, print. Needs: a bound loss with solved sizes.
/// Gives: the text of its file.
/// </summary>
internal sealed class LossEmitter
{
    private const int MaxTensors = 32;

    private readonly LossSpec _spec;
    private readonly BoundLoss _loss;
    private readonly SizePlan _sizes;
    private readonly CancellationToken _cancellationToken;
    private readonly ImmutableArray<IndexCheck> _checks;
    private readonly BoundLoss _flagged;
    private readonly BoundLoss _rewritten;
    private readonly List<ScheduledKernel> _searches = new();

    private LossEmitter(LossSpec spec, BoundLoss loss, SizePlan sizes, CancellationToken cancellationToken)
    {
        _spec = spec;
        _loss = loss;
        _sizes = sizes;
        _cancellationToken = cancellationToken;
        _checks = IndexChecks.Collect(loss);
        ImmutableArray<BoundPart> flags = _checks.Select((check, k) => new BoundPart(KernelNames.Flag(k), BadIndices.Flag(loss.Graph, check))).ToImmutableArray();
        _flagged = loss with { Parts = loss.Parts.AddRange(flags) };
        _rewritten = Rewriter.Rewrite(_flagged);
    }

    private ElementType RealType => _spec.Signature.RealType;

    private bool IsDouble => RealType == ElementType.Double;

    public static string Emit(LossSpec spec, BoundLoss loss, SizePlan sizes, CancellationToken cancellationToken) =>
        new LossEmitter(spec, loss, sizes, cancellationToken).Emit();

    private string Emit()
    {
        LossGradients gradients = Differentiator.Differentiate(_rewritten, RealType);
        int derivatives = gradients.Gradients.Count(g => g.Parameter.Tensor is not null) * (_spec.HasCurvature ? 2 : 1);
        int tensors = _loss.Spans.Length + (gradients.UpstreamSpan is null ? 0 : 1) + derivatives;
        if (tensors > MaxTensors) throw new TooManyTensorsException(tensors);

        // The usual call of a loss per sample gives no upstream span: a kernel of its own neither reads nor multiplies by ones.
        LossGradients? unit = gradients.UpstreamSpan is null ? null : Differentiator.Differentiate(_rewritten, RealType, isUnit: true);
        EntryCall valueCall = new(Schedule("Value", Values(_rewritten), Frame(null)), null, ImmutableArray<EntryDerivative>.Empty, null);
        EntryCall gradientCall = Derivatives("Gradient", gradients, Gradients, unit);
        EntryCall? curvatureCall = _spec.HasCurvature ? Derivatives("Curvature", gradients, g => Gradients(g).Concat(Curvatures(g)), unit) : null;
        ScheduledKernel value = valueCall.Kernel, gradient = gradientCall.Kernel;
        ImmutableArray<(string Flag, IndexReport Report)> reports = _checks.Select((check, k) => (KernelNames.Flag(k), Report(check, k))).ToImmutableArray();
        ImmutableArray<ScheduledKernel> kernels = new[] { value, gradient, gradientCall.UnitKernel, curvatureCall?.Kernel, curvatureCall?.UnitKernel }
            .OfType<ScheduledKernel>().Concat(_searches).ToImmutableArray();

        (GpuKernels onDevice, GpuKernels gradientOnDevice) = StoredOnDevice() ?? (value.Device(), gradient.Device());
        var bodies = new MemberBodies(
            writer => new EntryPrinter(_loss, _sizes, RealType, valueCall).Write(writer, reports),
            writer => new EntryPrinter(_loss, _sizes, RealType, gradientCall).Write(writer, reports),
            ProgramText.Of(_spec, gradients, _rewritten.Names, onDevice, gradientOnDevice, curvatureCall?.Kernel.Device()),
            ImmutableArray.Create($"Loops: {KernelNames.Words(LoopTreePrinter.Compact(value.Tree, NameIn(value)))}."),
            gradients.Gradients.Select(g => $"d/d{g.Parameter.Name} = {ProgramText.Words(g, _rewritten.Names)}").ToImmutableArray(),
            ImmutableArray.Create($"Loops: {KernelNames.Words(LoopTreePrinter.Compact(gradient.Tree, NameIn(gradient)))}."),
            writer =>
            {
                foreach (ScheduledKernel kernel in kernels)
                {
                    new KernelPrinter(kernel.Program, kernel.Layout, kernel.HasChunkCall).Write(writer);
                    writer.WriteLine();
                }
            },
            curvatureCall is null ? null : writer => new EntryPrinter(_loss, _sizes, RealType, curvatureCall).Write(writer, reports),
            curvatureCall is null ? default : Curvature.Of(_rewritten, gradients).Select(c => $"d2/d{c.Parameter.Name}2 = {ProgramText.Words(c, _rewritten.Names)}").ToImmutableArray(),
            curvatureCall is null ? default : ImmutableArray.Create($"Loops: {KernelNames.Words(LoopTreePrinter.Compact(curvatureCall.Kernel.Tree, NameIn(curvatureCall.Kernel)))}."));
        var file = new SourceWriter();
        MemberWriter.WriteFile(file, _spec, bodies);
        return file.ToString();
    }

    /// <summary>Value and gradient of a loss that reads sums which a device has stored; null where it reads none.</summary>
    private (GpuKernels Value, GpuKernels Gradient)? StoredOnDevice()
    {
        ImmutableDictionary<Node, (Node Whole, Axis Axis, Node Index)> stored = StoredReads.Find(_flagged);
        if (stored.IsEmpty || _spec.HasCurvature) return null;
        BoundLoss reading = Rewriter.Rewrite(_flagged, stored);
        LossGradients gradients = Differentiator.Differentiate(reading, RealType);
        return (OnDevice(reading, "Value", Values(reading), Frame(null)), OnDevice(reading, "Gradient", Values(reading).Concat(Gradients(gradients).SelectMany(g => Outputs(reading.Graph, g))), Frame(gradients)));
    }

    private GpuKernels OnDevice(
        BoundLoss loss, string name, IEnumerable<KernelOutput> outputs, (ImmutableArray<TensorParameter> Tensors, ImmutableArray<ScalarParameter> Scalars) frame)
    {
        KernelOutput[] wanted = outputs.ToArray();
        (Graph graph, ImmutableArray<Node> roots, ImmutableDictionary<Node, string> names) = Lowering.Lower(loss.Graph, wanted.Select(o => o.Value).ToImmutableArray(), loss.Names, IsDouble);
        return OnDevice(name, graph, wanted.Select((output, k) => output with { Value = roots[k] }).ToImmutableArray(), names, frame, IsDouble);
    }

    private GpuKernels OnDevice(
        string name, Graph graph, ImmutableArray<KernelOutput> lowered, ImmutableDictionary<Node, string> names,
        (ImmutableArray<TensorParameter> Tensors, ImmutableArray<ScalarParameter> Scalars) frame, bool isDouble) => GpuEmitter.Emit(
            $"{CNames.Spell(_spec.MethodName)}_{name.ToLowerInvariant()}", graph, DeviceSchedule.Of(graph, lowered, _cancellationToken),
            new KernelLayout(frame.Tensors, frame.Scalars, lowered, graph.Axes, isDouble ? ElementType.Double : ElementType.Single, ElementOf), names, isDouble, _loss, _sizes, frame.Scalars, _checks);

    private IndexReport Report(IndexCheck check, int number)
    {
        BoundLoss search = Rewriter.Rewrite(_loss with { Result = BadIndices.FirstPosition(_loss.Graph, check), Parts = ImmutableArray<BoundPart>.Empty });
        var output = new KernelOutput(KernelNames.Position, ImmutableArray<Axis>.Empty, search.Result);
        ScheduledKernel kernel = Schedule(search, $"BadIndex{number + 1}", new[] { output }, Frame(null), isDouble: true, scalar: true);
        _searches.Add(kernel);
        return new IndexReport(check, kernel.TypeName, kernel.Layout);
    }

    private IEnumerable<KernelOutput> Values(BoundLoss loss) =>
        loss.Parts.Select(p => new KernelOutput(p.Name, ImmutableArray<Axis>.Empty, p.Value))
            .Prepend(loss.ResultSpan is { } span
                ? new KernelOutput(span.Name, span.Axes, loss.Result, IsNarrow(span.Element))
                : new KernelOutput(KernelNames.Loss, ImmutableArray<Axis>.Empty, loss.Result));

    private static IEnumerable<(string Name, ParameterGradient Of)> Gradients(LossGradients gradients) =>
        gradients.Gradients.Select(g => (GradientParameters.GradientName(g.Parameter.Name), g));

    private IEnumerable<(string Name, ParameterGradient Of)> Curvatures(LossGradients gradients) =>
        Curvature.Of(_rewritten, gradients).Select(c => (GradientParameters.CurvatureName(c.Parameter.Name), c));

    /// <summary>A kernel for values and derivatives, and one more where upstream derivatives may be left out.</summary>
    private EntryCall Derivatives(
        string name, LossGradients gradients, Func<LossGradients, IEnumerable<(string Name, ParameterGradient Of)>> derivatives, LossGradients? unit)
    {
        (string Name, ParameterGradient Of)[] wanted = derivatives(gradients).ToArray();
        ScheduledKernel kernel = Schedule(name, Values(_rewritten).Concat(wanted.SelectMany(w => Outputs(_rewritten.Graph, w))), Frame(gradients));
        ScheduledKernel? unitKernel = unit is null ? null
            : Schedule("Unit" + name, Values(_rewritten).Concat(derivatives(unit).SelectMany(d => Outputs(_rewritten.Graph, d))), Frame(gradients));
        return new(kernel, unitKernel, wanted.Select(w => new EntryDerivative(w.Name, w.Of.Parameter)).ToImmutableArray(), gradients.UpstreamSpan);
    }

    private IEnumerable<KernelOutput> Outputs(Graph graph, (string Name, ParameterGradient Of) derivative) =>
        GradientSlices.Of(graph, derivative.Of).Select(slice =>
            new KernelOutput(derivative.Name, derivative.Of.Axes, slice.Value, derivative.Of.Parameter.Tensor is { } tensor && IsNarrow(tensor.Element)) { At = slice.At });

    private bool IsNarrow(ElementType element) => element == ElementType.Half || (IsDouble && element == ElementType.Single);

    /// <summary>What a kernel reads: the arguments, and with a gradient the upstream derivative.</summary>
    private (ImmutableArray<TensorParameter> Tensors, ImmutableArray<ScalarParameter> Scalars) Frame(LossGradients? gradients) => (
        gradients?.UpstreamSpan is { } span ? _loss.Tensors.Add(span) : _loss.Tensors,
        gradients?.Upstream is { } factor ? _loss.Scalars.Add(factor) : _loss.Scalars);

    private ScheduledKernel Schedule(
        string name, IEnumerable<KernelOutput> outputs, (ImmutableArray<TensorParameter> Tensors, ImmutableArray<ScalarParameter> Scalars) frame) =>
        Schedule(_rewritten, name, outputs, frame, IsDouble, scalar: false);

    private ScheduledKernel Schedule(
        BoundLoss loss, string name, IEnumerable<KernelOutput> outputs, (ImmutableArray<TensorParameter> Tensors, ImmutableArray<ScalarParameter> Scalars) frame, bool isDouble,
        bool scalar)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        KernelOutput[] wanted = outputs.ToArray();
        (Graph graph, ImmutableArray<Node> roots, ImmutableDictionary<Node, string> names) =
            Lowering.Lower(loss.Graph, wanted.Select(o => o.Value).ToImmutableArray(), loss.Names, isDouble);
        ImmutableArray<KernelOutput> lowered = wanted.Select((output, k) => output with { Value = roots[k] }).ToImmutableArray();
        (ImmutableArray<KernelOutput> turned, ImmutableDictionary<Node, string> turnedNames) = scalar ? (lowered, names) : LaneArrangement.Of(graph, lowered, names);
        LoopTree tree = scalar ? Scheduler.ScheduleScalar(graph, turned, _cancellationToken) : Scheduler.Schedule(graph, turned, _cancellationToken);
        KernelLayout layout = new(frame.Tensors, frame.Scalars, turned, graph.Axes, isDouble ? ElementType.Double : ElementType.Single, ElementOf);
        string typeName = _spec.MethodName + name + "Kernel";
        KernelProgram program = KernelBuilder.Build(typeName, graph, tree, layout, turnedNames, new IntegerRanges(), isDouble);
        return new ScheduledKernel(
            typeName, tree, layout, program, turnedNames, !scalar && ChunkCalls.Allows(program, layout),
            () => OnDevice(name, graph, lowered, names, frame, isDouble));
    }

    // A derivative is stored as its tensor is.
    private ElementType ElementOf(KernelOutput output) =>
        output.Name == _loss.ResultSpan?.Name ? _loss.ResultSpan.Element
        : _loss.Differentiated.FirstOrDefault(d => output.Name == GradientParameters.GradientName(d.Name) || output.Name == GradientParameters.CurvatureName(d.Name))?.Tensor?.Element
            ?? RealType;

    private static Func<Node, string?> NameIn(ScheduledKernel kernel) => node => kernel.Names.TryGetValue(node, out string? name) ? name : null;
}

/// <summary>A kernel with its place in the file, and a way to make the kernels that do the same on other devices.</summary>
internal sealed record ScheduledKernel(
    string TypeName, LoopTree Tree, KernelLayout Layout, KernelProgram Program, ImmutableDictionary<Node, string> Names, bool HasChunkCall, Func<GpuKernels> Device);
