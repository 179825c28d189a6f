using LossGen.Compiler.Emission.Kernels;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Positions of a vector that are compared with an index, as classes are with a label: of a whole row one at most equals it. All are computed as
/// if none did; that one once more, by itself, and its elements go to memory behind those of the vector.
/// </summary>
internal sealed partial class NestPrinter
{
    private Action? _equal;

    /// <summary>Whether it may be: what happens to a position can happen twice.</summary>
    private static bool IsRepeatable(VectorStep step, IEnumerable<KernelStatement> body) =>
        body.All(s => s is Comment or Declare or Kernels.Write) && step.Arrays.All(a => a.IsRead != a.IsWritten);

    /// <summary>The positions that equal an index.</summary>
    /// <param name="text">The vector.</param>
    /// <param name="held">Its elements.</param>
    /// <param name="near">The indices, and their places in the vector.</param>
    /// <param name="body">What happens to a position.</param>
    private void WriteEqual(VectorText text, Func<VectorArray, string> held, IReadOnlyList<(KernelLocal Local, string Name)> near, Action body)
    {
        VectorArray[] read = text.Step.Arrays.Where(a => a.IsRead).ToArray();
        string One(VectorArray array) => _expressions.Name($"{text.Name(array)}_one");
        foreach (VectorArray array in read) _expressions.Held[(array.Place.Buffer, Print(array.Place.Offset))] = One(array);
        _expressions.Near = _near;
        string content = Captured(body);
        _near!.Take();
        _expressions.Near = null;
        _expressions.Held.Clear();
        using SourceWriter.Block block = _writer.WriteBlock("");
        DeclareNear(text, near);
        foreach ((_, string name) in near)
        {
            using SourceWriter.Block equal = _writer.WriteBlock($"if ({name} >= 0)");
            _writer.WriteLine($"const int neighbour = {name};");
            foreach (VectorArray array in read) _writer.WriteLine($"const {CTypes.Element(array.Place.Buffer.Element)} {One(array)} = LG_AT({text.Width}, {held(array)}, neighbour);");
            DeclarePosition(text, content);
            _writer.WriteLines(content);
        }
    }
}
