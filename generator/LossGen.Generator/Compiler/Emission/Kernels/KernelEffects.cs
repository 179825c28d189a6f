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
        KernelEffects effects = Nothing();
        foreach (KernelStatement statement in statements) effects.Add(statement);
        return effects;
    }

    /// <summary>Those of no statement, to which some can be added.</summary>
    public static KernelEffects Nothing() => new(new(), new(), new(), new(), new());

    /// <summary>Whether all effects of a body may stand behind everything else in it.</summary>
    public static bool MayWait(ImmutableArray<KernelStatement> body)
    {
        if (!body.All(s => s is Comment or Declare or Assign or Write)) return false;
        KernelEffects later = Nothing();
        foreach (KernelStatement statement in body.Reverse())
        {
            if (!IsEffect(statement))
            {
                later.Add(statement);
                continue;
            }

            KernelEffects effect = Of(ImmutableArray.Create(statement));
            if (later.Touched.Overlaps(effect.Written) || later.Used.Overlaps(effect.Assigned)) return false;
        }

        return true;
    }

    /// <summary>Whether a statement changes more than a local of its own.</summary>
    public static bool IsEffect(KernelStatement statement) => statement is Assign or Write;

    /// <summary>One more statement, wherever it stands among the others.</summary>
    public void Add(KernelStatement statement)
    {
        if (statement is Declare declare) Declared.Add(declare.Local);
        Take(statement);
    }

    private void Take(KernelStatement statement)
    {
        foreach (KernelExpression expression in statement.Expressions()) expression.Visit(Take);
        if (statement is Assign assign) Assigned.Add(assign.Local);
        if (statement is Write { Place.Buffer: var written }) TakeWritten(written);
        if (statement is ScatterAdd { Place.Buffer: var scattered }) TakeWritten(scattered);
        if (statement is Interleave { Copy.To.Buffer: var copied }) TakeWritten(copied);
        if (statement is TurnRows { Rows: var rows, Panel: var panel, IsBack: var isBack })
        {
            TakeWritten(isBack ? rows : panel);
            Touched.Add(isBack ? panel : rows);
        }

        if (statement is RowSums sums)
        {
            foreach (ColumnCopy columns in sums.Copies) TakeWritten(columns.Panel);
            foreach (RowTile tile in sums.Tiles.Where(t => t.Copy is not null)) TakeWritten(tile.Copy!.To.Buffer);
            foreach (WideSums wide in sums.Wide)
            {
                TakeWritten(wide.Array);
                TakeWritten(wide.Sums.Buffer);
            }
        }

        if (statement is Fill fill) TakeWritten(fill.Buffer);
        if (statement is WritePartial { Array: { } array }) Touched.Add(array);
        foreach (ImmutableArray<KernelStatement> block in statement.Blocks())
            foreach (KernelStatement inner in block) Take(inner);
    }

    private void Take(KernelExpression expression)
    {
        if (expression is LocalValue { Local: var local }) Used.Add(local);
        if (expression is Read read) Touched.Add(read.Place.Buffer);
    }

    private void TakeWritten(KernelBuffer buffer)
    {
        Written.Add(buffer);
        Touched.Add(buffer);
    }
}
