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

    /// <summary>The steps of the loops that were written so.</summary>
    public IReadOnlyList<VectorStep> Vectors => _vectors;

    /// <summary>Writes items that need nothing but themselves, several neighbours a thread; false where single ones are as good.</summary>
    public bool TryWriteItems(Axis axis, ImmutableArray<KernelStatement> body)
    {
        if (_hasLanes || VectorStep.Of(axis, body, Print) is not { } step) return false;
        WriteSteps(axis, "worker", "workers", step with { Ahead = 1 }, (isVector, each) => WriteStep(body, isVector, each));
        return true;
    }

    private VectorStep? VectorOf(ScalarLoop loop, ImmutableArray<KernelStatement> bodies) =>
        Print(loop.From) == "0" && Print(loop.To) == Print(new IntegerForm(loop.Axis.Size)) ? VectorStep.Of(loop.Axis, bodies, Print) : null;

    /// <summary>
    /// Steps of neighbours, then the few positions that are left. The content is written for a vector, where what it does to each position has
    /// to be a loop, and for a single position.
    /// </summary>
    private void WriteSteps(Axis axis, string first, string stride, VectorStep step, Action<bool, Action<Action>> content)
    {
        _vectors.Add(step);
        string position = _expressions.Position(axis), size = _expressions.Print(axis.Size), width = CLiteral.Of(step.Width), ahead = CLiteral.Of(step.Ahead);
        string vector = step.Ahead > 1 ? $"vector + ahead * {stride}" : "vector", row = step.Ahead > 1 ? "ahead" : "0";
        string start = step.Ahead > 1 ? $"{width} * ({vector})" : $"{width} * vector";
        using (_writer.WriteBlock($"for (lg_i64 vector = {first}; vector < {size} / {width}; vector += {(step.Ahead > 1 ? $"{ahead} * " : "")}{stride})"))
        {
            string[] names = step.Arrays.Select((a, k) => _expressions.Name($"{a.Place.Buffer.Name}_near{(step.Arrays.Take(k).Any(b => b.Place.Buffer.Equals(a.Place.Buffer)) ? $"{k}" : "")}")).ToArray();
            for (int k = 0; k < names.Length; k++) _writer.WriteLine($"LG_VECTORS({CTypes.Element(step.Arrays[k].Place.Buffer.Element)}, {names[k]}, {ahead}, {width});");
            void Move(string macro, Func<VectorArray, bool> moves)
            {
                if (!step.Arrays.Any(moves)) return;
                using SourceWriter.Block block = _writer.WriteBlock(macro == "LG_LOAD" && step.Ahead > 1 ? $"if ({vector} < {size} / {width})" : "");
                _writer.WriteLine($"const lg_i64 {position} = {start};");
                for (int k = 0; k < names.Length; k++)
                {
                    if (!moves(step.Arrays[k])) continue;
                    Place place = step.Arrays[k].Place;
                    _expressions.Buffers.Add(place.Buffer);
                    string address = $"{_expressions.Name(place.Buffer.Name)} + {_expressions.Print(place.Offset)}";
                    _writer.WriteLine($"{macro}({width}, {names[k]}[{row}], {address}, {(step.Arrays[k].Rows is null ? "0" : "aligned")});");
                }
            }

            WriteAhead(step, "", () => Move("LG_LOAD", a => a.IsRead));
            WriteAhead(step, $"if ({vector} < {size} / {width})", () =>
            {
                for (int k = 0; k < names.Length; k++) _expressions.Held[(step.Arrays[k].Place.Buffer, Print(step.Arrays[k].Place.Offset))] = $"{names[k]}[{row}][neighbour]";
                content(true, body => WriteNeighbours(position, $"{start} + neighbour", width, body));
                _expressions.Held.Clear();
                Move("LG_STORE", a => a.IsWritten);
            });
        }

        using (_writer.WriteBlock($"for (lg_i64 {position} = {size} / {width} * {width} + {first}; {position} < {size}; {position} += {stride})")) content(false, body => body());
    }

    private void WriteAhead(VectorStep step, string condition, Action content)
    {
        if (step.Ahead == 1)
        {
            content();
            return;
        }

        _writer.WriteLine("LG_UNROLL");
        using SourceWriter.Block loop = _writer.WriteBlock($"for (int ahead = 0; ahead < {CLiteral.Of(step.Ahead)}; ahead++)");
        if (condition.Length == 0)
        {
            content();
            return;
        }

        using (_writer.WriteBlock(condition)) content();
    }

    private void WriteNeighbours(string position, string value, string width, Action body)
    {
        SourceWriter outer = _writer;
        _writer = new SourceWriter();
        body();
        string text = _writer.ToString();
        _writer = outer;
        _writer.WriteLine("LG_UNROLL");
        using SourceWriter.Block loop = _writer.WriteBlock($"for (int neighbour = 0; neighbour < {width}; neighbour++)");
        if (Regex.IsMatch(text, $@"\b{position}\b", RegexOptions.CultureInvariant)) _writer.WriteLine($"const lg_i64 {position} = {value};");
        _writer.WriteLines(text);
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
