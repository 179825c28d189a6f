namespace LossGen.Runtime;

// One entry for each eighth of the range of mantissas.
public static partial class VectorMath
{
    private const float Log2ELow = 1.925963033500011e-08f; // 1 / ln 2 - Log2E

    // Near the middles' reciprocals, with so few bits that a mantissa's product less 1 is a float.
    private static ReadOnlySpan<float> PowerReciprocals => [1.5f, 1.375f, 1.25f, 1.125f, 1.0625f, 1f, 0.90625f, 0.8125f];

    // Their logarithms to base 2, negated, in steps of 2^-16, so that whole numbers can be added exactly; and what is missing.
    private static ReadOnlySpan<float> PowerLogs =>
    [
        -0.5849609375f, -0.4594268798828125f, -0.321929931640625f, -0.169921875f, -0.08746337890625f, 0f, 0.1420135498046875f, 0.299560546875f,
    ];

    private static ReadOnlySpan<float> PowerLogsLow =>
    [
        -1.5632211898264359e-06f, -4.7387543418153655e-06f, 1.8367533130003721e-06f, -3.1264423796528718e-06f, 5.376559215619636e-07f, 0f,
        5.455067821458215e-06f, -2.650160979555949e-07f,
    ];
}
