using System.Collections.Immutable;
using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>
/// Runs a schedule as a printer would write it, with exactly the storage that placement gave: accumulators of their axes, values of theirs,
/// kept values in the output buffers. A value that is gone or not there yet fails.
/// </summary>
internal sealed class LoopTreeInterpreter
{
    private readonly LoopTree _tree;
    private readonly TestValues _values;
    private readonly Dictionary<Statement, Dictionary<string, double>> _accumulators = [];
    private readonly Dictionary<Statement, Dictionary<string, double>> _storage = [];
    private readonly Dictionary<Axis, int> _strips = [];

    private LoopTreeInterpreter(LoopTree tree, TestValues values)
    {
        _tree = tree;
        _values = values;
    }

    public Dictionary<KernelOutput, Dictionary<string, double>> Buffers { get; } = [];

    /// <summary>Every output with its elements by position.</summary>
    public static Dictionary<KernelOutput, Dictionary<string, double>> Run(LoopTree tree, TestValues values)
    {
        var run = new LoopTreeInterpreter(tree, values);
        foreach (KernelOutput output in tree.Outputs) run.Buffers[output] = [];
        run.Block(tree.Items, ImmutableArray<Loop>.Empty);
        return run.Buffers;
    }

    private void Block(ImmutableArray<LoopItem> items, ImmutableArray<Loop> path)
    {
        foreach (Statement statement in _tree.Statements.Where(s => s.Path.Length >= path.Length && s.Path.Take(path.Length).SequenceEqual(path)))
        {
            if (statement.AccumulatorDepth == path.Length) _accumulators[statement] = [];
            if (statement.StorageDepth == path.Length) _storage[statement] = [];
        }

        foreach (LoopItem item in items)
        {
            if (item is Statement statement)
            {
                Execute(statement);
                continue;
            }

            var loop = (Loop)item;
            if (loop.StripsOf is { } cut) InStrips(cut, () => Block(loop.Body, path.Add(loop)));
            else ForEach([loop.Axis], () => Block(loop.Body, path.Add(loop)), loop.IsDescending);
            foreach (Statement done in loop.Statements.Where(s => s.Accumulates && s.AccumulatorDepth == path.Length)) Finish(done);
        }
    }

    // Even positions, then odd ones: what would need a position of the other strip does not find it.
    private void InStrips(Axis cut, Action body)
    {
        for (int strip = 0; strip < 2; strip++)
        {
            _strips[cut] = strip;
            body();
        }

        _strips.Remove(cut);
    }

    private void ForEach(ImmutableArray<Axis> axes, Action action, bool isDescending = false) =>
        _values.ForEach(axes, () => { if (axes.All(a => !_strips.TryGetValue(a, out int strip) || _values[a] % 2 == strip)) action(); }, isDescending);

    private void Execute(Statement statement)
    {
        if (statement.Kind == StatementKind.Scatter)
        {
            double term = Evaluate(statement, statement.Value[0], isTop: false);
            _values.Scatter(statement.Value, n => Evaluate(statement, n, isTop: false), () =>
            {
                string place = _values.Key(statement.AccumulatorAxes);
                _accumulators[statement][place] = _accumulators[statement].GetValueOrDefault(place) + term;
            });
            return;
        }

        double value = Evaluate(statement, statement.Expression, isTop: statement.EvaluatesExpression);
        switch (statement.Kind)
        {
            case StatementKind.Reduce:
                ReductionKind kind = statement.Value.Reduction.Kind;
                string key = _values.Key(statement.AccumulatorAxes);
                _accumulators[statement][key] = TestValues.Combine(kind, _accumulators[statement].GetValueOrDefault(key, TestValues.Identity(kind)), value);
                break;
            case StatementKind.Materialize when statement.Alias is { } buffer:
                Buffers[buffer][_values.Key(buffer.Axes)] = value;
                break;
            case StatementKind.Materialize or StatementKind.Scan:
                _storage[statement][_values.Key(statement.StorageAxes)] = value;
                break;
            default:
                Buffers[statement.Output!][_values.Key(statement.Output!.Axes)] = value;
                break;
        }
    }

    private void Finish(Statement statement) => ForEach(
        statement.AccumulatorAxes,
        () => _storage[statement][_values.Key(statement.StorageAxes)] = statement.Kind == StatementKind.Scatter
            ? _accumulators[statement].GetValueOrDefault(_values.Key(statement.AccumulatorAxes))
            : _accumulators[statement][_values.Key(statement.AccumulatorAxes)]);

    private double Evaluate(Statement statement, Node node, bool isTop)
    {
        if (node.Is(Ops.Previous))
        {
            Statement scan = statement.Dependencies.Concat(statement.Carried).First(d => d.Kind == StatementKind.Scan && d.Value.State.Equals(node.State));
            return _values.Previous(node, n => Evaluate(statement, n, isTop: false), () => Stored(scan));
        }

        if (isTop || statement.Dependencies.FirstOrDefault(d => d.Computes(node)) is not { } source)
        {
            return node.Is(Ops.At)
                ? _values.At(node, n => Evaluate(statement, n, isTop: false), () => Stored(statement.Dependencies.Single(d => ReferenceEquals(d.Value, node[0]))))
                : _values.Apply(node, n => Evaluate(statement, n, isTop: false));
        }

        return Stored(source);
    }

    private double Stored(Statement source) =>
        source.Alias is { } buffer ? Buffers[buffer][_values.Key(buffer.Axes)] : _storage[source][_values.Key(source.StorageAxes)];
}
