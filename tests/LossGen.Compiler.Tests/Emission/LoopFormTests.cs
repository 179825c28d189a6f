using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;
using Xunit;
using static LossGen.Compiler.Tests.Emission.NestForms;

namespace LossGen.Compiler.Tests.Emission;

/// <summary>Which loops take several positions at once, overlap their rows, or are one with another, and what they branch for. That results stay what they are is the corpus' to say.</summary>
public class LoopFormTests
{
    [Theory]
    [InlineData("mean(sum[d](a * w)^2)", 3, 1, 3)]
    public void Rows_that_read_the_same_vectors_go_together(string formula, int copies, int fewest, int most)
    {
        JammedLoop loop = Assert.Single(Everything(formula).OfType<JammedLoop>());
        Assert.Equal(copies, loop.Copies);
        VectorLoop vectors = Assert.Single(Inside(loop.Jammed).OfType<VectorLoop>());
        int[] reads = [.. vectors.Body.SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything).OfType<Read>().GroupBy(r => r.Place.Buffer).Select(g => g.Count()).Order()];
        Assert.Equal([fewest, most], reads);
        Assert.Equal(copies, vectors.Accumulators.Length);
        Assert.Equal(vectors.Accumulators.Length, vectors.Accumulators.Select(a => a.Lanes.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("mean(sum[d](a * b)^2)", 4, 3, 1)] // with lanes along the sum, as where an operand cannot be turned
    [InlineData("mean(max[n](sum[d](a * b)))", 4, 3, 1)]
    [InlineData("mean(logsumexp[m](sum[d](a * b)))", 4, 3, 1)] // a pass over a row's products behind them
    [InlineData("mean(sum[d]((a - b)^2)^2)", 4, 2, 1)] // a register for the difference
    [InlineData("mean(sum[d](a * b) * sum[d](abs(a - b)))", 2, 2, 2)] // two sums, one pass
    public void Rows_of_two_loops_meet_in_tiles(string formula, int outer, int inner, int sums)
    {
        JammedLoop columns = Assert.Single(Everything(formula, isTurned: false).OfType<JammedLoop>(), loop => loop.Jammed.Any(s => s is JammedLoop));
        JammedLoop rows = Assert.Single(columns.Jammed.OfType<JammedLoop>());
        Assert.Equal((outer, inner), (rows.Copies, columns.Copies));
        VectorLoop vectors = Assert.Single(rows.Jammed.OfType<VectorLoop>());
        Assert.Equal((outer * inner * sums, 1), (vectors.Accumulators.Length, vectors.Unroll));
        Assert.Equal(outer + inner, rows.Jammed.OfType<DeclareRow>().Count());
        Assert.Equal(outer + inner, vectors.Body.SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything).OfType<Read>().Count(r => r.IsLanes));

        // Of one row and one row, the same terms in the same order.
        JammedLoop rest = Assert.Single(columns.Single.OfType<JammedLoop>());
        Assert.Equal((sums, 1), (Assert.Single(rest.Single.OfType<VectorLoop>()).Accumulators.Length, Assert.Single(rest.Single.OfType<VectorLoop>()).Unroll));
    }

    [Theory]
    [InlineData("mean(sum[n](a * g)^2)", 6, 1)]
    [InlineData("mean(sum[n](a * g)^2 + sum[n](c * g)^2)", 3, 2)] // twice the accumulators, and a scalar for each
    [InlineData("mean(sum[n](a * exp(g))^2)", 6, 1)] // the exponential is a scalar
    [InlineData("mean(sum[n]((a - b) * g)^2)", 6, 1)]
    public void Sums_of_rows_stay_in_registers(string formula, int rows, int scalars)
    {
        RowSums sums = Assert.Single(Everything(formula).OfType<RowSums>());
        Assert.Equal([rows, 1], sums.Tiles.Select(t => t.Rows));
        Assert.All(sums.Tiles, tile => Assert.Equal(tile.Rows * scalars, tile.Pack.OfType<Write>().Count()));
        Assert.All(sums.Tiles, tile => Assert.Equal(tile.Whole.After.Length, tile.Whole.Before.OfType<Declare>().Count(d => d.Value is Splat { Scalar: NumberLiteral { Value: 0 } })));
        Assert.All(sums.Tiles, tile => Assert.Equal(6 / rows * tile.Rows, tile.Whole.After.Length));
    }

    [Theory]
    [InlineData("mean(sum[n](g > 0 ? (a - b) * g : 0)^2)", 2, 1)] // the weight, and whether it counts
    [InlineData("mean(sum[n](g > 0 ? a - b : 0)^2)", 1, 1)]
    [InlineData("mean(sum[n](-((a - b) * g))^2)", 1, 0)] // a sign needs no second way
    public void Conditions_of_rows_are_weights(string formula, int scalars, int ways)
    {
        RowSums sums = Assert.Single(Everything(formula).OfType<RowSums>());
        Assert.All(sums.Tiles, tile => Assert.Equal(tile.Rows * scalars, tile.Pack.OfType<Write>().Count()));
        Assert.All(sums.Tiles, tile => Assert.Equal(ways, tile.Guarded is null ? 0 : 1));

        // A difference and a product that is added: the row's own side of the difference is read once for all positions.
        Assert.All(sums.Tiles, tile => Assert.DoesNotContain(tile.Whole.Step.SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything), e => e is Operation { Lanes: true } o && o.Op.Is(Ops.Select, Ops.Negate)));
        Assert.All(sums.Tiles, tile => Assert.Equal(tile.Rows, tile.Whole.Before.OfType<Declare>().Count(d => d.Value is Read { Place.Buffer.Kind: BufferKind.Tensor })));
        Assert.All(sums.Tiles.Where(t => t.Guarded is not null), tile => Assert.Equal(tile.Rows, tile.Guarded!.Whole.Step.OfType<Assign>().Count(a => a.Value is Operation select && select.Op.Is(Ops.Select))));
    }

    [Theory]
    [InlineData("mean(sum[n](a * g)^2)", true)]
    [InlineData("mean(sum[n](a * abs(g))^2)", false)] // computed
    public void What_rows_share_is_read_from_a_panel(string formula, bool isInMemory)
    {
        RowSums sums = Assert.Single(Everything(formula).OfType<RowSums>());
        Assert.Equal(2, sums.Columns.Length);
        Assert.Equal(isInMemory, !sums.Copies.IsEmpty);
        KernelBuffer panel = Assert.Single(sums.Columns[0].Step.OfType<Write>()).Place.Buffer;
        Assert.All(sums.Tiles.SelectMany(t => new[] { t.Whole, t.Tail }), body => Assert.Equal(
            panel, Assert.Single(body.Step.SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything).OfType<Read>(), r => r.IsLanes).Place.Buffer));
    }

    [Theory]
    [InlineData("mean((sum[m](b * g) - a)^2)", true)]
    [InlineData("mean((sum[m](b * abs(g)) - a)^2)", false)] // computed
    [InlineData("mean((sum[m](b * exp(g)) - a)^2)", true)] // kept
    [InlineData("mean(sum[n](a * g)^2)", false)] // neighbours are of other rows
    public void Scalars_of_rows_go_side_by_side(string formula, bool isCopied)
    {
        RowSums sums = Assert.Single(Everything(formula).OfType<RowSums>());
        Assert.All(sums.Tiles, tile => Assert.Equal(isCopied, tile.Copy is not null));
        Assert.Single(sums.Wide);
        Assert.InRange(sums.WideLength, 1024, 4096);
    }

    [Theory]
    [InlineData("mean(sum[d](a * c)^2)")] // nothing in common
    [InlineData("mean(sum[d](exp(a * w)))")] // loads matter little beside an exponential
    [InlineData("mean(scan[n](0 * sum[d](w), prev => sum[d](a * w) * prev)^2)")] // a step needs the one before
    public void Others_stay_alone(string formula) => Assert.Empty(Everything(formula).OfType<JammedLoop>());

    [Fact]
    public void Rows_that_are_passed_over_twice_overlap()
    {
        PipelinedLoop loop = Assert.Single(Everything("mean(logsumexp[d](a))").OfType<PipelinedLoop>());
        Assert.Single(loop.First.OfType<VectorLoop>());
        Assert.Single(loop.Last.OfType<VectorLoop>());
        Assert.Empty(loop.Middle.OfType<VectorLoop>());
    }

    [Theory]
    [InlineData("mean(sum[d](a^2)^2)")] // one pass
    [InlineData("mean(cumsum[n](logsumexp[d](a)))")] // a row needs the one before
    public void Others_pass_row_by_row(string formula) => Assert.Empty(Everything(formula).OfType<PipelinedLoop>());

    [Fact]
    public void Rows_that_are_walked_from_end_to_end_are_one_loop()
    {
        KernelStatement[] statements = Everything("mean[n](sum[d](exp(a) * c))");
        Assert.Empty(statements.OfType<ScalarLoop>());
        Assert.Equal("n_d", Assert.Single(statements.OfType<VectorLoop>()).Axis.Name);
    }

    [Theory]
    [InlineData("mean[n](sum[d](exp(a) * w))")] // a row of its own beside them
    [InlineData("mean[n](sum[d](exp(a))^2)")] // a sum for each row
    [InlineData("mean[n](sum[d](exp(a) * d))")] // a position in the row
    [InlineData("mean[n](sum[d](d > 0 ? exp(a) : c))")]
    public void Others_keep_their_rows(string formula) => Assert.Equal("d", Assert.Single(Everything(formula).OfType<VectorLoop>()).Axis.Name);

    [Theory]
    [InlineData("mean(size(d) > 3 ? exp(a) * c : a)", 1, 0)]
    [InlineData("mean(c + (size(d) > 3 ? a : log(a) + exp(-c)))", 0, 2)]
    [InlineData("mean(exp(c) * (size(d) > 3 ? exp(c) : exp(a)))", 1, 2)] // exp(c) is needed on both sides
    public void A_choice_that_a_whole_loop_makes_alike_is_made_before_it(string formula, int whenTrue, int whenFalse)
    {
        Alternatives sides = Assert.Single(Everything(formula).OfType<Alternatives>());
        static int Heavy(KernelStatement side) => Assert.IsType<VectorLoop>(side).Body.SelectMany(s => s.Expressions())
            .SelectMany(KernelExpressionTree.Everything).OfType<Operation>().Count(o => o.Op.IsHeavy);
        Assert.Equal(whenTrue, Heavy(Assert.Single(sides.WhenTrue)));
        Assert.Equal(whenFalse, Heavy(Assert.Single(sides.WhenFalse)));
    }

    [Fact]
    public void A_term_that_is_turned_off_leaves_no_sum_behind()
    {
        var off = (VectorLoop)Everything("mean(exp(a) + (size(d) > 3 ? log(c) : 0))").OfType<Alternatives>().Single().WhenFalse.Single();
        Assert.DoesNotContain(off.Body.SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything), e => e is NumberLiteral { Value: 0 });
    }

    [Fact]
    public void Of_many_choices_two_are_made_before_the_loop() =>
        Assert.Equal(3, Everything("mean((size(d) > 3 ? exp(a) : 0) + (size(d) > 4 ? log(a) : 0) + (size(d) > 5 ? exp(c) : 0))").OfType<Alternatives>().Count());

    [Theory]
    [InlineData("mean(size(d) > 3 ? a * c : a)")] // cheap
    [InlineData("mean(a > 0 ? exp(a) : c)")] // each lane chooses
    public void Others_compute_both_sides(string formula) => Assert.Empty(Everything(formula).OfType<Alternatives>());

    [Theory]
    [InlineData("mean(a > 1 ? a * log(a) : 0)", true)]
    [InlineData("mean((a > 1 ? a * log(a) : 0) + (a > 1 ? log(a)^2 * c : c))", true)]
    [InlineData("mean((a > 1 ? a * log(a) : 0) + log(a))", false)] // also needed elsewhere
    [InlineData("mean((a > 1 ? a * log(a) : 0) + (c > 1 ? c * log(a) : 0))", false)] // under another mask as well
    public void Lanes_that_a_mask_keeps_out_leave_no_loop(string formula, bool masked)
    {
        Leave leave = Assert.Single(Everything(formula).OfType<Leave>());
        Assert.Equal(masked, leave.Unusual is Operation and && and.Op.Is(Ops.And));
    }

    [Theory]
    [InlineData("x float[i]; y float[i]", "mean((x - y)^2)", 1)]
    [InlineData("x float[i]; y float[i]", "sum(abs(x * y)) + mean(x)^2", 1)] // after the mean, in a pass of its own
    [InlineData("x float[i]", "mean(exp(exp(x)) * log(x)^3 * tanh(log(1 + x)))", 0)] // busy with arithmetic
    [InlineData("x float[n, i]; y float[i]", "sum[n](sum[i](x * y)^2)", 0)] // row by row
    public void Outputs_that_wait_for_memory_may_go_around_the_caches(string parameters, string formula, int streamed) =>
        Assert.Equal(streamed, Everything(formula, parameters, withGradient: true).OfType<VectorLoop>().Sum(l => l.Streamed.Length));

    [Theory]
    [InlineData("a float[n, d]; c float[n, d]", "mean((a - c)^2)", 2, 0)]
    [InlineData("a float[n, d]; c float[n, d]", "mean(exp(a) * a - c)", 2, 0)]
    [InlineData("a float[i]", "centre = mean(a); mean((a - centre)^2)", 1, 1)] // each nest comes from memory anew
    [InlineData("a float[i]", "mean(abs(a[i: i + 1] - a))", 1, 0)] // of two neighbours one
    [InlineData("a float[i]; full bool", "mean(full ? exp(a) : abs(a))", 1, 1)] // by one loop or the other
    [InlineData("a float[n, d]", "mean(max[d](a))", 0, 0)] // rows
    public void What_comes_from_memory_is_announced_once(string parameters, string formula, int first, int second)
    {
        VectorLoop[] loops = [.. Everything(formula, parameters).OfType<VectorLoop>()];
        Assert.Equal(first, loops[0].Ahead.Length);
        Assert.Equal(second, loops.Skip(1).Sum(l => l.Ahead.Length));
    }

    [Theory]
    [InlineData("mean(logsumexp[d](a))", false, 1, 0)]
    [InlineData("mean(logsumexp[d](a))", true, 1, 1)]
    [InlineData("mean(max(0, sum[d]((a - c)^2) - sum[d](c^2) + 1))", true, 2, 1)]
    [InlineData("mean(softplus(sum[d](a * w)))", true, 1, 1)] // rows that would go together otherwise
    public void Short_rows_have_lanes_across_them(string formula, bool withGradient, int read, int written)
    {
        NestStep nest = Assert.Single(Nests(formula, withGradient: withGradient), n => n.ShortRows is not null);
        Assert.Equal("d", nest.ShortRows!.Row.Name);
        Assert.Contains(Inside(nest.Body), s => s is VectorLoop { Axis.Name: "d" });
        VectorLoop lanes = Assert.Single(nest.ShortRows.Body.OfType<VectorLoop>());
        Assert.Equal("n", lanes.Axis.Name);
        foreach (ImmutableArray<KernelStatement> block in (ImmutableArray<KernelStatement>[])[lanes.Body, lanes.Tail])
        {
            // Each array is turned once, before or behind everything else, and met in its panel only.
            Assert.Equal((read, written), (block.TakeWhile(s => s is TurnRows { IsBack: false }).Count(), block.Reverse().TakeWhile(s => s is TurnRows { IsBack: true }).Count()));
            Assert.DoesNotContain(Inside(block).SelectMany(s => s.Expressions()).SelectMany(KernelExpressionTree.Everything), e => e is Read { Place.Access: Access.Strided });
        }
    }

    [Fact]
    public void A_row_adds_up_its_terms_before_it_joins_the_others()
    {
        NestStep nest = Assert.Single(Nests("mean(log_softmax[d](a) * c)"), n => n.ShortRows is not null);
        VectorLoop lanes = Assert.Single(nest.ShortRows!.Body.OfType<VectorLoop>());
        KernelLocal[] shared = [.. lanes.Accumulators.Select(a => a.Lanes)];
        Assert.DoesNotContain(lanes.Body.OfType<ScalarLoop>().SelectMany(l => l.Body).OfType<Assign>(), a => shared.Contains(a.Local));
        Assert.Equal(shared, lanes.Body.OfType<Assign>().Select(a => a.Local));
    }

    [Theory]
    [InlineData("mean((a - c)^2)")] // no value of a row
    [InlineData("mean[n](sum[d](a * c))")] // one loop
    [InlineData("mean(max[m](sum[d](a * b)))")] // tiles
    [InlineData("mean(exp(cumsum[d](a)))")] // one position after the other
    public void Others_have_lanes_along_them_only(string formula) => Assert.All(Nests(formula), nest => Assert.Null(nest.ShortRows));

    [Theory]
    [InlineData("mean(softplus(a) - a * c)", true)]
    [InlineData("mean(exp(a))", true)] // leaves the loop for an exponent far from 0
    [InlineData("mean(log(a) * exp(c))", true)]
    [InlineData("mean((a - c)^2)", false)] // no function to wait for
    [InlineData("mean(exp(cumsum[d](a)))", false)] // one position after the other
    [InlineData("mean(tanh(a) * sigmoid(c) + erf(a - c))", true)]
    public void Functions_of_two_vectors_stand_side_by_side(string formula, bool interleaved)
    {
        VectorLoop[] loops = [.. Everything(formula).OfType<VectorLoop>().Where(l => l.Interleaved.Length > 0)];
        Assert.Equal(interleaved, loops.Length > 0);
        foreach (VectorLoop loop in loops)
        {
            // Values of one and the other in turn, with names of their own; then all effects of the first vector, then those of the second.
            KernelStatement[][] vectors = [.. loop.Interleaved.Where(s => s.Statement is not Leave).GroupBy(s => s.Vector, s => s.Statement).Select(g => g.ToArray())];
            Assert.Equal(2, vectors.Length);
            Assert.Equal(vectors[0].Select(s => s.GetType()), vectors[1].Select(s => s.GetType()));
            Assert.Empty(vectors[0].OfType<Declare>().Select(d => d.Local.Name).Intersect(vectors[1].OfType<Declare>().Select(d => d.Local.Name)));
            int[] effects = [.. loop.Interleaved.SkipWhile(s => !KernelEffects.IsEffect(s.Statement)).Select(s => s.Vector)];
            Assert.Equal(effects.Order(), effects);
            Assert.Equal(loop.Body.Count(KernelEffects.IsEffect) * 2, effects.Length);
            Assert.Equal(loop.Body.OfType<Leave>().Count(), loop.Interleaved.Count(s => s.Statement is Leave));
        }
    }

    [Theory]
    [InlineData("mean((1 - exp(-softplus(a)))^1.5 * c)", true)]
    [InlineData("s = softplus(a) + 0.001; mean((c / s)^2 + log(s))", true)]
    [InlineData("mean(softplus(a) - a * c)", false)] // little to wait for
    [InlineData("mean(tanh(a) * sigmoid(c) + erf(a - c))", false)] // none waits for another
    [InlineData("mean(exp(cumsum[d](log(1 + exp(sin(a))))))", false)] // one position after the other
    public void Functions_that_wait_for_each_other_stand_in_stages(string formula, bool staged)
    {
        VectorLoop[] loops = [.. Everything(formula).OfType<VectorLoop>().Where(l => l.Stages is not null)];
        Assert.Equal(staged, loops.Length > 0);
        foreach (VectorLoop loop in loops)
        {
            ImmutableArray<VectorStage> stages = loop.Stages!.Stages;
            Assert.InRange(stages.Length, 2, 8);
            for (int k = 0; k < stages.Length; k++)
            {
                // Each has what it takes from one before, at the place that it was put; effects and the way out are the last's.
                Assert.All(stages[k].Taken, t => Assert.Contains(t, stages.Take(k).SelectMany(s => s.Kept)));
                Assert.All(stages[k].Kept, t => Assert.Contains(stages[k].Body, s => s is Declare declare && declare.Local == t.Local));
                Assert.Equal(k == stages.Length - 1, stages[k].Body.Any(s => s is Leave || KernelEffects.IsEffect(s)));
            }

            Assert.All(stages.SelectMany(s => s.Kept), k => Assert.InRange(k.Place, 0, VectorStage.MostKept - 1));
            Assert.Equal(loop.Body.Count(KernelEffects.IsEffect), stages[^1].Body.Count(KernelEffects.IsEffect));
            KernelLocal[] functions = [.. stages.SelectMany(s => s.Body).OfType<Declare>().Where(d => LoopValues.IsFunction(d.Value)).Select(d => d.Local)];
            Assert.Equal(functions.Distinct(), functions);
        }
    }

    [Fact]
    public void Conditions_of_a_row_are_no_hindrance_for_its_sums() =>
        Assert.Equal(2, Everything("p = sum[d](a * c); mean(logaddexp(p, logsumexp[m](sum[d](a * b))) - p)", "a! float[n, d]; b float[m, d]; c float[n, d]; d int", withGradient: true).OfType<RowSums>().Count());

    private const string Triplets = "axis m = size(n); axis l = size(n); p = sum[d]((a - a[n: m])^2); q = sum[d]((a - a[n: l])^2); mean[n](sum[m](y == y[n: m] ? max(0, p - min[l](y == y[n: l] ? inf : q)) : 0))";

    [Fact]
    public void Tiles_of_two_sums_are_methods_where_one_would_be_too_long()
    {
        NestStep[] nests = Nests(Triplets, "a! float[n, d]; y int[n]; d int", withGradient: true);
        NestStep nest = Assert.Single(nests, n => Inside(n.Body).OfType<RowSums>().Count() == 2);
        Routine routine = Assert.Single(Inside(nest.Body).OfType<Call>()).Routine;
        RowSums sums = Assert.Single(routine.Body.OfType<RowSums>());
        Assert.Contains(routine.Arrays, a => a.Name == "a");
        Assert.Contains(sums.Block.To.Everything().OfType<IntegerForm>(), form => form.Form.Equals(sums.Block.Of.Size));
        Assert.DoesNotContain(routine.Given, local => local == sums.Block.End || local == sums.Vector || local == sums.TailCount);
        Assert.All(nests, n => Assert.InRange(new MethodSize(isDouble: false).Of(n.Body), 0, MethodSize.MostOfNest));
    }

    [Fact]
    public void Conditions_of_terms_are_numbers_that_are_computed_in_lanes()
    {
        RowSums[] all = [.. Everything(Triplets, "a! float[n, d]; y int[n]; d int", withGradient: true).OfType<RowSums>().Where(s => s.Tiles[0].Guarded is not null)];
        Assert.NotEmpty(all);
        Assert.All(all.SelectMany(s => s.Tiles).SelectMany(t => t.Pack).SelectMany(s => s.AllExpressions()), e => Assert.False(e is Operation operation && operation.Op.Is(Ops.Select)));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(9, true)]
    public void Loops_of_a_long_nest_are_methods(int passes, bool isLong)
    {
        string formula = "p0 = 0; " + string.Concat(Enumerable.Range(1, passes).Select(k => $"p{k} = mean[d](tanh(a * p{k - 1}) * softplus(c - p{k - 1})); ")) + $"mean(p{passes}^2)";
        NestStep nest = Assert.Single(Nests(formula, withGradient: true));
        Routine[] routines = [.. Inside(nest.Body).OfType<Call>().Select(c => c.Routine)];
        Assert.Equal(isLong, routines.Length > 0);
        if (!isLong) return;
        var size = new MethodSize(isDouble: false);
        Assert.InRange(size.Of(nest.Body), 0, MethodSize.MostOfNest);
        Assert.Equal(routines.Length, routines.Select(r => r.Name).Distinct().Count());
        Assert.All(routines, routine =>
        {
            Assert.InRange(size.Of(routine.Body), MethodSize.Least, MethodSize.Most);
            KernelStatement[] inside = [.. Inside(routine.Body)];
            KernelEffects effects = KernelEffects.Of(routine.Body);
            KernelLocal[] declared = [.. inside.OfType<Declare>().Select(d => d.Local)];
            Assert.Equal(Names(effects.Used.Except(effects.Assigned).Except(declared)), Names(routine.Given));
            Assert.Equal(Names(effects.Assigned.Except(declared)), Names(routine.Changed));
            Assert.NotEmpty(routine.Changed);
            Assert.Equal(["n"], routine.Positions.Select(p => p.Name));
        });

        static string[] Names(IEnumerable<KernelLocal> locals) => [.. locals.Select(l => l.Name).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData("mean((a > c ? a : 1) * (a > c ? c : exp(a)))", 0)]
    [InlineData("mean((a > c ? a : 1) * (a > c || a < 0 ? c : exp(a)))", 1)] // combined with another, it is a vector
    [InlineData("mean((a > c ? a : 1) * (a > c ? c : 2) * (a > c ? exp(a) : 3) * (a > c ? 4 : exp(c)) * (a > c ? 5 : a * c))", 1)] // of many choices
    public void Masks_stand_in_the_choices_that_take_them(string formula, int held)
    {
        VectorLoop loop = Assert.Single(Everything(formula).OfType<VectorLoop>());
        Assert.Equal(held, loop.Body.OfType<Declare>().Count(d => d.Local.Type == Ir.ValueType.Truth));
    }

    private static KernelStatement[] Everything(string formula, string parameters = Rows, bool withGradient = false, bool isTurned = true) =>
        [.. Inside([.. Nests(formula, parameters, withGradient, isTurned).SelectMany(n => n.Body)])];
}
