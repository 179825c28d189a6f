using System.Collections.Immutable;
using LossGen.Compiler.Emission.Kernels;
using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>
/// Elements that the lanes of an item read in more than one of their loops along an axis: a lane has the same ones in each, so it keeps them
/// from the first loop on, in registers, then in its part of the group's memory, as far as these go.
/// Needs: the body of an item. Gives: the loops, the arrays that they share, and the vectors that all of these loops take.
/// </summary>
/// <param name="Axis">The axis of the loops.</param>
/// <param name="Width">Positions of a vector.</param>
/// <param name="Loops">The loops in the order in which they run; of a largest term and its sum of exponentials, the second one.</param>
/// <param name="Arrays">The arrays that at least two of the loops read, and nothing writes.</param>
/// <param name="Firsts">The number of the loop that reads each of the arrays first.</param>
internal sealed record KeptRows(Axis Axis, int Width, ImmutableArray<ScalarLoop> Loops, ImmutableArray<VectorArray> Arrays, ImmutableArray<int> Firsts)
{
    // What a lane would keep of more arrays is few positions of each.
    private const int MostBytes = 64;

    /// <summary>Bytes of a vector of each of the arrays.</summary>
    public int Bytes => Arrays.Sum(BytesOf);

    /// <summary>Where the vectors of an array start, behind those of the ones before it.</summary>
    public int BytesBefore(VectorArray array) => Arrays.TakeWhile(a => !ReferenceEquals(a, array)).Sum(BytesOf);

    /// <param name="body">The body of an item.</param>
    /// <param name="print">Gives equal texts to equal offsets.</param>
    /// <returns>What is kept; null where no loop reads again.</returns>
    public static KeptRows? Of(ImmutableArray<KernelStatement> body, Func<KernelExpression, string> print)
    {
        (ScalarLoop Loop, VectorStep Step)[] all = Steps(body, print).ToArray();
        HashSet<KernelBuffer> written = KernelEffects.Of(body).Written;
        foreach (IGrouping<Axis, (ScalarLoop Loop, VectorStep Step)> loops in all.GroupBy(l => l.Loop.Axis))
        {
            VectorArray[] again = loops.SelectMany(l => l.Step.Arrays.Where(a => a.IsRead && !written.Contains(a.Place.Buffer)))
                .GroupBy(a => (a.Place.Buffer, print(a.Place.Offset))).Where(g => g.Count() > 1).Select(g => g.First()).ToArray();
            if (again.Length == 0) continue;
            bool Reads(VectorStep step, VectorArray array) => step.Arrays.Any(a => IsSame(a, array, print));
            (ScalarLoop Loop, VectorStep Step)[] readers = loops.Where(l => again.Any(k => Reads(l.Step, k))).ToArray();
            var kept = new KeptRows(
                loops.Key, readers.Min(l => l.Step.Width), readers.Select(l => l.Loop).ToImmutableArray(), again.ToImmutableArray(),
                again.Select(k => Array.FindIndex(readers, l => Reads(l.Step, k))).ToImmutableArray());
            return kept.Bytes <= MostBytes ? kept : null;
        }

        return null;
    }

    /// <summary>Whether two arrays are the same elements of the same one.</summary>
    public static bool IsSame(VectorArray a, VectorArray b, Func<KernelExpression, string> print) =>
        a.Place.Buffer.Equals(b.Place.Buffer) && print(a.Place.Offset) == print(b.Place.Offset);

    private int BytesOf(VectorArray array) => Width * VectorStep.BytesOf(array.Place.Buffer.Element);

    private static IEnumerable<(ScalarLoop Loop, VectorStep Step)> Steps(ImmutableArray<KernelStatement> body, Func<KernelExpression, string> print)
    {
        for (int at = 0; at < body.Length; at++)
        {
            ImmutableArray<KernelStatement> content;
            if (OnlineSum.Match(body, at, print) is { } online)
            {
                content = online.PeakLoop.Body.AddRange(online.SumLoop.Body);
                at = online.Last;
            }
            else if (body[at] is ScalarLoop { IsParallel: true } single)
            {
                content = single.Body;
            }
            else
            {
                continue;
            }

            var loop = (ScalarLoop)body[at];
            if (VectorStep.Of(loop, content, print) is { } step) yield return (loop, step);
        }
    }
}
