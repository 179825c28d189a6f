namespace LossGen.Runtime.Tests;

public sealed partial class ScatterTests
{
    private static double[] Expected(long[] index, bool[] mask, double[] terms, int count)
    {
        var sums = new double[Elements];
        for (int i = 0; i < count; i++)
        {
            if (mask[i]) sums[index[i]] += terms[i];
        }

        return sums;
    }
}
