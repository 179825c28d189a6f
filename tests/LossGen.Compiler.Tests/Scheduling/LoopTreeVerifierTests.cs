using LossGen.Compiler.Ir;
using LossGen.Compiler.Scheduling;
using Xunit;

namespace LossGen.Compiler.Tests.Scheduling;

/// <summary>Each kind of damage is seen.</summary>
public class LoopTreeVerifierTests
{
    [Fact]
    public void AScheduleAsMade_IsValid() => Assert.Empty(LoopTreeVerifier.Violations(Tree()));

    [Fact]
    public void AStatementOutsideItsLoops()
    {
        LoopTree tree = Tree();
        var nest = (Loop)tree.Items[0];
        Statement peak = ((Loop)nest.Body[0]).Statements.Single();
        peak.Path = [nest];
        Assert.Contains("one loop for each axis", Violations(tree with { Items = tree.Items.SetItem(0, new Loop(nest.Axis, nest.Body.SetItem(0, peak))) }));
    }

    [Fact]
    public void AStatementElsewhereThanItSays()
    {
        LoopTree tree = Tree();
        var nest = (Loop)tree.Items[0];
        Assert.Contains("knows its loops", Violations(tree with { Items = tree.Items.SetItem(0, ((Loop)nest.Body[0]).Body[0]) }));
    }

    [Fact]
    public void AChangedOrder() => Assert.Contains("knows its position", Violations(tree => tree with { Items = [.. tree.Items.Reverse()] }));

    [Fact]
    public void AReaderBeforeItsValue()
    {
        LoopTree tree = Tree();
        LoopTree reversed = tree with { Items = [.. tree.Items.Reverse()] };
        int position = 0;
        foreach (Statement statement in reversed.Statements) statement.Position = position++;
        Assert.Contains("computed before it is read", Violations(reversed));
    }

    [Fact]
    public void AReaderInsideTheReductionsLoop()
    {
        LoopTree tree = Tree();
        Statement sum = tree.Statements.First(s => s.Kind == StatementKind.Reduce && s.Consumers.Length > 0 && s.Path.Length == 2);
        sum.AccumulatorDepth = 0;
        Assert.Contains("complete where it is read", Violations(tree));
    }

    [Fact]
    public void AValueInABlockThatItsReaderIsNotIn()
    {
        LoopTree tree = Tree();
        Statement kept = tree.Statements.Single(s => s.Kind == StatementKind.Materialize);
        kept.StorageDepth = 2;
        Assert.Contains("lives where its readers are", Violations(tree));
    }

    [Fact]
    public void AnArrayWithoutOneOfItsAxes()
    {
        LoopTree tree = Tree();
        tree.Statements.Single(s => s.Kind == StatementKind.Materialize).StorageAxes = [];
        Assert.Contains("keeps every free axis", Violations(tree));
    }

    [Fact]
    public void ASharedBufferThatIsReadAfterItsStore()
    {
        LoopTree tree = Tree();
        Statement kept = tree.Statements.Single(s => s.Kind == StatementKind.Materialize), last = tree.Statements.Last();
        kept.Consumers = kept.Consumers.Add(last);
        Assert.Contains("shares a buffer only until", Violations(tree));
    }

    [Fact]
    public void AFormulaThatReadsMoreThanItSays()
    {
        LoopTree tree = Tree();
        tree.Statements.Last().Dependencies = [];
        Assert.Contains("reads what its formula needs", Violations(tree));
    }

    [Fact]
    public void AStoredValueWithoutItsOtherPositions()
    {
        var formula = new LoweredFormula();
        Axis n = formula.Axis("n"), t = formula.Axis("t");
        Node total = formula.Sum(formula.Real("x", n, t, formula.Axis("c")), formula.Graph.Axes[2]);
        Node next = formula.Graph.At(total, new Dictionary<Axis, Node> { [t] = formula.Graph.Affine(AffineForm.Of(Symbol.PositionOf(t)) + AffineForm.One) });
        LoopTree tree = formula.Output("y", formula.Graph.Add(total, next), n, t).ToScheduled().Schedule();
        Assert.Empty(LoopTreeVerifier.Violations(tree));
        tree.Statements.Single(s => s.Kind == StatementKind.Reduce).StorageDepth = 2;
        Assert.Contains("keeps every position", Violations(tree));
    }

    [Fact]
    public void AMissingOutput() =>
        Assert.Contains("loss is not written exactly once", Violations(tree => tree with { Items = tree.Items.RemoveAt(tree.Items.Length - 1) }));

    [Fact]
    public void Verify_Throws() => Assert.Throws<InvalidOperationException>(() =>
    {
        LoopTree tree = Tree();
        LoopTreeVerifier.Verify(tree with { Items = [.. tree.Items.Reverse()] });
    });

    private static LoopTree Tree() => NamedLosses.Get("ce").Schedule();

    private static string Violations(LoopTree tree) => string.Join("\n", LoopTreeVerifier.Violations(tree));

    private static string Violations(Func<LoopTree, LoopTree> damage) => Violations(damage(Tree()));
}
