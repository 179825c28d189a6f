using System.Collections.Immutable;
using LossGen.Compiler.Model;

namespace LossGen.Compiler.Ir;

/// <summary>A tensor the kernels read.</summary>
internal sealed class TensorParameter(int index, string name, ElementType element, ImmutableArray<Axis> axes, bool isStrided = false)
{
    /// <summary>Position among the loss' parameters.</summary>
    public int Index { get; } = index;

    public string Name { get; } = name;

    public ElementType Element { get; } = element;

    /// <summary>Storage axes, outermost first; an axis may have another one's size, never another one's place.</summary>
    public ImmutableArray<Axis> Axes { get; } = axes;

    /// <summary>Whether the argument brings lengths and strides of its own and may have more elements than a span.</summary>
    public bool IsStrided { get; } = isStrided;

    public ValueType Type => Element switch
    {
        ElementType.Single or ElementType.Double or ElementType.Half => ValueType.Real,
        ElementType.Boolean => ValueType.Truth,
        _ => ValueType.Integer,
    };

    public override string ToString() => Name;
}

/// <summary>A parameter without axes: a real (also the upstream factor), an integer or a truth value.</summary>
internal sealed class ScalarParameter(int index, string name, ElementType element)
{
    /// <summary>Position among the loss' parameters; the upstream factor comes after them.</summary>
    public int Index { get; } = index;

    public string Name { get; } = name;

    public ElementType Element { get; } = element;

    public ValueType Type => Element switch
    {
        ElementType.Single or ElementType.Double => ValueType.Real,
        ElementType.Boolean => ValueType.Truth,
        _ => ValueType.Integer,
    };

    public override string ToString() => Name;
}
