using System.Collections.Immutable;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Scheduling;

/// <summary>Chooses for each root loop the axis along which lanes run: the one along which most of memory is contiguous.</summary>
internal static class VectorAxisChoice
{
    public static ImmutableDictionary<Loop, Axis> Choose(StatementGraph graph, ImmutableArray<LoopItem> items, IReadOnlyList<Axis> axes)
    {
        var facts = graph.Statements.ToDictionary(s => s.Statement);
        var chosen = ImmutableDictionary.CreateBuilder<Loop, Axis>();
        foreach (Loop root in items.OfType<Loop>()) chosen[root] = Choose(root, root.Statements.Select(s => facts[s]).ToList(), axes);
        return chosen.ToImmutable();
    }

    private static Axis Choose(Loop root, List<StatementFacts> statements, IReadOnlyList<Axis> axes)
    {
        AxisSet loops = AxisSet.Empty;
        var scores = new AccessScore(axes);
        foreach (StatementFacts statement in statements)
        {
            loops |= statement.Domain;
            if (statement.Statement.Kind == StatementKind.Store) scores.AddArray(statement.Statement.Output!.Axes);
            foreach (StatementLink link in statement.Links) scores.AddArray(link.Source.Statement.StorageAxes);
        }

        foreach (Node load in statements.SelectMany(s => s.Loads).Distinct()) scores.AddLoad(load);

        return scores.Best(loops, includeConstantSizes: false)
            ?? axes.LastOrDefault(a => loops.Contains(a) && !a.IsConstantSize)
            ?? axes.LastOrDefault(loops.Contains)
            ?? root.Axis;
    }
}
