namespace LossGen.Gpu;

/// <summary>What the 16 bits of a tensor that is declared <see cref="Half"/> mean on a device. It is a type of storage: arithmetic is in float.</summary>
public enum HalfFormat
{
    /// <summary>A <see cref="Half"/>, IEEE's binary16: 11 digits, up to 65504.</summary>
    Ieee,

    /// <summary>The upper half of a float: 8 digits, as far as a float. Buffers hold the bits as <see langword="ushort"/>.</summary>
    BFloat16,
}
