using System.Globalization;

namespace LossGen.Compiler.Ir;

/// <summary>Writes a node as a formula: for dumps, comments and explanations.</summary>
internal static class NodePrinter
{
    // A graph with shared parts can be exponentially longer as text.
    private const int LongestText = 300;

    /// <summary>
    /// The formula of a node; sub-expressions that <paramref name="name"/> knows are written by name, and what would make the text
    /// very long is left out.
    /// </summary>
    public static string Print(Node node, Func<Node, string?>? name = null, bool expandTop = false)
    {
        int budget = LongestText;
        return Print(node, name, expandTop, ref budget);
    }

    private static string Print(Node node, Func<Node, string?>? name, bool expandTop, ref int budget)
    {
        if (!expandTop && name?.Invoke(node) is { } known) return known;
        if (--budget < 0) return "…";
        return node.Payload switch
        {
            double value => Number(value),
            bool value => value ? "true" : "false",
            AffineForm form => form.ToString(),
            ScalarParameter parameter => parameter.Name,
            TensorParameter tensor => Load(node, tensor, name, ref budget),
            RecurrentState state when node.Is(Ops.Scan) => $"{state.Recurrence}({Strip(Print(node[state.Index], name, false, ref budget))})",
            RecurrentState state => Previous(node, state, name, ref budget),
            IndexedAxes indexed => At(node, indexed, name, ref budget),
            Axis axis when node.Is(Ops.Order) => $"argsort[{axis.Name}]({Strip(Print(node[0], name, false, ref budget))})",
            RowPosition => Print(node[0], name, false, ref budget),
            ScatterAxes scatter => $"{scatter}({string.Join(", ", Operands(node, name, ref budget).Select(Strip))})",
            Reduction reduction => $"{reduction}({Strip(Print(node[0], name, false, ref budget))})",
            _ => Operation(node, name, ref budget),
        };
    }

    /// <summary>Without the outermost pair of brackets, when one encloses everything.</summary>
    public static string Strip(string text)
    {
        if (text.Length < 2 || text[0] != '(' || text[text.Length - 1] != ')') return text;
        int depth = 0;
        for (int i = 0; i < text.Length - 1; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0) return text;
        }

        return text.Substring(1, text.Length - 2);
    }

    public static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "inf" : double.IsNegativeInfinity(value) ? "-inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Load(Node node, TensorParameter tensor, Func<Node, string?>? name, ref int budget)
    {
        bool plain = node.Arguments.Zip(tensor.Axes, (index, axis) => index.Is(Ops.Affine) && ReferenceEquals(index.Affine.PlainAxis, axis)).All(same => same);
        return plain ? tensor.Name : $"{tensor.Name}[{string.Join(", ", Operands(node, name, ref budget).Select(Strip))}]";
    }

    private static string At(Node node, IndexedAxes indexed, Func<Node, string?>? name, ref int budget)
    {
        string[] parts = Operands(node, name, ref budget);
        return $"{parts[0]}[{string.Join(", ", indexed.Axes.Select((axis, k) => $"{axis.Name}: {Strip(parts[k + 1])}"))}]";
    }

    private static string Previous(Node node, RecurrentState state, Func<Node, string?>? name, ref int budget)
    {
        string[] parts = Operands(node, name, ref budget);
        string number = state.Recurrence.States.Length == 1 ? "" : (state.Index + 1).ToString(CultureInfo.InvariantCulture);
        string[] moved = state.Axes.Prepend(state.Recurrence.Axis)
            .Select((axis, k) => node[k].Is(Ops.Affine) && ReferenceEquals(node[k].Affine.PlainAxis, axis) ? "" : $"{axis.Name}: {Strip(parts[k])}")
            .Where(text => text.Length > 0).ToArray();
        return $"prev{number}{(moved.Length == 0 ? "" : $"[{string.Join(", ", moved)}]")}";
    }

    private static string Operation(Node node, Func<Node, string?>? name, ref int budget)
    {
        string[] operands = Operands(node, name, ref budget);
        if (node.Op.Notation is not { } notation || node.Op.Arity < 0) return $"{node.Op.Name}({string.Join(", ", operands.Select(Strip))})";
        bool call = notation.EndsWith(")", StringComparison.Ordinal) && notation[0] != '(';
        return string.Format(CultureInfo.InvariantCulture, notation, call ? operands.Select(Strip).ToArray<object>() : operands);
    }

    private static string[] Operands(Node node, Func<Node, string?>? name, ref int budget)
    {
        string[] operands = new string[node.Arguments.Length];
        for (int i = 0; i < operands.Length; i++) operands[i] = Print(node[i], name, false, ref budget);
        return operands;
    }
}
