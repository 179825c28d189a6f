namespace LossGen.Compiler.Model;

/// <summary>The C# element type of a parameter.</summary>
internal enum ElementType
{
    Single,
    Double,
    Half,
    Byte,
    Int32,
    Int64,
    Boolean,
}

/// <summary>What a parameter is to the formula.</summary>
internal enum ParameterRole
{
    /// <summary>A <c>ReadOnlySpan</c>: read by its axes.</summary>
    Tensor,

    /// <summary>A <c>ReadOnlyTensorSpan</c>: brings its own lengths and strides.</summary>
    StridedTensor,

    /// <summary>A value without axes.</summary>
    Scalar,

    /// <summary>A <c>Span</c> that receives a loss per sample or per element.</summary>
    Result,

    /// <summary>An <c>out</c> parameter that receives the binding of its name.</summary>
    Part,
}

/// <summary>One parameter of a loss method, as text and values only.</summary>
/// <param name="Name">The C# name without <c>@</c>.</param>
/// <param name="Role">What it is to the formula.</param>
/// <param name="Element">Its element type.</param>
/// <param name="Axes">The text of <c>[Axes]</c>; null when the attribute is absent.</param>
/// <param name="Differentiate">Whether it is marked <c>[Differentiate]</c>.</param>
/// <param name="Default">Its default value (truth as 0 or 1); null when it has none.</param>
/// <param name="DefaultText">The default as C# text for the gradient method's declaration; null when it has none.</param>
/// <param name="IsScoped">Whether the user wrote <c>scoped</c>, which the implementing part must repeat.</param>
/// <param name="OtherDeclaration">Modifiers and type of a parameter that the language does not know, as C# text for the stub; else null.</param>
internal sealed record ParameterSpec(
    string Name,
    ParameterRole Role,
    ElementType Element,
    string? Axes,
    bool Differentiate,
    double? Default,
    string? DefaultText,
    bool IsScoped,
    string? OtherDeclaration = null)
{
    public bool IsTensor => OtherDeclaration is null && Role is (ParameterRole.Tensor or ParameterRole.StridedTensor);

    public bool IsRealElement => Element is ElementType.Single or ElementType.Double or ElementType.Half;
}
