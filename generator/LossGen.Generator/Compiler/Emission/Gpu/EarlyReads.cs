using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Values come before the loops that they need nothing of, as a row's label before all of them, and its logit before the one that writes: what is
/// read from memory is under way while lanes work, and they do not wait for it between loops and at the end.
/// Needs: the body of an item. Gives: the same statements in another order.
/// </summary>
internal static class EarlyReads
{
    /// <param name="body">The body of an item.</param>
    /// <param name="print">Gives equal texts to equal offsets.</param>
    public static ImmutableArray<KernelStatement> Move(ImmutableArray<KernelStatement> body, Func<KernelExpression, string> print)
    {
        KernelEffects all = KernelEffects.Of(body);
        HashSet<KernelLocal> wanted = Wanted(body);
        var parts = new List<(ImmutableArray<KernelStatement> Statements, bool IsLoop)>();
        for (int at = 0; at < body.Length; at++)
        {
            // A largest term and its sum of exponentials are one loop.
            int last = OnlineSum.Match(body, at, print)?.Last ?? at;
            ImmutableArray<KernelStatement> part = body.Slice(at, last - at + 1);
            bool isLoop = last > at || body[at] is ScalarLoop { IsParallel: true };
            if (body[at] is Declare declare && !isLoop && wanted.Contains(declare.Local) && !all.Assigned.Contains(declare.Local) && ReadsOnlyInputs(declare.Value, all)) parts.Insert(Earliest(parts, declare.Value), (part, false));
            else parts.Add((part, isLoop));
            at = last;
        }

        return parts.SelectMany(p => p.Statements).ToImmutableArray();
    }

    /// <summary>Values that are read, and what those need.</summary>
    private static HashSet<KernelLocal> Wanted(ImmutableArray<KernelStatement> body)
    {
        var wanted = new HashSet<KernelLocal>();
        foreach (Declare declare in body.OfType<Declare>().Reverse())
        {
            if (!wanted.Contains(declare.Local) && !declare.Value.Everything().Any(e => e is Read)) continue;
            wanted.Add(declare.Local);
            wanted.UnionWith(Locals(declare.Value));
        }

        return wanted;
    }

    private static IEnumerable<KernelLocal> Locals(KernelExpression value) => value.Everything().OfType<LocalValue>().Select(l => l.Local);

    private static bool ReadsOnlyInputs(KernelExpression value, KernelEffects all) => value.Everything().OfType<Read>().All(r => !all.Written.Contains(r.Place.Buffer));

    /// <summary>Before the first loop behind all that a value needs; at the end where there is none.</summary>
    private static int Earliest(List<(ImmutableArray<KernelStatement> Statements, bool IsLoop)> parts, KernelExpression value)
    {
        HashSet<KernelLocal> needed = new(Locals(value));
        int defined = parts.FindLastIndex(p => KernelEffects.Of(p.Statements) is var effects && (effects.Declared.Overlaps(needed) || effects.Assigned.Overlaps(needed)));
        int loop = parts.FindIndex(defined + 1, p => p.IsLoop);
        if (loop < 0) return parts.Count;

        // What is said about the loop stays with it.
        while (loop > defined + 1 && parts[loop - 1].Statements.All(s => s is Comment)) loop--;
        return loop;
    }
}
