using System.Collections.Immutable;
using System.Text.RegularExpressions;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>Loops that take several neighbours a step.</summary>
internal sealed partial class NestPrinter
{
    private readonly Dictionary<KernelLocal, string> _steps = new();
    private readonly List<VectorStep> _vectors = new();
    private NearIndices? _near;
    private bool _isRepeatable;

    /// <summary>The steps of the loops that were written so.</summary>
    public IReadOnlyList<VectorStep> Vectors => _vectors;

    /// <summary>Writes items that need nothing but themselves, several neighbours a thread; false where single ones are as good.</summary>
    public bool TryWriteItems(Axis axis, ImmutableArray<KernelStatement> body)
    {
        if (_hasLanes || VectorStep.Of(axis, body, Print) is not { } step) return false;
        _near = new NearIndices(axis, KernelEffects.Of(body).Declared);
        _isRepeatable = IsRepeatable(step, body);
        WriteSteps(axis, "worker", "workers", step with { Ahead = 1 }, (isVector, each) => WriteStep(body, isVector, each));
        return true;
    }

    /// <summary>A loop that lanes share, several neighbours a step; false where single ones are as good.</summary>
    private bool TryWriteLanes(ScalarLoop loop, ImmutableArray<KernelStatement> bodies, Action<bool, Action<Action>> content)
    {
        if (VectorStep.Of(loop, bodies, Print) is not { } step) return false;
        _near = new NearIndices(loop.Axis, KernelEffects.Of(bodies).Declared);
        _isRepeatable = IsRepeatable(step, bodies);
        if (_kept?.Loops.IndexOf(loop) is { } number and >= 0) WriteKeptSteps(loop.Axis, step with { Width = _kept.Width }, number, content);
        else WriteSteps(loop.Axis, "lane", "lanes", step, content);
        return true;
    }

    /// <summary>
    /// Steps of neighbours, then the few positions that are left. The content is written for a vector, where what it does to each position has
    /// to be a loop, and for a single position.
    /// </summary>
    private void WriteSteps(Axis axis, string first, string stride, VectorStep step, Action<bool, Action<Action>> content)
    {
        _vectors.Add(step);
        var text = new VectorText(axis, step, stride, _expressions);
        string inside = step.Ahead > 1 ? text.Exists : "";
        using (_writer.WriteBlock($"for (lg_i64 vector = {first}; vector < {text.Count}; vector += {(step.Ahead > 1 ? $"{text.Ahead} * " : "")}{stride})"))
        {
            foreach (VectorArray array in step.Arrays) _writer.WriteLine(text.Declaration(array));
            WriteAhead(step, () => Move(text, "LG_LOAD", step.Arrays.Where(a => a.IsRead), inside));
            WriteAhead(step, () =>
            {
                using (inside.Length == 0 ? default(IDisposable?) : _writer.WriteBlock(inside)) WriteVector(text, text.Near, "LG_STORE", content);
            });
        }

        WriteRest(axis, first, stride, step, content);
    }

    /// <summary>The positions that fill no vector.</summary>
    private void WriteRest(Axis axis, string first, string stride, VectorStep step, Action<bool, Action<Action>> content)
    {
        string position = _expressions.Position(axis), size = _expressions.Print(axis.Size), width = CLiteral.Of(step.Width);
        using (_writer.WriteBlock($"for (lg_i64 {position} = {size} / {width} * {width} + {first}; {position} < {size}; {position} += {stride})")) content(false, body => body());
    }

    /// <summary>What happens to a vector whose elements are there, and its new elements to memory.</summary>
    private void WriteVector(VectorText text, Func<VectorArray, string> held, string store, Action<bool, Action<Action>> content)
    {
        _expressions.Near = _near;
        foreach (VectorArray array in text.Step.Arrays) _expressions.Held[(array.Place.Buffer, Print(array.Place.Offset))] = held(array) + CExpressionPrinter.Neighbour;
        content(true, body => WriteNeighbours(text, held, body));
        _expressions.Held.Clear();
        _expressions.Near = null;
        Move(text, store, text.Step.Arrays.Where(a => a.IsWritten), "");
        _equal?.Invoke();
        _equal = null;
    }

    private void Move(VectorText text, string macro, IEnumerable<VectorArray> arrays, string condition)
    {
        if (!arrays.Any()) return;
        using SourceWriter.Block block = _writer.WriteBlock(condition);
        _writer.WriteLine(text.Position);
        foreach (VectorArray array in arrays) _writer.WriteLine(text.Move(macro, text.Near(array), array));
    }

    private void WriteAhead(VectorStep step, Action content)
    {
        if (step.Ahead == 1)
        {
            content();
            return;
        }

        _writer.WriteLine("LG_UNROLL");
        using SourceWriter.Block loop = _writer.WriteBlock($"for (int ahead = 0; ahead < {CLiteral.Of(step.Ahead)}; ahead++)");
        content();
    }

    private void WriteNeighbours(VectorText text, Func<VectorArray, string> held, Action body)
    {
        string inside = Captured(body);
        IReadOnlyList<(KernelLocal Local, string Name)> near = _near!.Take();
        bool isApart = near.Count > 0 && _isRepeatable;
        if (isApart)
        {
            _near.IsElsewhere = true;
            inside = Captured(body);
            _near.IsElsewhere = false;
            _equal = () => WriteEqual(text, held, near, body);
        }

        using IDisposable? block = near.Count > 0 && !isApart ? _writer.WriteBlock("") : null;
        if (!isApart) DeclareNear(text, near);
        _writer.WriteLine("LG_UNROLL");
        using SourceWriter.Block loop = _writer.WriteBlock($"for (int neighbour = 0; neighbour < {text.Width}; neighbour++)");
        DeclarePosition(text, inside);
        _writer.WriteLines(inside);
    }

    private void DeclareNear(VectorText text, IReadOnlyList<(KernelLocal Local, string Name)> near)
    {
        foreach ((KernelLocal local, string name) in near) _writer.WriteLine($"const int {name} = lg_near({Name(local)} - {text.Start}, {text.Width});");
    }

    private string Captured(Action body)
    {
        SourceWriter outer = _writer;
        _writer = new SourceWriter();
        body();
        string inside = _writer.ToString();
        _writer = outer;
        return inside;
    }

    private void DeclarePosition(VectorText text, string inside)
    {
        if (Regex.IsMatch(inside, $@"\b{text.AxisPosition}\b", RegexOptions.CultureInvariant)) _writer.WriteLine($"const lg_i64 {text.AxisPosition} = {text.Start} + neighbour;");
    }

    /// <summary>A step's terms are few: they are added up as they are, and what is lost in that is kept from their sum on.</summary>
    private void WriteStep(ImmutableArray<KernelStatement> body, bool isVector, Action<Action> each)
    {
        KernelLocal[] sums = !isVector ? [] : Accumulations(body).Where(a => a.Combination.Is(Ops.Add) && a.Local.Precision == Precision.Wide).Select(a => a.Local).Distinct().ToArray();
        foreach (KernelLocal sum in sums)
        {
            _steps[sum] = _expressions.Name(sum.Name + "_step");
            _writer.WriteLine($"{_expressions.Real} {_steps[sum]} = {CLiteral.Of(0.0, _expressions.Real == "double")};");
        }

        each(() => Write(body));
        foreach (KernelLocal sum in sums)
        {
            _writer.WriteLine($"{ShareOf(sum)} = lg_pair_add({ShareOf(sum)}, {_steps[sum]});");
            _steps.Remove(sum);
        }
    }
}
