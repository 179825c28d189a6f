using System.Collections.Immutable;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Differentiation;
using LossGen.Compiler.Emission.CSharp;
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
        _rewritten = Rewriter.Rewrite(loss with { Parts = loss.Parts.AddRange(flags) });
    }

    private ElementType RealType => _spec.Signature.RealType;

    private bool IsDouble => RealType == ElementType.Double;

    public static string Emit(LossSpec spec, BoundLoss loss, SizePlan sizes, CancellationToken cancellationToken) =>
        new LossEmitter(spec, loss, sizes, cancellationToken).Emit();

    private string Emit()
    {
        LossGradients gradients = Differentiator.Differentiate(_rewritten, RealType);
        int tensors = _loss.Tensors.Length + gradients.Gradients.Count(g => g.Parameter.Tensor is not null);
        if (tensors > MaxTensors) throw new TooManyTensorsException(tensors);

        ScheduledKernel value = Schedule(_spec.MethodName + "Value", Scalars(_rewritten), _loss.Scalars);
        ScheduledKernel gradient = Schedule(_spec.MethodName + "Gradient", Scalars(_rewritten).Concat(gradients.Gradients.Select(Output)), _loss.Scalars.Add(gradients.Upstream));
        ImmutableArray<(string Flag, IndexReport Report)> reports = _checks.Select((check, k) => (KernelNames.Flag(k), Report(check, k))).ToImmutableArray();
        ImmutableArray<ScheduledKernel> searches = _searches.ToImmutableArray();

        var bodies = new MemberBodies(
            writer => new EntryPrinter(_loss, _sizes, RealType).Write(writer, value.TypeName, value.Layout, ImmutableArray<DifferentiatedParameter>.Empty, reports),
            writer => new EntryPrinter(_loss, _sizes, RealType).Write(writer, gradient.TypeName, gradient.Layout, _loss.Differentiated, reports),
            ProgramText.Of(_spec, gradients, _rewritten.Names),
            ImmutableArray.Create($"Loops: {KernelNames.Words(LoopTreePrinter.Compact(value.Tree, NameIn(value)))}."),
            gradients.Gradients.Select(g => $"d/d{g.Parameter.Name} = {ProgramText.Words(g, _rewritten.Names)}").ToImmutableArray(),
            ImmutableArray.Create($"Loops: {KernelNames.Words(LoopTreePrinter.Compact(gradient.Tree, NameIn(gradient)))}."),
            writer =>
            {
                foreach (ScheduledKernel kernel in searches.Insert(0, gradient).Insert(0, value))
                {
                    new KernelPrinter(kernel.Program, kernel.Layout).Write(writer);
                    writer.WriteLine();
                }
            });
        var file = new SourceWriter();
        MemberWriter.WriteFile(file, _spec, bodies);
        return file.ToString();
    }

    private IndexReport Report(IndexCheck check, int number)
    {
        BoundLoss search = Rewriter.Rewrite(_loss with { Result = BadIndices.FirstPosition(_loss.Graph, check), Parts = ImmutableArray<BoundPart>.Empty });
        var output = new KernelOutput(KernelNames.Position, ImmutableArray<Axis>.Empty, search.Result);
        ScheduledKernel kernel = Schedule(search, $"{_spec.MethodName}BadIndex{number + 1}", new[] { output }, _loss.Scalars, isDouble: true, scalar: true);
        _searches.Add(kernel);
        return new IndexReport(check, kernel.TypeName, kernel.Layout);
    }

    private static IEnumerable<KernelOutput> Scalars(BoundLoss loss) =>
        loss.Parts.Select(p => new KernelOutput(p.Name, ImmutableArray<Axis>.Empty, p.Value))
            .Prepend(new KernelOutput(KernelNames.Loss, ImmutableArray<Axis>.Empty, loss.Result));

    private KernelOutput Output(ParameterGradient gradient) =>
        new(gradient.Parameter.Name + "Gradient", gradient.Axes, gradient.Value)
        {
            IsNarrow = IsDouble && gradient.Parameter.Tensor is { Element: not ElementType.Double },
        };

    private ScheduledKernel Schedule(string name, IEnumerable<KernelOutput> outputs, ImmutableArray<ScalarParameter> scalars) =>
        Schedule(_rewritten, name, outputs, scalars, IsDouble, scalar: false);

    private ScheduledKernel Schedule(
        BoundLoss loss, string name, IEnumerable<KernelOutput> outputs, ImmutableArray<ScalarParameter> scalars, bool isDouble, bool scalar)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        KernelOutput[] wanted = outputs.ToArray();
        (Graph graph, ImmutableArray<Node> roots, ImmutableDictionary<Node, string> names) =
            Lowering.Lower(loss.Graph, wanted.Select(o => o.Value).ToImmutableArray(), loss.Names, isDouble);
        ImmutableArray<KernelOutput> lowered = wanted.Select((output, k) => output with { Value = roots[k] }).ToImmutableArray();
        LoopTree tree = Scheduler.Schedule(graph, lowered, _cancellationToken);
        if (scalar) tree = tree with { VectorAxes = ImmutableDictionary<Loop, Axis>.Empty };
        var layout = new KernelLayout(loss.Tensors, scalars, lowered, graph.Axes, isDouble ? ElementType.Double : ElementType.Single, ElementOf);
        string typeName = name + "Kernel";
        KernelProgram program = KernelBuilder.Build(typeName, graph, tree, layout, names, new IntegerRanges().FitsInt32, isDouble);
        return new ScheduledKernel(typeName, tree, layout, program, names);
    }

    // A gradient is stored as its tensor is.
    private ElementType ElementOf(KernelOutput output) =>
        _loss.Differentiated.FirstOrDefault(d => d.Name + "Gradient" == output.Name)?.Tensor?.Element ?? RealType;

    private static Func<Node, string?> NameIn(ScheduledKernel kernel) => node => kernel.Names.TryGetValue(node, out string? name) ? name : null;
}

/// <summary>A kernel with its place in the file.</summary>
internal sealed record ScheduledKernel(string TypeName, LoopTree Tree, KernelLayout Layout, KernelProgram Program, ImmutableDictionary<Node, string> Names);
