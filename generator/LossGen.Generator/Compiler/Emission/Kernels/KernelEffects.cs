using System.Collections.Immutable;

namespace LossGen.Compiler.Emission.Kernels;

/// <summary>What a run of statements, with all that stands inside them, does to locals and arrays.</summary>
/// <param name="Declared">Locals that it declares at its own level.</param>
/// <param name="Assigned">Locals that it gives another value, also those that it declares at its own level.</param>
/// <param name="Used">Locals whose values it takes.</param>
/// <param name="Touched">Arrays that it reads or writes.</param>
/// <param name="Written">Arrays that it writes.</param>
internal sealed record KernelEffects(
    HashSet<KernelLocal> Declared, HashSet<KernelLocal> Assigned, HashSet<KernelLocal> Used, HashSet<KernelBuffer> Touched, HashSet<KernelBuffer> Written)
{
    public static KernelEffects Of(ImmutableArray<KernelStatement> statements)
    {
        var effects = new KernelEffects(new(), new(), new(), new(), new());
        effects.Declared.UnionWith(statements.OfType<Declare>().Select(d => d.Local));
        effects.Take(statements);
        return effects;
    }

    private void Take(ImmutableArray<KernelStatement> statements)
    {
        foreach (KernelStatement statement in statements)
        {
            foreach (KernelExpression expression in statement.Expressions().SelectMany(KernelExpressionTree.Everything))
            {
                if (expression is LocalValue { Local: var local }) Used.Add(local);
                if (expression is Read read) Touched.Add(read.Place.Buffer);
            }

            if (statement is Assign assign) Assigned.Add(assign.Local);
            if (statement is Write { Place.Buffer: var written }) Written.Add(written);
            if (statement is ScatterAdd { Place.Buffer: var scattered }) Written.Add(scattered);
            if (statement is Interleave { Copy.To.Buffer: var copied }) Written.Add(copied);
            if (statement is TurnRows turn) (turn.IsBack ? Written : Touched).Add(turn.Rows);
            if (statement is TurnRows { Panel: var panel } into) (into.IsBack ? Touched : Written).Add(panel);
            if (statement is Fill fill) Written.Add(fill.Buffer);
            if (statement is WritePartial { Array: { } array }) Touched.Add(array);
            foreach (ImmutableArray<KernelStatement> inner in statement.Blocks()) Take(inner);
        }

        Touched.UnionWith(Written);
    }
}
