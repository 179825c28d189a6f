using LossGen.Compiler.Ir;

namespace LossGen.Compiler.Emission.Gpu;

/// <summary>How the vectors of a step, their first positions and their arrays are called in the text of a loop.</summary>
/// <param name="axis">The axis of the loop.</param>
/// <param name="step">Its step.</param>
/// <param name="vector">Which vector it is: of several, the one that is <c>ahead</c>.</param>
/// <param name="expressions">Prints expressions.</param>
/// <param name="exists">Whether it is one; empty where that is known.</param>
internal sealed class VectorText(Axis axis, VectorStep step, string vector, CExpressionPrinter expressions, string exists = "")
{
    public VectorStep Step => step;

    /// <summary>The name of the position along the axis.</summary>
    public string AxisPosition => expressions.Position(axis);

    /// <summary>Which vector it is.</summary>
    public string Vector => vector;

    public string Width => CLiteral.Of(step.Width);

    public string Ahead => CLiteral.Of(step.Ahead);

    /// <summary>How many whole vectors there are.</summary>
    public string Count => $"{expressions.Print(axis.Size)} / {Width}";

    /// <summary>The condition under which it is one; empty where it always is.</summary>
    public string Exists => exists.Length == 0 ? "" : $"if ({exists})";

    /// <summary>Its first position. The turns of what lanes keep are counted in int, vectors in memory in 64 bits.</summary>
    public string Start => vector == "vector" ? $"{Width} * vector" : $"{Width} * {(vector.StartsWith("vector", StringComparison.Ordinal) ? "" : "(lg_i64)")}({vector})";

    /// <summary>The declaration of its first position.</summary>
    public string Position => $"const lg_i64 {AxisPosition} = {Start};";

    /// <summary>The elements of an array.</summary>
    public string Near(VectorArray array) => $"{Name(array)}[{(step.Ahead > 1 ? "ahead" : "0")}]";

    /// <summary>Declares the elements of an array, of all vectors that a thread has at a time.</summary>
    public string Declaration(VectorArray array) => $"LG_VECTORS({CTypes.Element(array.Place.Buffer.Element)}, {Name(array)}, {Ahead}, {Width});";

    /// <summary>Moves elements from or to memory, by a macro.</summary>
    public string Move(string macro, string held, VectorArray array, string more = "")
    {
        expressions.Buffers.Add(array.Place.Buffer);
        return $"{macro}({Width}, {held}, {expressions.Name(array.Place.Buffer.Name)} + {expressions.Print(array.Place.Offset)}, {(array.Rows is null ? "0" : "aligned")}{more});";
    }

    /// <summary>What the elements of an array are called.</summary>
    public string Name(VectorArray array)
    {
        int at = step.Arrays.IndexOf(array);
        return expressions.Name($"{array.Place.Buffer.Name}_near{(step.Arrays.Take(at).Any(b => b.Place.Buffer.Equals(array.Place.Buffer)) ? $"{at}" : "")}");
    }
}
