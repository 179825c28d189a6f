namespace LossGen.Runtime;

/// <summary>
/// Which of two ways to do the same has lately been faster. The other is forgotten bit by bit, so that it gets another chance, whose cost is spread over
/// hundreds of calls.
/// </summary>
internal struct TimedChoice
{
    // Both ways in turn; the first of each counts for nothing, as code is compiled and memory taken there.
    private const int Trials = 8;
    private const int Discarded = 2;

    private const float Forgetting = 1f / 512;

    // A way that is taken again and again gets a mean, its times clipped, since any call may be interrupted. One that is tried again is judged at once.
    private const float Smoothing = 1f / 8;
    private const float ClippedAt = 2;
    private const float ClippedWhenTriedAt = 32;

    private float manyTime;
    private float oneTime;
    private int calls;
    private bool tookMany;

    /// <summary>Whether many threads shall be taken for the next call, rather than one.</summary>
    internal readonly bool TakesMany => calls < Trials ? calls % 2 == 0 : manyTime < oneTime;

    /// <summary>Takes the time of a call into account.</summary>
    /// <param name="many">Which of the two ways it went.</param>
    /// <param name="time">Time for a unit of work, in any unit of time.</param>
    internal void Record(bool many, float time)
    {
        ref float taken = ref many ? ref manyTime : ref oneTime;
        ref float other = ref many ? ref oneTime : ref manyTime;
        if (calls < Trials)
        {
            if (calls >= Discarded && (taken == 0 || time < taken))
                taken = time;
            calls++;
            return;
        }

        // Far less than ever before: the code was compiled anew, and the other way may be so much faster, too.
        if (time < taken / 2)
        {
            other *= time / taken;
            taken = time;
            return;
        }

        bool isTried = many != tookMany;
        tookMany = many;
        taken = isTried ? Math.Min(time, ClippedWhenTriedAt * taken) : taken + ((Math.Min(time, ClippedAt * taken) - taken) * Smoothing);
        other -= other * Forgetting;
    }
}
