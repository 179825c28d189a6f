using System.Globalization;
using LossGen.Compiler.Model;
using LossGen.Oracle;

namespace LossGen.Cases;

/// <summary>Arguments for a case, the same on every run.</summary>
internal static class CaseInputs
{
    public static Inputs Create(LossCase loss, ElementType real, string shape)
    {
        Dictionary<string, int> sizes = loss.Sizes(shape);
        Random random = new(Seed(loss.Name + shape));
        // All sizes: the formula as written may need some alone that compiled code only needs as a product.
        Inputs inputs = sizes.Aggregate(new Inputs(), (with, axis) => with.WithSize(axis.Key, axis.Value));
        foreach (CaseParameter parameter in loss.Parameters.Where(p => p.IsTensor || p.IsScalar))
        {
            if (parameter.IsTensor)
            {
                int length = loss.LengthOf(parameter, sizes);
                inputs = parameter.IsReal
                    ? inputs.With(parameter.Name, Reals(parameter, real, random, length))
                    : inputs.WithIntegers(parameter.Name, Integers(parameter, sizes, random, length));
            }
            else if (parameter.IsReal)
            {
                inputs = inputs.WithScalar(parameter.Name, Round(parameter, real, parameter.Value!.Value));
            }
            else
            {
                inputs = inputs.WithInteger(parameter.Name, loss.GivesSize(parameter) ? sizes[parameter.Name] : (long)parameter.Value!.Value);
            }
        }

        return inputs;
    }

    /// <summary>What remains of a value in the parameter's element type.</summary>
    public static double Round(CaseParameter parameter, ElementType real, double value) => parameter.CSharpType(real) switch
    {
        "float" => (float)value,
        "Half" => (double)(Half)value,
        _ => value,
    };

    public static int Seed(string text)
    {
        uint hash = 2166136261;
        foreach (char character in text) hash = (hash ^ character) * 16777619;
        return (int)(hash & int.MaxValue);
    }

    private static double[] Reals(CaseParameter parameter, ElementType real, Random random, int length)
    {
        double low = parameter.Low.Length == 0 ? -3 : double.Parse(parameter.Low, CultureInfo.InvariantCulture);
        double high = parameter.High.Length == 0 ? 3 : double.Parse(parameter.High, CultureInfo.InvariantCulture);
        var values = new double[length];
        foreach (ref double value in values.AsSpan())
            value = parameter.IsWhole ? random.Next((int)low, (int)high + 1) : Round(parameter, real, low + ((high - low) * random.NextDouble()));
        return values;
    }

    private static long[] Integers(CaseParameter parameter, Dictionary<string, int> sizes, Random random, int length)
    {
        int low = parameter.Low.Length == 0 ? 0 : int.Parse(parameter.Low, CultureInfo.InvariantCulture);
        // An axis' name stands for its last position.
        int high = parameter.High.Length == 0 ? 1 : sizes.TryGetValue(parameter.High, out int size) ? size - 1 : int.Parse(parameter.High, CultureInfo.InvariantCulture);
        var values = new long[length];
        foreach (ref long value in values.AsSpan()) value = random.Next(low, Math.Max(low, high) + 1);
        return values;
    }
}
