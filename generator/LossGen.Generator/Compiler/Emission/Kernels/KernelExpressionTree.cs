using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>Walks and rebuilds expressions and the statements that hold them.</summary>
internal static class KernelExpressionTree
{
    /// <summary>The expressions directly inside one.</summary>
    public static IEnumerable<KernelExpression> Children(this KernelExpression expression) => expression switch
    {
        Operation operation => operation.Operands,
        LocalValue => Array.Empty<KernelExpression>(),
        Splat splat => new[] { splat.Scalar },
        Convert convert => new[] { convert.Value },
        LaneReduction reduction => new[] { reduction.Lanes },
        TailSelection tail => new[] { tail.Value },
        Read read => read.Place.Expressions(),
        ShortTable table => new[] { table.First },
        _ => Enumerable.Empty<KernelExpression>(),
    };

    /// <summary>The expressions that say where a place is.</summary>
    public static IEnumerable<KernelExpression> Expressions(this Place place)
    {
        yield return place.Offset;
        if (place.LaneOffset is not null) yield return place.LaneOffset;
        foreach (BoundsTest test in place.Tests) yield return test.Index;
        if (place.Table is not null) yield return place.Table;
    }

    /// <summary>The expressions of one statement, those of statements inside it not included.</summary>
    public static IEnumerable<KernelExpression> Expressions(this KernelStatement statement) => statement switch
    {
        Declare declare => new[] { declare.Value },
        Assign assign => new[] { assign.Value },
        DeclareRow row => new[] { row.First },
        TurnRows turn => new[] { turn.First, turn.Length },
        Write write => write.Place.Expressions().Append(write.Value),
        ScatterAdd scatter => scatter.Place.Expressions().Append(scatter.Value),
        SortRow sort => new[] { sort.Keys.First, sort.Keys.Stride, sort.Positions.First, sort.Positions.Stride },
        ScalarLoop loop => new[] { loop.From, loop.To },
        VectorLoop loop => new[] { loop.From, loop.To },
        PipelinedLoop loop => new[] { loop.From, loop.To },
        JammedLoop loop => new[] { loop.From, loop.To },
        BlockLoop loop => new[] { loop.From, loop.To },
        RowSums sums => new[] { sums.FirstRow, sums.EndRow, sums.From, sums.To, sums.Block.From, sums.Block.To }
            .Concat(sums.Wide.SelectMany(w => w.Sums.Expressions().Append(w.Row)))
            .Concat(sums.Copies.SelectMany(c => new[] { new Read(c.From), c.Step }))
            .Concat(sums.Tiles.Select(t => t.Copy).OfType<Interleaving>().SelectMany(Of)),
        Interleave copy => new[] { copy.FirstRow, copy.EndRow, copy.From, copy.To }.Concat(Of(copy.Copy)),
        Alternatives sides => new[] { sides.Condition },
        Leave leave => new[] { leave.Unusual },
        Fill { Rows: { } rows } => new[] { rows },
        WritePartial { Value: { } value } => new[] { value },
        _ => Enumerable.Empty<KernelExpression>(),
    };

    private static IEnumerable<KernelExpression> Of(Interleaving copy) => new[] { copy.Row, copy.Stride, new Read(copy.From) }.Concat(copy.To.Expressions());

    /// <summary>The lists of statements inside one.</summary>
    public static IEnumerable<ImmutableArray<KernelStatement>> Blocks(this KernelStatement statement) => statement switch
    {
        ScalarLoop loop => new[] { loop.Body },
        VectorLoop loop => new[] { loop.Prologue, loop.BlockPrologue, loop.Body, loop.Tail, loop.BlockEpilogue },
        PipelinedLoop loop => new[] { loop.Carried, loop.First, loop.Middle, loop.Last },
        JammedLoop loop => new[] { loop.Jammed, loop.Single },
        BlockLoop loop => new[] { loop.Body },
        RowSums sums => sums.Tiles.SelectMany(t => t.Bodies.SelectMany(b => new[] { b.Before, b.Step, b.After }).Prepend(t.Pack)).Concat(sums.Columns.SelectMany(c => new[] { c.Before, c.Step })),
        Alternatives sides => new[] { sides.WhenTrue, sides.WhenFalse },
        Call call => new[] { call.Routine.Body },
        _ => Enumerable.Empty<ImmutableArray<KernelStatement>>(),
    };

    /// <summary>A statement that repeats or chooses, with other statements inside; one with lanes as it is.</summary>
    public static KernelStatement WithBlocks(this KernelStatement statement, Func<ImmutableArray<KernelStatement>, ImmutableArray<KernelStatement>> rebuild) => statement switch
    {
        ScalarLoop loop => loop with { Body = rebuild(loop.Body) },
        BlockLoop loop => loop with { Body = rebuild(loop.Body) },
        JammedLoop loop => loop with { Jammed = rebuild(loop.Jammed), Single = rebuild(loop.Single) },
        PipelinedLoop loop => loop with { First = rebuild(loop.First), Middle = rebuild(loop.Middle), Last = rebuild(loop.Last) },
        Alternatives sides => sides with { WhenTrue = rebuild(sides.WhenTrue), WhenFalse = rebuild(sides.WhenFalse) },
        _ => statement,
    };

    /// <summary>The statement and all that stand inside it.</summary>
    public static IEnumerable<KernelStatement> Everything(this KernelStatement statement)
    {
        var all = new List<KernelStatement>();
        void Add(KernelStatement inner)
        {
            all.Add(inner);
            foreach (ImmutableArray<KernelStatement> block in inner.Blocks())
                foreach (KernelStatement next in block) Add(next);
        }

        Add(statement);
        return all;
    }

    /// <summary>The expression and everything inside it.</summary>
    public static IReadOnlyList<KernelExpression> Everything(this KernelExpression expression)
    {
        var all = new List<KernelExpression>();
        expression.Visit(all.Add);
        return all;
    }

    /// <summary>Everything in the expressions of one statement, those of statements inside it not included.</summary>
    public static IReadOnlyList<KernelExpression> AllExpressions(this KernelStatement statement)
    {
        var all = new List<KernelExpression>();
        foreach (KernelExpression expression in statement.Expressions()) expression.Visit(all.Add);
        return all;
    }

    /// <summary>Calls <paramref name="visit"/> for the expression, then for everything inside it.</summary>
    public static void Visit(this KernelExpression expression, Action<KernelExpression> visit)
    {
        visit(expression);
        if (expression is LocalValue) return;
        if (expression is Operation operation)
        {
            foreach (KernelExpression operand in operation.Operands) operand.Visit(visit);
        }
        else
        {
            foreach (KernelExpression child in expression.Children()) child.Visit(visit);
        }
    }

    /// <summary>Whether two offsets are the same.</summary>
    public static bool IsSame(KernelExpression a, KernelExpression b) => a is Operation x && b is Operation y
        ? ReferenceEquals(x.Op, y.Op) && x.Operands.Length == y.Operands.Length && x.Operands.Zip(y.Operands, IsSame).All(same => same)
        : a is IntegerForm or LocalValue && a.Equals(b);

    /// <summary>Whether two places are one, in memory that does not change meanwhile; of accesses with offsets for each lane that cannot be told.</summary>
    public static bool IsSame(Place a, Place b) => a.Buffer.Equals(b.Buffer) && a.LaneOffset is null && b.LaneOffset is null && IsSame(a.Offset, b.Offset);

    /// <summary>Whether an expression depends on the position along an axis by itself, not by a local.</summary>
    public static bool SpeaksOf(this KernelExpression expression, Axis axis) => expression.Everything().Any(e =>
        e is IntegerForm form && form.Form.CoefficientOf(Symbol.PositionOf(axis)) != 0 || e is LanePositions lanes && lanes.First.CoefficientOf(Symbol.PositionOf(axis)) != 0);

    /// <summary>The expression with each local replaced as <paramref name="replace"/> says; null keeps it.</summary>
    public static KernelExpression Replace(this KernelExpression expression, Func<KernelLocal, KernelExpression?> replace) =>
        expression.Rebuild(e => e is LocalValue local ? replace(local.Local) : null);

    /// <summary>The expression with whatever <paramref name="replace"/> gives another for, outermost first; null looks inside.</summary>
    public static KernelExpression Rebuild(this KernelExpression expression, Func<KernelExpression, KernelExpression?> replace) => replace(expression) ?? expression switch
    {
        Operation operation => operation.Operands.Rebuild(replace) is var operands && operands == operation.Operands ? operation : operation with { Operands = operands },
        Splat splat => splat with { Scalar = splat.Scalar.Rebuild(replace) },
        Convert convert => convert with { Value = convert.Value.Rebuild(replace) },
        LaneReduction reduction => reduction with { Lanes = reduction.Lanes.Rebuild(replace) },
        TailSelection tail => tail with { Value = tail.Value.Rebuild(replace) },
        Read read => read with { Place = read.Place.Rebuild(replace) },
        ShortTable table => new ShortTable(new Read(table.First.Place.Rebuild(replace))),
        _ => expression,
    };

    // The same array where nothing is replaced.
    private static ImmutableArray<KernelExpression> Rebuild(this ImmutableArray<KernelExpression> expressions, Func<KernelExpression, KernelExpression?> replace)
    {
        ImmutableArray<KernelExpression>.Builder? rebuilt = null;
        for (int i = 0; i < expressions.Length; i++)
        {
            KernelExpression expression = expressions[i].Rebuild(replace);
            if (ReferenceEquals(expression, expressions[i])) continue;
            rebuilt ??= expressions.ToBuilder();
            rebuilt[i] = expression;
        }

        return rebuilt?.MoveToImmutable() ?? expressions;
    }

    /// <summary>The statement with the locals in its own expressions replaced.</summary>
    public static KernelStatement Replace(this KernelStatement statement, Func<KernelLocal, KernelExpression?> replace) =>
        statement.Rebuild(e => e is LocalValue local ? replace(local.Local) : null);

    /// <summary>The statement with its own expressions rebuilt.</summary>
    public static KernelStatement Rebuild(this KernelStatement statement, Func<KernelExpression, KernelExpression?> replace) => statement switch
    {
        Declare declare => declare with { Value = declare.Value.Rebuild(replace) },
        Assign assign => assign with { Value = assign.Value.Rebuild(replace) },
        DeclareRow row => row with { First = row.First.Rebuild(replace) },
        Write write => write with { Place = write.Place.Rebuild(replace), Value = write.Value.Rebuild(replace) },
        Leave leave => new Leave(leave.Unusual.Rebuild(replace)),
        ScatterAdd scatter => scatter with { Place = scatter.Place.Rebuild(replace), Value = scatter.Value.Rebuild(replace) },
        _ => statement,
    };

    /// <summary>The statement with the locals in it and in all that stands inside it replaced.</summary>
    public static KernelStatement ReplaceInside(this KernelStatement statement, Func<KernelLocal, KernelExpression?> replace)
    {
        ImmutableArray<KernelStatement> All(ImmutableArray<KernelStatement> block) => block.Select(s => s.ReplaceInside(replace)).ToImmutableArray();
        return statement switch
        {
            ScalarLoop loop => loop with { Body = All(loop.Body) },
            VectorLoop loop => loop with
            {
                Prologue = All(loop.Prologue),
                BlockPrologue = All(loop.BlockPrologue),
                Body = All(loop.Body),
                Tail = All(loop.Tail),
                BlockEpilogue = All(loop.BlockEpilogue),
            },
            JammedLoop loop => loop with { Jammed = All(loop.Jammed), Single = All(loop.Single) },
            BlockLoop loop => loop with { Body = All(loop.Body) },
            _ => statement.Replace(replace),
        };
    }

    /// <summary>The place with the expressions in it rebuilt.</summary>
    public static Place Rebuild(this Place place, Func<KernelExpression, KernelExpression?> replace) => place with
    {
        Offset = place.Offset.Rebuild(replace),
        LaneOffset = place.LaneOffset?.Rebuild(replace),
        Tests = place.Tests.Select(t => t with { Index = t.Index.Rebuild(replace) }).ToImmutableArray(),
        Table = place.Table?.Rebuild(replace),
    };
}
