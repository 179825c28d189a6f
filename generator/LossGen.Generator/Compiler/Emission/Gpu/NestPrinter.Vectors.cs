using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>Loops that take several neighbours a step.</summary>
internal sealed partial class NestPrinter
{
    private readonly Dictionary<KernelLocal, string> _steps = new();
    private readonly List<VectorStep> _vectors = new();
    private NearIndices? _near;
    private readonly HashSet<KernelLocal> _apart = new();
    private bool _isRepeatable;

    /// <summary>The steps of the loops that were written so.</summary>
    public IReadOnlyList<VectorStep> Vectors => _vectors;

    /// <summary>Writes items that need nothing but themselves, several neighbours a thread; false where single ones are as good.</summary>
    public bool TryWriteItems(Axis axis, ImmutableArray<KernelStatement> body)
    {
        if (_hasLanes || VectorStep.Of(axis, body, Print) is not { } step) return false;
        _near = new NearIndices(axis, KernelEffects.Of(body).Declared);
        _isRepeatable = IsRepeatable(step, body);

        // Several sums take what is lost in them with each step: there are half as many where one takes two vectors.
        bool isLong = Accumulations(body).Where(a => a.Local.Precision == Precision.Wide).Select(a => a.Local).Distinct().Skip(1).Any();
        WriteSteps(axis, "worker", "workers", isLong ? step : step with { Ahead = 1 }, (isVector, each) => WriteStep(body, isVector, each));
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
    /// Steps of several vectors as long as all threads have that many, then single vectors, then the few positions that are left. The content is
    /// written for each of them: what it does to a position has to be a loop over the positions of a step.
    /// </summary>
    private void WriteSteps(Axis axis, string first, string stride, VectorStep step, Action<bool, Action<Action>> content)
    {
        var single = new VectorText(axis, step with { Ahead = 1 }, "vector", _expressions);
        WriteLoops(axis, first, stride, step, content, () =>
        {
            string begin = first;
            if (step.Ahead > 1)
            {
                string all = $"{CLiteral.Of(step.Ahead)} * {stride}", whole = $"lg_whole({single.Count}, {all})";
                WriteMemorySteps($"for (lg_i64 vector = {first}; vector < {whole}; vector += {all})", Several(axis, step, stride), "LG_STORE", content);
                begin = $"{whole} + {first}";
            }

            WriteMemorySteps($"for (lg_i64 vector = {begin}; vector < {single.Count}; vector += {stride})", single, "LG_STORE", content);
        });
    }

    private VectorText Several(Axis axis, VectorStep step, string stride) => new(axis, step, $"vector + ahead * {stride}", _expressions);

    /// <summary>A loop whose steps begin with loads from memory and end with stores.</summary>
    private void WriteMemorySteps(string head, VectorText text, string store, Action<bool, Action<Action>> content)
    {
        using SourceWriter.Block loop = _writer.WriteBlock(head);
        foreach (VectorArray array in text.Step.Arrays) _writer.WriteLine(text.Declaration(array));
        Move(text, "LG_LOAD", text.Step.Arrays.Where(a => a.IsRead));
        WriteVectors(text, text.Near, store, content);
    }

    /// <summary>Loops over vectors, the positions that fill none, and those that equal an index, whose elements are read before.</summary>
    private void WriteLoops(Axis axis, string first, string stride, VectorStep step, Action<bool, Action<Action>> content, Action vectors)
    {
        _vectors.Add(step);
        string loops = Captured(vectors), position = _expressions.Position(axis), size = _expressions.Print(axis.Size), width = CLiteral.Of(step.Width);
        KernelLocal[] apart = _apart.ToArray();
        _apart.Clear();
        VectorArray[] read = step.Arrays.Where(a => a.IsRead).ToArray();
        string NameAt(int array, KernelLocal index) => _expressions.Name($"{read[array].Place.Buffer.Name}{(array == 0 ? "" : $"{array}")}_at_{index.Name}");
        void Owner(KernelLocal index, Action content)
        {
            string inside = Captured(content);
            using SourceWriter.Block owner = _writer.WriteBlock($"if (lg_owns({Name(index)}, {size} / {width}, {width}, {first}, {stride}))");
            if (CNames.Mentions(inside, position)) _writer.WriteLine($"const lg_i64 {position} = {Name(index)};");
            _writer.WriteLines(inside);
        }

        foreach (KernelLocal index in apart)
        {
            for (int k = 0; k < read.Length; k++) _writer.WriteLine($"{CTypes.Element(read[k].Place.Buffer.Element)} {NameAt(k, index)} = 0;");
            Owner(index, () =>
            {
                for (int k = 0; k < read.Length; k++) _writer.WriteLine($"{NameAt(k, index)} = {_expressions.Element(read[k].Place)};");
            });
        }

        _writer.WriteLines(loops);
        using (_writer.WriteBlock($"for (lg_i64 {position} = {size} / {width} * {width} + {first}; {position} < {size}; {position} += {stride})")) content(false, body => body());
        foreach (KernelLocal index in apart)
        {
            for (int k = 0; k < read.Length; k++) _expressions.Held[(read[k].Place.Buffer, Print(read[k].Place.Offset))] = NameAt(k, index);
            Owner(index, () => content(false, body => body()));
            _expressions.Held.Clear();
        }
    }

    /// <summary>What happens to the vectors of a step whose elements are there, and their new elements to memory.</summary>
    private void WriteVectors(VectorText text, Func<VectorArray, string> held, string store, Action<bool, Action<Action>> content)
    {
        _expressions.Near = _near;
        foreach (VectorArray array in text.Step.Arrays) _expressions.Held[(array.Place.Buffer, Print(array.Place.Offset))] = held(array) + CExpressionPrinter.Neighbour;
        content(true, body => WriteNeighbours(text, body));
        _expressions.Held.Clear();
        _expressions.Near = null;
        Move(text, store, text.Step.Arrays.Where(a => a.IsWritten));
    }

    private void Move(VectorText text, string macro, IEnumerable<VectorArray> arrays)
    {
        if (!arrays.Any()) return;
        WriteAhead(text, () =>
        {
            _writer.WriteLine(text.Position);
            foreach (VectorArray array in arrays) _writer.WriteLine(text.Move(macro, text.Near(array), array));
        });
    }

    /// <summary>What happens to each vector of a step.</summary>
    private void WriteAhead(VectorText text, Action content)
    {
        if (text.Step.Ahead == 1)
        {
            using SourceWriter.Block one = _writer.WriteBlock(text.Exists);
            content();
            return;
        }

        _writer.WriteLine("LG_UNROLL");
        using SourceWriter.Block loop = _writer.WriteBlock($"for (int ahead = 0; ahead < {text.Ahead}; ahead++)");
        using IDisposable? existing = text.Exists.Length == 0 ? null : _writer.WriteBlock(text.Exists);
        content();
    }

    private void WriteNeighbours(VectorText text, Action body)
    {
        string inside = Captured(body);
        IReadOnlyList<(KernelLocal Local, string Name)> near = _near!.Take();
        if (near.Count > 0 && _isRepeatable)
        {
            _near.IsElsewhere = true;
            inside = Captured(body);
            _near.IsElsewhere = false;
            _apart.UnionWith(near.Select(n => n.Local));
            near = [];
        }

        void Each()
        {
            foreach ((KernelLocal local, string name) in near) _writer.WriteLine($"const int {name} = lg_near({Name(local)} - {text.Start}, {text.Width});");
            _writer.WriteLine("LG_UNROLL");
            using SourceWriter.Block loop = _writer.WriteBlock($"for (int neighbour = 0; neighbour < {text.Width}; neighbour++)");
            if (CNames.Mentions(inside, text.AxisPosition)) _writer.WriteLine($"const lg_i64 {text.AxisPosition} = {text.Start} + neighbour;");
            _writer.WriteLines(inside);
        }

        if (text.Step.Ahead > 1 || text.Exists.Length > 0 || near.Count > 0) WriteAhead(text, Each);
        else Each();
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

    /// <summary>
    /// Whether positions that are compared with an index, as classes are with a label, may be computed as if they did not equal it, and the one
    /// that does, of which a row has one at most, once more behind the loop, by the thread that has written it.
    /// </summary>
    private static bool IsRepeatable(VectorStep step, IEnumerable<KernelStatement> body) =>
        body.All(s => s is Comment or Declare or Kernels.Write) && step.Arrays.All(a => a.IsRead != a.IsWritten);

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
