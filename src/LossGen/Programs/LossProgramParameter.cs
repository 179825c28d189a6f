using System.ComponentModel;

namespace LossGen;

/// <summary>A parameter of a <see cref="LossProgram"/>.</summary>
public sealed class LossProgramParameter
{
    /// <summary>Called by generated code.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="type">Its C# type.</param>
    /// <param name="axes">Its axes, or nothing for a scalar or a part.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LossProgramParameter(string name, string type, string? axes = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(type);
        Name = name;
        Type = type;
        Axes = axes;
    }

    /// <summary>The parameter's name.</summary>
    public string Name { get; }

    /// <summary>The parameter's C# type, as in <c>ReadOnlySpan&lt;float&gt;</c>.</summary>
    public string Type { get; }

    /// <summary>The axes of a tensor or a result span, outermost first, as in <c>n, c</c>; <see langword="null"/> for a scalar or a part.</summary>
    public string? Axes { get; }

    /// <summary>The parameter as it would be declared.</summary>
    /// <returns>Axes, type and name.</returns>
    public override string ToString() => Axes is null ? $"{Type} {Name}" : $"[{Axes}] {Type} {Name}";
}
