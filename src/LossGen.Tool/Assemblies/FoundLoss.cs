namespace LossGen.Tool.Assemblies;

/// <summary>A loss of an assembly: its program, or why there are no kernels to export.</summary>
/// <param name="Namespace">The namespace; empty for none.</param>
/// <param name="Class">The class, with the classes around it.</param>
/// <param name="Name">The name of the program property, without <c>Program</c> at its end.</param>
/// <param name="Program">The loss as data.</param>
/// <param name="Reason">Why it cannot be exported.</param>
internal sealed record FoundLoss(string Namespace, string Class, string Name, LossProgram? Program, string? Reason)
{
    public string ShortName => $"{Class}.{Name}";

    public string FullName => Namespace.Length == 0 ? ShortName : $"{Namespace}.{ShortName}";

    /// <summary>Whether the user means this loss.</summary>
    public bool Answers(string name) => name == Name || name == ShortName || name == FullName;
}
