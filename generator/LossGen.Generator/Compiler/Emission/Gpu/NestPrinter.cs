using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Prints what one worker does. Where a worker is a group, its lanes run the same statements: each takes its share of a parallel loop, all
/// of them have the sum behind it, and one of them writes what stands outside of such loops.
/// </summary>
internal sealed partial class NestPrinter
{
    private readonly CExpressionPrinter _expressions;
    private SourceWriter _writer;
    private readonly bool _hasLanes;
    private readonly HashSet<KernelLocal> _ofWorker;
    private readonly HashSet<KernelBuffer> _shared;
    private readonly HashSet<KernelBuffer> _readByAll;
    private readonly HashSet<KernelBuffer> _owned = new();
    private readonly Dictionary<KernelLocal, string> _shares = new();
    private readonly string _name;
    private readonly KeptRows? _kept;
    private readonly Axis? _item;
    private bool _isInLanes;

    /// <param name="name">The kernel's name.</param>
    /// <param name="expressions">Prints expressions.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="mapping">How the nest is mapped.</param>
    public NestPrinter(string name, CExpressionPrinter expressions, SourceWriter writer, NestMapping mapping)
    {
        _name = name;
        _expressions = expressions;
        _writer = writer;
        _kept = mapping.Lanes is null ? null : KeptRows.Of(mapping.Body, Print);
        _item = mapping.Items.Length == 1 ? mapping.Items[0] : null;
        _hasLanes = mapping.Lanes is not null;
        _ofWorker = KernelEffects.Of(mapping.Before).Declared;
        ImmutableArray<KernelStatement> all = mapping.Before.AddRange(mapping.Body);
        var effects = KernelEffects.Of(all);
        HashSet<KernelBuffer> read = new(Reads(all, _ => true));
        _shared = new(effects.Written.Where(read.Contains));
        _readByAll = new(Reads(all, loop => !loop.IsParallel));
    }

    /// <summary>Writes one item. Its last statement may have read what the next item of the same worker replaces.</summary>
    public void WriteItem(ImmutableArray<KernelStatement> body)
    {
        DeclareKept();
        Write(_hasLanes ? EarlyReads.Move(body, Print) : body);
        Synchronize(_hasLanes && _shared.Overlaps(_readByAll));
    }

    public void Write(ImmutableArray<KernelStatement> statements)
    {
        for (int at = 0; at < statements.Length; at++)
        {
            if (OnlineSum.Match(statements, at, Print) is { } online)
            {
                WriteOnline(online);
                at = online.Last;
            }
            else
            {
                Write(statements[at]);
            }
        }
    }

    private void Write(KernelStatement statement)
    {
        switch (statement)
        {
            case Comment comment:
                _writer.WriteLine("/* " + comment.Text.Replace("*/", "* /") + " */");
                break;
            case Declare declare:
                _writer.WriteLine($"{CTypes.Local(declare.Local, _expressions.Real)} {Name(declare.Local)} = {FirstValue(declare)};");
                break;
            case Assign assign:
                WriteAccumulation(assign);
                break;
            case Kernels.Write write:
                if (_owned.Contains(write.Place.Buffer)) WriteByOwner(write);
                else WriteOnce(write.Place.Buffer, () => _writer.WriteLine(_expressions.Write(write.Place, ValueFor(write))));
                break;
            case SortRow sort:
                WriteOnce(sort.Positions.Buffer, () => _writer.WriteLine(Sort(sort)));
                break;
            case Fill fill:
                WriteFill(fill);
                break;
            case ScalarLoop loop:
                WriteLoop(loop);
                break;
            default:
                throw new InvalidOperationException($"no C for {statement.GetType().Name}");
        }
    }

    private string FirstValue(Declare declare)
    {
        bool isPair = declare.Local is { Precision: Precision.Wide, Type: ValueType.Real };
        return isPair && declare.Value is NumberLiteral number ? $"lg_pair_of({CLiteral.Of(number.Value, _expressions.Real == "double")})" : Print(declare.Value);
    }

    /// <summary>accumulator = combination(accumulator, term)</summary>
    private void WriteAccumulation(Assign assign)
    {
        (Op combination, KernelExpression term) = Term(assign.Value);
        if (_steps.TryGetValue(assign.Local, out string? step))
        {
            _writer.WriteLine($"{step} = {Combine(combination, step, term, isPair: false)};");
            return;
        }

        string name = ShareOf(assign.Local);
        string sum = Combine(combination, name, term, assign.Local.Precision == Precision.Wide);

        // All lanes have a value that stands outside of their loops; it counts once.
        string guard = _hasLanes && !_isInLanes && _ofWorker.Contains(assign.Local) ? "if (lane == 0) " : "";
        _writer.WriteLine($"{guard}{name} = {sum};");
    }

    private static (Op Combination, KernelExpression Term) Term(KernelExpression value)
    {
        var operation = (Operation)value;
        return (operation.Op, operation.Operands[1]);
    }

    private string Combine(Op combination, string accumulator, KernelExpression term, bool isPair)
    {
        if (term is Kernels.Convert { To: Precision.Wide } convert) term = convert.Value;
        if (!isPair) return Strip(_expressions.Apply(combination, accumulator, _expressions.Print(term)));
        string value = Print(term);
        return combination.Is(Ops.Add) ? $"lg_pair_add({accumulator}, {value})"
            : combination.Is(Ops.Multiply) ? $"lg_pair_multiply({accumulator}, {value})"
            : $"lg_pair_of({_expressions.Apply(combination, $"lg_value({accumulator})", value)})";
    }

    private string ValueFor(Kernels.Write write)
    {
        if (!_expressions.HoldsPairs(write.Place.Buffer)) return Print(write.Value);
        if (write.Value is Operation)
        {
            (Op combination, KernelExpression term) = Term(write.Value);
            return Combine(combination, _expressions.Element(write.Place), term, isPair: true);
        }

        return $"lg_pair_of({Print(write.Value)})";
    }

    /// <summary>A write outside of the lanes' loops: by one lane, when no other reads the old value any more, and before any reads the new one.</summary>
    private void WriteOnce(KernelBuffer buffer, Action write)
    {
        if (!_hasLanes || _isInLanes)
        {
            write();
            return;
        }

        Synchronize(_shared.Contains(buffer));
        using (_writer.WriteBlock("if (lane == 0)")) write();
        Synchronize(_shared.Contains(buffer));
    }

    private void WriteFill(Fill fill)
    {
        bool isPair = _expressions.HoldsPairs(fill.Buffer), isShared = _hasLanes && !_isInLanes;
        string value = CLiteral.Of(fill.Value, _expressions.Real == "double");
        Synchronize(isShared);
        using (_writer.WriteBlock($"for (lg_i64 element = {(isShared ? "lane" : "0")}; element < {_expressions.Product(fill.Buffer.Sizes)}; {(isShared ? "element += lanes" : "element++")})"))
        {
            _expressions.Buffers.Add(fill.Buffer);
            string name = _expressions.Name(fill.Buffer.Name);
            _writer.WriteLine($"{name}[{name}_first + step * element] = {(isPair ? $"lg_pair_of({value})" : value)};");
        }

        Synchronize(isShared);
    }

    private void WriteLoop(ScalarLoop loop)
    {
        if (_hasLanes && !_isInLanes && loop.IsParallel)
        {
            WriteShared(loop);
            return;
        }

        KernelBuffer[] owned = _hasLanes && !_isInLanes ? ElementOwners.Of(loop.Body).Except(_owned).ToArray() : [];
        Synchronize(owned.Length > 0);
        _owned.UnionWith(owned);
        using (_writer.WriteBlock(Head(loop, "1"))) Write(loop.Body);
        _owned.ExceptWith(owned);
        Synchronize(owned.Length > 0);
    }

    /// <summary>Each element is added to by one lane, so that lanes need not wait for each other, and terms come in order.</summary>
    private void WriteByOwner(Kernels.Write write) =>
        _writer.WriteLine($"if (({Strip(_expressions.Print(write.Place.Offset))}) % lanes == lane) {{ {_expressions.Write(write.Place, ValueFor(write))} }}");

    /// <summary>A loop that the lanes share. What the item accumulates in it starts afresh for each lane and is combined behind the loop.</summary>
    private void WriteShared(ScalarLoop loop)
    {
        var effects = KernelEffects.Of(loop.Body);
        (KernelLocal Local, Op Combination)[] sums = Accumulations(loop.Body).Where(a => !_ofWorker.Contains(a.Local))
            .GroupBy(a => a.Local).Select(g => g.First()).Where(a => !DeclaredInside(loop.Body, a.Local)).ToArray();
        Synchronize(effects.Written.Overlaps(_readByAll));
        foreach ((KernelLocal local, Op combination) in sums) BeginShare(local, combination);
        _isInLanes = true;
        if (!TryWriteLanes(loop, loop.Body, (isVector, each) => WriteStep(loop.Body, isVector, each)))
        {
            using (_writer.WriteBlock(Head(loop, "lanes"))) Write(loop.Body);
        }

        _isInLanes = false;
        foreach ((KernelLocal local, Op combination) in sums) EndShare(local, combination);
        Synchronize(effects.Touched.Overlaps(_shared));
    }

    private string ShareOf(KernelLocal local) => _shares.TryGetValue(local, out string? share) ? share : Name(local);

    private void BeginShare(KernelLocal local, Op combination)
    {
        _shares[local] = _expressions.Name(local.Name + "_lane");
        string neutral = CLiteral.Of(Neutral(combination), _expressions.Real == "double");
        _writer.WriteLine($"{CTypes.Local(local, _expressions.Real)} {_shares[local]} = {(local.Precision == Precision.Wide ? $"lg_pair_of({neutral})" : neutral)};");
    }

    private void EndShare(KernelLocal local, Op combination)
    {
        string name = Name(local), total = $"{(local.Precision == Precision.Wide ? "lg_lanes" : "lg_lanes_real")}_{GroupReduction.Word(combination)}(shared, {_shares[local]}, lanes)";
        _writer.WriteLine(local.Precision == Precision.Wide
            ? $"{name} = lg_pair_{(combination.Is(Ops.Multiply) ? "product" : "sum")}({name}, {total});"
            : $"{name} = {Strip(_expressions.Apply(combination, name, total))};");
        _shares.Remove(local);
    }

    private void Synchronize(bool isNeeded)
    {
        if (isNeeded) _writer.WriteLine("if (lanes > 1) LG_SYNC;");
    }

    private string Head(ScalarLoop loop, string step)
    {
        string i = _expressions.Position(loop.Axis), from = Print(loop.From), to = Print(loop.To);
        if (step != "1") return $"for (lg_i64 {i} = {(from == "0" ? "" : from + " + ")}lane; {i} < {to}; {i} += {step})";
        return loop.IsDescending ? $"for (lg_i64 {i} = {to} - 1; {i} >= {from}; {i}--)" : $"for (lg_i64 {i} = {from}; {i} < {to}; {i}++)";
    }

    private string Sort(SortRow sort)
    {
        _expressions.Buffers.Add(sort.Keys.Buffer);
        _expressions.Buffers.Add(sort.Positions.Buffer);
        return $"lg_sort({RowText(sort.Keys)}, {RowText(sort.Positions)}, {Print(new IntegerForm(sort.Keys.Count))});";
    }

    private string RowText(Row row)
    {
        string name = _expressions.Name(row.Buffer.Name), first = Print(row.First), stride = _expressions.Print(row.Stride);
        return row.Buffer.Kind == BufferKind.Scratch ? $"{name} + {name}_first + step * ({first}), step * {stride}" : $"{name} + {first}, {stride}";
    }

    private static IEnumerable<(KernelLocal Local, Op Combination)> Accumulations(ImmutableArray<KernelStatement> statements) => statements.SelectMany(s =>
        s is Assign assign ? [(assign.Local, Term(assign.Value).Combination)] : s.Blocks().SelectMany(Accumulations));

    private static bool DeclaredInside(ImmutableArray<KernelStatement> statements, KernelLocal local) =>
        statements.Any(s => s is Declare declare ? declare.Local.Equals(local) : s.Blocks().Any(b => DeclaredInside(b, local)));

    private static IEnumerable<KernelBuffer> Reads(ImmutableArray<KernelStatement> statements, Func<ScalarLoop, bool> enters) => statements.SelectMany(s =>
        s.Expressions().SelectMany(KernelExpressionTree.Everything).OfType<Read>().Select(r => r.Place.Buffer)
            .Concat(s is SortRow sort ? new[] { sort.Keys.Buffer } : [])
            .Concat(s is ScalarLoop loop && enters(loop) ? Reads(loop.Body, enters) : []));

    private static double Neutral(Op combination) => GroupReduction.Kind(combination).NeutralElement();

    private string Name(KernelLocal local) => _expressions.Name(local.Name);

    private string Print(KernelExpression expression) => Strip(_expressions.Print(expression));

    private static string Strip(string text) => NodePrinter.Strip(text);
}
