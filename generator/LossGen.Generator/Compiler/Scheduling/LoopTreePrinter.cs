using System.Text;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>Writes a schedule for a reader: in one line, or in lines with the formula of each statement.</summary>
internal sealed class LoopTreePrinter
{
    private readonly Dictionary<Node, string> _values = new();
    private readonly Dictionary<Statement, string> _names = new();
    private readonly Dictionary<Statement, string> _formulas = new();
    private readonly IReadOnlyDictionary<Loop, Axis> _vectorAxes;

    /// <summary>Names every statement: by <paramref name="name"/> where it knows the value, else by kind and number.</summary>
    public LoopTreePrinter(LoopTree tree, Func<Node, string?>? name = null)
    {
        _vectorAxes = tree.VectorAxes;
        var taken = new HashSet<string>(tree.Outputs.Select(o => o.Name), StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Statement statement in tree.Statements)
        {
            if (statement.Kind == StatementKind.Store)
            {
                _names[statement] = statement.Output!.Label;
                continue;
            }

            string stem = statement.Kind == StatementKind.Materialize ? "kept" : statement.Kind == StatementKind.Scan ? "scan" : statement.Kind == StatementKind.Scatter ? "scatter" : statement.Kind == StatementKind.Sort ? "order" : statement.Value.Reduction.Kind.ToString().ToLowerInvariant();
            string? text = name?.Invoke(statement.Value);
            while (text is null || !taken.Add(text))
            {
                counts.TryGetValue(stem, out int count);
                counts[stem] = ++count;
                text = stem + count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            _names[statement] = text;
            _values[statement.Value] = text;
        }
    }

    /// <summary>For example <c>n{ c{peak1}; c{kept1 -> zGradient; sum1}; c{zGradient}; loss }</c>.</summary>
    public static string Compact(LoopTree tree, Func<Node, string?>? name = null)
    {
        var printer = new LoopTreePrinter(tree, name);
        return string.Join("; ", tree.Items.Select(printer.Compact));
    }

    /// <summary>One line a loop or statement, with formulas.</summary>
    public static string Lines(LoopTree tree, Func<Node, string?>? name = null)
    {
        var text = new StringBuilder();
        var printer = new LoopTreePrinter(tree, name);
        foreach (LoopItem item in tree.Items)
        {
            printer.Write(text, item, indent: 0, vector: null);
        }

        return text.ToString();
    }

    /// <summary>The name of a statement's value, or of the output that a store writes.</summary>
    public string NameOf(Statement statement) => _names[statement];

    /// <summary>The formula of a statement, with the names of what it reads.</summary>
    public string Formula(Statement statement) => _formulas.TryGetValue(statement, out string known) ? known : _formulas[statement] = Print(statement);

    private string Print(Statement statement)
    {
        if (statement.Kind is not (StatementKind.Materialize or StatementKind.Scatter or StatementKind.Sort) && Name(statement.Expression) is { } known) return Reduced(known);
        string formula = FormulaExcerpt.Print(statement.Expression, Name);
        return Reduced(formula);

        string Reduced(string body) => statement.Kind == StatementKind.Reduce ? $"{statement.Value.Reduction}({body})" : body;
    }

    private string? Name(Node node) => _values.TryGetValue(node, out string name) ? name : null;

    /// <summary>One loop or statement in one line.</summary>
    public string Compact(LoopItem item)
    {
        if (item is not Loop loop) return CompactName((Statement)item);
        string inside = string.Join("; ", loop.Body.Select(Compact));
        bool isNest = loop.Body.Any(i => i is Loop);
        string name = loop.Axis.Name + (loop.IsDescending ? " descending" : "");
        return isNest ? $"{name}{{ {inside} }}" : $"{name}{{{inside}}}";
    }

    private string CompactName(Statement statement) =>
        statement.Alias is { } buffer ? $"{_names[statement]} -> {buffer.Name}" : _names[statement] + AxisList(statement.StorageAxes);

    private void Write(StringBuilder text, LoopItem item, int indent, Axis? vector)
    {
        text.Append(' ', 2 * indent);
        if (item is Loop loop)
        {
            if (_vectorAxes.TryGetValue(loop, out Axis? own)) vector = own;
            text.Append("for ").Append(loop.Axis.Name).Append(loop.IsDescending ? " descending" : "").Append(ReferenceEquals(loop.Axis, vector) ? " (lanes)" : "").Append('\n');
            foreach (LoopItem inner in loop.Body) Write(text, inner, indent + 1, vector);
            return;
        }

        var statement = (Statement)item;
        IReadOnlyList<Axis> axes = statement.Output is { At.IsEmpty: true } output ? output.Axes : statement.StorageAxes;
        text.Append(_names[statement]).Append(AxisList(axes));
        if (statement.Alias is { } buffer) text.Append(" in ").Append(buffer.Name);
        text.Append(" = ").Append(Formula(statement)).Append('\n');
    }

    private static string AxisList(IReadOnlyList<Axis> axes) => axes.Count == 0 ? "" : $"[{string.Join(", ", axes.Select(a => a.Name))}]";
}
