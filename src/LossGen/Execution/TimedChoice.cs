namespace LossGen.Runtime;

/// <summary>
/// Which of two ways to do the same has lately been faster: one thread or many. The other is tried again ever more rarely, a few calls on end,
/// since threads that have just been woken are still awake for the next call.
/// </summary>
internal struct TimedChoice
{
    private const int TrialCalls = 4;
    private const int ShortestPeriod = 32;
    private const int LongestPeriod = 4096;

    // Any call may be interrupted: a mean takes no time for more than twice itself.
    private const float Smoothing = 1f / 8;
    private const float ClippedAt = 2;

    private float manyTime;
    private float oneTime;
    private int period;
    private int untilTrial;
    private int trialLeft;
    private float trialSum;
    private float trialLeast;
    private float trialMost;

    /// <summary>Whether many threads shall be taken for the next call, rather than one.</summary>
    internal bool TakesMany { get; private set; }

    /// <summary>Takes the time of a call into account that went the way of <see cref="TakesMany"/>.</summary>
    /// <param name="time">Time for a unit of work, in any unit of time.</param>
    internal void Record(float time)
    {
        ref float taken = ref TakesMany ? ref manyTime : ref oneTime;
        float other = TakesMany ? oneTime : manyTime;
        if (trialLeft > 0)
        {
            Try(time);
            if (trialLeft > 0)
                return;
            // The median of three. Callers at once may have lost some of them.
            taken = Math.Min(Math.Max(trialSum - trialLeast - trialMost, trialLeast), trialMost);
            bool isWon = taken < other;
            period = isWon ? Math.Max(period / 4, ShortestPeriod) : Math.Min(period * 2, LongestPeriod);
            untilTrial = period;
            TakesMany ^= !isWon;
            return;
        }

        taken = taken == 0 ? time : taken + ((Math.Min(time, ClippedAt * taken) - taken) * Smoothing);
        if (--untilTrial <= 0 || taken > other)
            BeginTrial();
    }

    private void BeginTrial()
    {
        period = Math.Max(period, ShortestPeriod);
        TakesMany = !TakesMany;
        trialLeft = TrialCalls;
        (trialSum, trialLeast, trialMost) = (0, float.MaxValue, 0);
    }

    // The first call of a trial wakes threads, or is the first at all.
    private void Try(float time)
    {
        if (trialLeft-- == TrialCalls)
            return;
        trialSum += time;
        trialLeast = Math.Min(trialLeast, time);
        trialMost = Math.Max(trialMost, time);
    }
}
