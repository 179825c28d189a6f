using System.Collections.Immutable;
using System.Globalization;
using LossGen.Compiler.Analysis;
using LossGen.Compiler.Binding;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Emission.Members;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Writes the launch plan as JSON: what a call needs, how sizes follow from it, which arrays to allocate, what to launch with which
/// arguments, and where the results are. A size is an object of factors, <c>{"n": 2, "": -1}</c> for 2 n - 1; an int parameter stands as
/// <c>"@k"</c>.
/// </summary>
internal sealed class PlanPrinter(GpuProgram program, BoundLoss loss, SizePlan sizes, ElementType real, ImmutableArray<ScalarParameter> scalars, ImmutableArray<IndexCheck> checks)
{
    public string Print(ImmutableDictionary<GpuPass, GpuKernelText> kernels)
    {
        IEnumerable<(string, string)> members =
        [
            ("name", Text(program.Name)),
            ("real", Text(Element(real))),
            ("tensors", List(Tensors())),
            ("scalars", List(scalars.Where(s => !ArgumentValues.IsUpstream(s)).Select(s => Object(("name", Text(s.Name)), ("element", Text(Element(s.Element))))))),
            ("sizes", List(sizes.Steps.Select(Step))),
            ("limits", List(SizeLimits.Of(loss, sizes, real == ElementType.Double).Select(Limit))),
            ("slots", Number(program.Layout.SlotCount)),
            ("results", List(Results())),
            ("checks", List(checks.Select(Check))),
            ("arrays", List(Arrays())),
            ("passes", List(program.Passes.Select(p => Pass(p, kernels[p])))),
        ];
        return "{\n" + string.Join(",\n", members.Select(m => $"  {Text(m.Item1)}: {m.Item2}")) + "\n}";
    }

    // The order of the frame: inputs, then what is written.
    private IEnumerable<string> Tensors()
    {
        foreach (TensorParameter tensor in loss.Tensors) yield return Tensor(program.Layout.ByTensor[tensor], "input", tensor.Name);
        foreach (KeyValuePair<TensorParameter, KernelBuffer> other in program.Layout.ByTensor.Where(t => !loss.Tensors.Contains(t.Key))) yield return Tensor(other.Value, "upstream", other.Key.Name);
        foreach ((KernelBuffer buffer, string output) in program.Layout.ByOutput.Select(o => (o.Value, o.Key.Name)).Distinct())
            yield return Tensor(buffer, output == loss.ResultSpan?.Name ? "result" : IsCurvature(output) ? "curvature" : "gradient", output);
        if (scalars.Any(ArgumentValues.IsUpstream)) yield return Object(("name", Text("upstream")), ("buffer", Text("upstream")), ("role", Text("upstream")), ("element", Text(Element(real))), ("sizes", "[]"));
    }

    private static string Tensor(KernelBuffer buffer, string role, string name) => Object(
        ("name", Text(name)), ("buffer", Text("tensor:" + buffer.Name)), ("role", Text(role)), ("element", Text(Element(buffer.Element))), ("sizes", Forms(buffer.Sizes)));

    private bool IsCurvature(string output) => loss.Differentiated.Any(d => GradientParameters.CurvatureName(d.Name) == output);

    private static string Step(SizeStep step) =>
        step.Parameter is { } parameter ? Object(("axis", Text(step.Axis.Name)), ("integer", Text(parameter.Name)))
        : step.Axis.ComputedSize is { } computed ? Object(("axis", Text(step.Axis.Name)), ("compute", Computed(computed)))
        : step.Dimension >= 0 ? Object(("axis", Text(step.Axis.Name)), ("length", Text(step.Tensor!.Name)), ("dimension", Number(step.Dimension)))
        : Object(("axis", Text(step.Axis.Name)), ("length", Text(step.Tensor!.Name)), ("divisor", Forms(step.Divisor)));

    private static string Computed(Node node) =>
        node.Is(Ops.Affine) ? Form(node.Affine) : $"[{string.Join(", ", node.Arguments.Select(Computed).Prepend(Text(node.Op.Name)))}]";

    private static string Limit(SizeLimit limit) => Object(
        ("axis", Text(limit.Axis.Name)), ("size", Form(limit.Axis.Size)), ("least", Number(limit.Least)), ("greatest", Number(limit.Greatest)), ("parameter", Text(limit.Parameter)));

    private IEnumerable<string> Results()
    {
        if (loss.ResultSpan is null) yield return Result("loss", KernelNames.Loss, real);
        foreach (BoundPart part in loss.Parts) yield return Result(part.Name, part.Name, real);
        foreach (DifferentiatedParameter scalar in loss.Differentiated.Where(d => d.Scalar is not null))
        {
            foreach (string name in new[] { GradientParameters.GradientName(scalar.Name), GradientParameters.CurvatureName(scalar.Name) }.Where(program.Layout.HasSlot))
                yield return Result(name, name, scalar.Scalar!.Element);
        }
    }

    private string Result(string name, string output, ElementType element) =>
        Object(("name", Text(name)), ("slot", Number(program.Layout.SlotOf(output))), ("element", Text(Element(element))));

    private string Check(IndexCheck check, int number) => Object(
        ("slot", Number(program.Layout.SlotOf(KernelNames.Flag(number)))), ("parameter", Text(check.Parameter.Name)), ("axis", Text(check.Axis.Name)), ("size", Form(check.Axis.Size)));

    private IEnumerable<string> Arrays()
    {
        foreach (KernelBuffer array in program.Workspace) yield return Object(("name", Text("workspace:" + array.Name)), ("element", Text(Element(array.Element))), ("sizes", Forms(array.Sizes)));
        foreach (NestPass nest in program.Passes.OfType<NestPass>())
        {
            foreach (KernelBuffer array in nest.Nest.Scratch)
            {
                string element = !program.IsDouble && array.Element == ElementType.Double ? "pair" : Element(array.Element);
                yield return Object(("name", Text(GpuKernelPrinter.PlanName(array, nest))), ("element", Text(element)), ("sizes", Forms(array.Sizes)), ("worker", Text(nest.Name)));
            }
        }
    }

    private static string Pass(GpuPass pass, GpuKernelText kernel)
    {
        string list = List(kernel.Arguments.Select(a => Text(a.Plan)));
        return pass switch
        {
            NestPass nest => Object(
                ("kernel", Text(nest.Name)), ("items", Forms(nest.Mapping.Items.Select(a => a.Size))), ("lanes", nest.Mapping.Lanes is { } lanes ? Form(lanes) : "null"),
                ("partials", Number(nest.Scalars.Length)), ("merges", nest.Nest.Partials.Any(p => p.Array is not null) ? "true" : "false"),
                ("vectors", kernel.Vectors is not { } vectors ? "null" : Object(("width", Number(vectors.Width)), ("arrays", List(vectors.Arrays.Select(Text))), ("rows", Forms(vectors.Rows)), ("kept", vectors.Kept is not { } kept ? "null" : Object(("width", Number(kept.Width)), ("bytes", Number(kept.Bytes)))))),
                ("tile", nest.Mapping.Tile is null ? "null" : Object(("threads", Number(TilePrinter.GroupSize)), ("most", Number(TilePrinter.LargeGroupSize)), ("items", Number(TilePrinter.Items)))),
                ("arguments", list)),
            ArrayMergePass merge => Object(("kernel", Text(merge.Name)), ("items", Forms(merge.Shares.Sizes)), ("arguments", list)),
            _ => Object(("kernel", Text(pass.Name)), ("items", "[]"), ("arguments", list)),
        };
    }

    private static string Element(ElementType element) => element switch
    {
        ElementType.Single => "f32",
        ElementType.Double => "f64",
        ElementType.Half => "f16",
        ElementType.Byte => "u8",
        ElementType.Int32 => "i32",
        ElementType.Int64 => "i64",
        _ => "bool",
    };

    private static string Forms(IEnumerable<AffineForm> forms) => "[" + string.Join(", ", forms.Select(Form)) + "]";

    private static string Form(AffineForm form)
    {
        IEnumerable<(string, string)> terms = form.Terms.Select(t => (t.Symbol.Parameter is { } parameter ? "@" + parameter.Name : t.Symbol.Axis!.Name, Number(t.Coefficient)));
        if (form.Constant != 0 || form.Terms.IsEmpty) terms = terms.Append(("", Number(form.Constant)));
        return Object(terms.ToArray());
    }

    private static string List(IEnumerable<string> items)
    {
        string[] all = items.ToArray();
        return all.Length == 0 ? "[]" : all.Sum(i => i.Length) < 100 ? $"[{string.Join(", ", all)}]" : $"[\n    {string.Join(",\n    ", all)}\n  ]";
    }

    private static string Object(params (string Name, string Value)[] members) => "{" + string.Join(", ", members.Select(m => $"{Text(m.Name)}: {m.Value}")) + "}";

    // Names and operations: what C# escapes JSON escapes in the same way.
    private static string Text(string text) => CSharpLiteral.Quote(text);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
