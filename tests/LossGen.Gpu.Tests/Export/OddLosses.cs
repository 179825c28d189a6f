namespace LossGen.Gpu.Tests.Export;

/// <summary>Losses that cannot be exported.</summary>
public static class OddLosses
{
    public static LossProgram BareProgram { get; } = new("Bare", "x", [], []);

    public static LossProgram BrokenProgram => throw new InvalidOperationException("it broke");
}
